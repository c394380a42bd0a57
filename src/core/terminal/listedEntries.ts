import { usualBaseUrl } from '../config/baseUrl';
import type { Configuration } from '../config/configuration';
import { protocolsOf, type QwenSettings } from '../config/qwenSettings';
import { isRecord, stringIn } from '../base/json';
import type { ModelIdentity } from '../providers/model';

/**
 * A model entry of Qwen Code's settings as Qwen Code reads it: which variable has the key that goes to which address.
 */
export interface ListedEntry {
  readonly file: string;
  readonly scope: QwenSettings['scope'];
  readonly id: string;
  /** As in the file, in its usual form; undefined where the entry leaves it to the variables. */
  readonly baseUrl: string | undefined;
  /** Undefined where the entry names none, and its protocol has another usual one. */
  readonly envKey: string | undefined;
  /** Whether Qwen Code falls back to `OPENAI_API_KEY` where the variable is not set. */
  readonly isOpenAI: boolean;
  /** Whether a list of a file before it stands in the place of the one it is in. */
  readonly isReplaced: boolean;
}

/** The variable that Qwen Code falls back to. */
export const OPENAI_KEY = 'OPENAI_API_KEY';

/** Protocols whose keys are found another way. */
const OTHERS: ReadonlySet<string> = new Set(['anthropic', 'gemini', 'vertex-ai']);

/** Every entry of Qwen Code's settings files, of any protocol, those that count first before the others. */
export function listedEntries({ variables }: Configuration): readonly ListedEntry[] {
  const replaced = new Set<string>();
  const protocols = protocolsOf(variables.qwenSettings);
  return variables.qwenSettings.flatMap(({ path, scope, modelProviders }) => {
    const lists = Object.entries(isRecord(modelProviders) ? modelProviders : {});
    const entries = lists.flatMap(([provider, list]) => {
      const isReplaced = replaced.has(provider);
      const isOpenAI = !OTHERS.has(protocols.get(provider) ?? provider);
      return rawEntries(list).flatMap((raw) => readEntry(raw, { file: path, scope, isOpenAI, isReplaced }));
    });
    for (const [provider] of lists) replaced.add(provider);
    return entries;
  });
}

/** Whether an entry is that model. */
export function isListedAs({ id, baseUrl, isOpenAI }: ListedEntry, model: ModelIdentity): boolean {
  return isOpenAI && id === model.id && baseUrl === model.baseUrl;
}

/** A list may stand in an object beside its protocol. */
function rawEntries(list: unknown): readonly unknown[] {
  const entries = isRecord(list) ? list['models'] : list;
  return Array.isArray(entries) ? entries : [];
}

function readEntry(
  raw: unknown,
  { isOpenAI, ...where }: Pick<ListedEntry, 'file' | 'scope' | 'isOpenAI' | 'isReplaced'>,
): readonly ListedEntry[] {
  const id = stringIn(raw, 'id');
  const envKey = stringIn(raw, 'envKey') ?? (isOpenAI ? OPENAI_KEY : undefined);
  return id === undefined ? [] : [{ id, baseUrl: usualBaseUrl(stringIn(raw, 'baseUrl')), envKey, isOpenAI, ...where }];
}
