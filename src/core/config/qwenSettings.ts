import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import type { Side } from '../providers/source';
import { ConfigurationError } from '../base/errors';
import { isHiding } from '../base/oneLine';
import { isRecord, numberIn, stringIn, typeNameOf } from '../base/json';
import { foreignFile, type OwnedRead } from '../base/ownedFile';
import { Secret } from '../base/secret';
import { usualBaseUrl } from './baseUrl';
import { isKeyNotName } from './keyShape';
import type { EnvValue } from './envFile';
import { type JsonDocument, readJsonc } from './jsonc';
import { expandBaseUrl, expandProviders, expandVariables, isUnresolved, type Lookup } from './references';

/** What an error names that new settings of Qwen Code mend. */
export const QWEN_CODE_SETTINGS = 'qwenCodeSettings';

/** A text in a settings file that stands for a variable. */
export interface SettingsValue extends EnvValue {
  /** Whether it refers to another variable that did not take its place. */
  readonly isUnresolved: boolean;
  /** What stands there in the place of a text. */
  readonly wrongType?: string;
}

/** What one of Qwen Code's settings files says that matters here. */
export interface QwenSettings {
  readonly path: string;
  /** `system` is for everybody on the computer. */
  readonly scope: 'user' | 'workspace' | 'system';
  /** Whose keys stand in it: a workspace's file may be a link to one of the person's. */
  readonly side: Side;
  readonly document: JsonDocument;
  readonly env: ReadonlyMap<string, SettingsValue>;
  readonly selectedType: string | undefined;
  /** The variables of a project's environment file that do not count, where the file names them. */
  readonly excludedEnvVars: readonly string[] | undefined;
  /** `security.auth.apiKey` and `baseUrl`, which Qwen Code reads after every variable. */
  readonly auth: ReadonlyMap<string, SettingsValue>;
  readonly model: { readonly id: string | undefined; readonly baseUrl: string | undefined } | undefined;
  /** With the person's variables in the place of what refers to them. */
  readonly modelProviders: unknown;
  /** What a text of that property comes to that is not in the file yet. */
  readonly expandProviders: (modelProviders: unknown) => unknown;
  /** Provider ids of the person's own → the protocol they speak. */
  readonly providerProtocol: ReadonlyMap<string, string>;
}

/** A settings file, or why there is none to use. */
export interface QwenSettingsFile {
  readonly path: string;
  readonly scope: QwenSettings['scope'];
  readonly settings: QwenSettings | undefined;
  readonly problem: ConfigurationError | undefined;
}

/** Which protocol each provider id speaks, by all the files; the first that says so counts. */
export function protocolsOf(files: readonly QwenSettings[]): ReadonlyMap<string, string> {
  return new Map(files.toReversed().flatMap(({ providerProtocol }) => [...providerProtocol]));
}

/** The ways to sign in that mean the same here. */
const KNOWN_TYPES = new Set(['openai', 'qwen-oauth']);

/** What Qwen Code puts before a model that no file lists: `$runtime|openai|`. */
const RUNTIME_MODEL = /^(?:\$runtime\|[^|]*\|(?=.))+/;

/** The newest format of the file that is known here. */
const KNOWN_VERSION = 4;

/**
 * What one of Qwen Code's settings files says. The person's own may refer to their variables. A
 * fault is a problem with its line.
 */
