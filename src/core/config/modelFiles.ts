import type { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import type { Configuration } from './configuration';
import type { ReadEntry } from './modelEntry';
import { readProviderLists } from './modelProviders';
import { MODEL_PROVIDERS_SETTING, originOf, type ProvidersOrigin } from './providersOrigin';
import { type ProvidersFormat, QWEN_FORMAT, VSCODE_FORMAT } from './providerEdits';
import { protocolsOf, type QwenSettings } from './qwenSettings';

/** VS Code's own settings as far as they matter here. */
export interface UserSettings {
  /** Where they are, as a person reads it; undefined where that is not known. */
  readonly path: string | undefined;
  /** What `qwen.modelProviders` holds. */
  readonly modelProviders: unknown;
}

/** A file that may list models. */
export interface ModelFile {
  readonly id: 'settings' | 'workspace' | 'user';
  /** Undefined where it is not known. */
  readonly path: string | undefined;
  readonly format: ProvidersFormat;
  /** Why nothing of it is used. */
  readonly problem: ConfigurationError | undefined;
  readonly lists: readonly ModelFileList[];
}

/** The entries of one provider in a file. */
export interface ModelFileList {
  readonly provider: string;
  /** Each entry as it is written, and as it is read. */
  readonly entries: readonly { readonly raw: unknown; readonly read: ReadEntry }[];
  /** What is wrong with the list as a whole. */
  readonly problem: ConfigurationError | undefined;
  /** Whether nothing of it is used. */
  readonly isUnusable: boolean;
  /** The file whose list of the same name stands in its place. */
  readonly replacedBy: string | undefined;
}

/** The files that may list models, in the order in which they count. */
export function modelFiles(configuration: Configuration, own: UserSettings): readonly ModelFile[] {
  const { settingsFiles, variables } = configuration;
  const protocols = protocolsOf(variables.qwenSettings);
  const replaced = new Map<string, string>();
  const settings: ModelFile = {
    id: 'settings',
    path: own.path,
    format: VSCODE_FORMAT,
    problem: undefined,
    lists: listsOf(own.modelProviders, { ...MODEL_PROVIDERS_SETTING, variables }, new Map()),
  };
  const files = settingsFiles.flatMap(({ path, scope, settings: read, problem }): readonly ModelFile[] => {
    const origin = read && { ...originOf(read, protocols), variables };
    const lists = origin ? listsOf(read.modelProviders, origin, new Map(replaced), writtenIn(read)) : [];
    for (const { provider, replacedBy = path } of lists) replaced.set(provider, replacedBy);
    // Whoever runs the computer changes what is for everybody on it.
    if (scope === 'system') return [];
    return [{ id: scope, path, format: QWEN_FORMAT, problem: read ? undefined : problem, lists }];
  });
  return [settings, ...files];
}

/** `modelProviders` as it stands in the file. */
function writtenIn({ document }: QwenSettings): unknown {
  return isRecord(document.value) ? document.value['modelProviders'] : undefined;
}

function listsOf(
  value: unknown,
  origin: ProvidersOrigin,
  replaced: ReadonlyMap<string, string>,
  written = value,
): readonly ModelFileList[] {
  const record = isRecord(value) ? value : {};
  return readProviderLists(origin, record).lists.map(({ provider, entries, problem }) => {
    const list = isRecord(written) ? written[provider] : undefined;
    const raws: readonly unknown[] = Array.isArray(list) ? list : [];
    const isUnusable = problem !== undefined && entries.length === 0;
    return {
      provider,
      entries: raws.flatMap((raw, index) => {
        const read = isUnusable ? { problems: [problem] } : entries[index];
        return read ? [{ raw, read }] : [];
      }),
      problem,
      isUnusable,
      replacedBy: replaced.get(provider),
    };
  });
}