export function readQwenSettings(
  path: string,
  read: OwnedRead,
  scope: QwenSettings['scope'],
  lookup: Lookup,
): QwenSettingsFile {
  if (read.kind === 'missing') return { path, scope, settings: undefined, problem: undefined };
  if (read.kind !== 'text') return { path, scope, settings: undefined, problem: unusable(path, read) };
  try {
    const document = readJsonc(path, read.text);
    if (!isRecord(document.value)) {
      throw new ConfigurationError({ file: path, line: 1 }, l10n.t('{path} must hold an object: { … }.', { path }));
    }
    const side = scope !== 'workspace' ? 'person' : read.ownership === 'chosen' ? 'workspace' : 'outside';
    const settings = { ...readSettings(path, scope, document, lookup), side } as const;
    return { path, scope, settings, problem: misnamedProviders(path, document) ?? newerVersion(path, document) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { path, scope, settings: undefined, problem: error };
    throw error;
  }
}

function unusable(path: string, read: Exclude<OwnedRead, { readonly kind: 'text' | 'missing' }>): ConfigurationError {
  if (read.kind === 'foreign') return foreignFile(path, read.why, 'warning');
  const { why, mend = '' } = read.kind === 'folder' ? { why: l10n.t('is a folder, not a file') } : read;
  return new ConfigurationError(
    { file: path, line: 1 },
    joinSentences(l10n.t('{path} {why}. Nothing of it is used.', { path, why }), mend),
  );
}

function readSettings(
  path: string,
  scope: QwenSettings['scope'],
  document: JsonDocument,
  lookup: Lookup,
): Omit<QwenSettings, 'side'> {
  // In a workspace's file a reference stays as it is: it could send a variable of the person's anywhere.
  const known: Lookup = scope === 'workspace' ? () => undefined : lookup;
  const expand = (text: string | undefined): string | undefined => text && expandVariables(text, known);
  const at = (...names: readonly string[]): unknown =>
    names.reduce((value: unknown, name) => (isRecord(value) ? value[name] : undefined), document.value);
  // The first format kept these two at the top.
  const named = modelId(expand(stringIn(at('model'), 'name') ?? stringIn(document.value, 'model')));
  const id = !named || isKeyNotName(named) || isHiding(named) ? undefined : named;
  const writtenUrl = stringIn(at('model'), 'baseUrl');
  const baseUrl = usualBaseUrl(writtenUrl && expandBaseUrl(writtenUrl, known));
  const writtenType = stringIn(at('security', 'auth'), 'selectedType') ?? stringIn(document.value, 'selectedAuthType');
  const type = expand(writtenType);
  const protocols = at('providerProtocol');
  return {
    path,
    scope,
    document,
    env: readEnv(document, ['env'], known),
    auth: readEnv(document, ['security', 'auth'], known),
    // One that is not known is named in a problem, where no value of a variable belongs.
    selectedType: isKnownType(type) ? type : writtenType,
    excludedEnvVars: textsOf(at('advanced', 'excludedEnvVars') ?? at('excludedProjectEnvVars')),
    model: id === undefined && baseUrl === undefined ? undefined : { id, baseUrl },
    modelProviders: expandProviders(at('modelProviders'), known),
    expandProviders: (modelProviders) => expandProviders(modelProviders, known),
    providerProtocol: new Map(
      Object.entries(isRecord(protocols) ? protocols : {}).flatMap(([name, protocol]) =>
        typeof protocol === 'string' ? [[name, protocol]] : [],
      ),
    ),
  };
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one: unknown) => typeof one === 'string') : undefined;
}

/** The id in the name of a model: Qwen Code may have written where it got it from before that. */
function modelId(name: string | undefined): string | undefined {
  return name?.replace(RUNTIME_MODEL, '');
}

/** The texts of an object in the file, each with its line. */
function readEnv(document: JsonDocument, place: readonly string[], known: Lookup): QwenSettings['env'] {
  const env = place.reduce((value: unknown, name) => (isRecord(value) ? value[name] : undefined), document.value);
  return new Map(
    Object.entries(isRecord(env) ? env : {}).flatMap(([name, value]) => {
      const line = document.lineOf([...place, name]) ?? 1;
      if (typeof value !== 'string') {
        return [[name, { value: new Secret(''), line, isUnresolved: false, wrongType: typeNameOf(value) }]];
      }
      const expanded = new Secret(expandVariables(value, known));
      return [[name, { value: expanded, line, isUnresolved: isUnresolved(value, known) }]];
    }),
  );
}

/** What only looks like `modelProviders` says where keys go, and nobody would read it. */
function misnamedProviders(path: string, document: JsonDocument): ConfigurationError | undefined {
  const right = 'modelProviders';
  const name = Object.keys(document.value ?? {}).find((one) => /^model[\s_-]?providers?$/i.test(one)) ?? right;
  if (name === right) return undefined;
  const line = document.lineOf([name]) ?? 1;
  const message = l10n.t('This name is not read here, {right} is. Rename it.', { right });
  return new ConfigurationError(
    { file: path, line },
    l10n.t('{name} in {path}, line {line}: {message}', { name, path, line, message }),
  );
}

function newerVersion(path: string, document: JsonDocument): ConfigurationError | undefined {
  const version = numberIn(document.value, '$version') ?? 0;
  if (version <= KNOWN_VERSION) return undefined;
  const line = document.lineOf(['$version']) ?? 1;
  return new ConfigurationError(
    { file: path, line },
    l10n.t(
      '{path}, line {line}: the format $version {version} is newer than what is known here ({knownVersion}). ' +
        'It is read as far as it is understood.',
      { path, line, version, knownVersion: KNOWN_VERSION },
    ),
    'information',
  );
}

/** The variables of a project's environment file that do not count, by all the files; undefined where none has a say. */
export function excludedEnvVars(files: readonly QwenSettings[]): readonly string[] | undefined {
  const lists = files.flatMap(({ excludedEnvVars: own }) => (own ? [own] : []));
  return lists.length > 0 ? lists.flat() : undefined;
}

/** The model that the files name, which Qwen Code merges: its name and its base URL are each of the first that has it. */
export function namedModel(
  files: readonly QwenSettings[],
): { readonly id: string; readonly baseUrl: string | undefined; readonly file: QwenSettings } | undefined {
  const [named] = files.flatMap((file) => (file.model?.id === undefined ? [] : { id: file.model.id, file }));
  const [baseUrl] = files.flatMap(({ model }) => model?.baseUrl ?? []);
  return named && { ...named, baseUrl };
}

/** The way to sign in that the first file that has a say names; undefined where none does. */
export function selectedType(files: readonly QwenSettings[]): string | undefined {
  return files.find(({ selectedType: own }) => own !== undefined)?.selectedType;
}

/** Whether a way to sign in is by the key of an OpenAI-compatible server; where none is named, it may be. */
export function isForOpenAI(type: string | undefined): boolean {
  return type === undefined || type === 'openai';
}

/** Whether a way to sign in means the same here; where none is named, any does. */
export function isKnownType(type: string | undefined): boolean {
  return type === undefined || KNOWN_TYPES.has(type);
}

/**
 * What is to be said of what stands in the place of a model's name and is none, such as a key: it is neither used nor
 * shown.
 */
export function misplacedNames(files: readonly QwenSettings[]): readonly ConfigurationError[] {
  return files.flatMap(({ path, document }) => {
    const value = isRecord(document.value) ? document.value['model'] : undefined;
    const name = modelId(typeof value === 'string' ? value : stringIn(value, 'name'));
    if (!name || !(isKeyNotName(name) || isHiding(name))) return [];
    const line = document.lineOf(['model', 'name']) ?? document.lineOf(['model']) ?? 1;
    const what = isKeyNotName(name) ? l10n.t('looks like a key') : l10n.t('has characters in it that cannot be seen');
    const message = l10n.t(
      'What stands there {what}, where the name of a model should be, so it is neither used nor shown.',
      { what },
    );
    return [
      new ConfigurationError(
        { file: path, line },
        l10n.t('{name} in {path}, line {line}: {message}', { name: 'model.name', path, line, message }),
      ),
    ];
  });
}

/** What is to be said of a way to sign in that is not known here: the models named for it are not looked for. */
export function foreignType(files: readonly QwenSettings[]): readonly ConfigurationError[] {
  const settings = files.find(({ selectedType: own }) => own !== undefined);
  if (settings?.selectedType === undefined || isKnownType(settings.selectedType)) return [];
  const { path, document, selectedType: own } = settings;
  const line = document.lineOf(['security', 'auth', 'selectedType']) ?? document.lineOf(['selectedAuthType']) ?? 1;
  const message = l10n.t(
    '{path}, line {line}: "{own}" is a way to sign in that is not known here, only "openai" and "qwen-oauth" are, ' +
      'so its model is left out.',
    { path, line, own },
  );
  return [new ConfigurationError({ file: path, line }, message, 'information')];
}
