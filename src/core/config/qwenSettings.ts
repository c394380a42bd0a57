import { ConfigurationError } from '../errors';
import { isRecord, numberIn, stringIn } from '../json';
import type { Files } from '../ports';
import { Secret } from '../secret';
import { readBaseUrl } from './baseUrl';
import type { EnvValue } from './envFile';
import { type JsonDocument, readJsonc } from './jsonc';

/** What one of Qwen Code's settings files says that matters here. */
export interface QwenSettings {
  readonly path: string;
  readonly scope: 'user' | 'workspace';
  readonly document: JsonDocument;
  readonly env: ReadonlyMap<string, EnvValue>;
  readonly selectedType: string | undefined;
  readonly model: { readonly id: string; readonly baseUrl: string | undefined } | undefined;
  readonly modelProviders: unknown;
  /** Provider ids of the person's own → the protocol they speak. */
  readonly providerProtocol: ReadonlyMap<string, string>;
}

/** A settings file, or why there is none to use. */
export interface QwenSettingsFile {
  readonly path: string;
  readonly settings: QwenSettings | undefined;
  readonly problem: ConfigurationError | undefined;
}

/** The newest format of the file that is known here. */
const KNOWN_VERSION = 4;

/** Reads one of Qwen Code's settings files; a fault is a problem with its line, and the file stays as it is. */
export async function readQwenSettings(
  files: Files,
  path: string,
  scope: QwenSettings['scope'],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<QwenSettingsFile> {
  const read = await files.read(path);
  if (read.kind === 'missing') return { path, settings: undefined, problem: undefined };
  if (read.kind !== 'text') {
    const why = read.kind === 'folder' ? 'is a folder, not a file' : read.why;
    const place = { file: path, line: 1 };
    const problem = new ConfigurationError(path, `${path} ${why}. Nothing of it is used.`, undefined, place);
    return { path, settings: undefined, problem };
  }
  try {
    const document = readJsonc(path, read.text);
    if (!isRecord(document.value)) {
      throw new ConfigurationError(path, `${path} must hold an object: { … }.`, undefined, { file: path, line: 1 });
    }
    return { path, settings: readSettings(path, scope, document, environment), problem: newerVersion(path, document) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { path, settings: undefined, problem: error };
    throw error;
  }
}

function readSettings(
  path: string,
  scope: QwenSettings['scope'],
  document: JsonDocument,
  environment: Readonly<Record<string, string | undefined>>,
): QwenSettings {
  // In a workspace's file a reference stays as it is: it could send a variable of the person's anywhere.
  const expand = (text: string | undefined): string | undefined =>
    text && scope === 'user' ? expandVariables(text, environment) : text;
  const at = (...names: readonly string[]): unknown =>
    names.reduce((value: unknown, name) => (isRecord(value) ? value[name] : undefined), document.value);
  // The first format kept these two at the top.
  const id = expand(stringIn(at('model'), 'name') ?? stringIn(document.value, 'model'));
  const protocols = at('providerProtocol');
  return {
    path,
    scope,
    document,
    env: readEnv(document, expand),
    selectedType: stringIn(at('security', 'auth'), 'selectedType') ?? stringIn(document.value, 'selectedAuthType'),
    model: id === undefined ? undefined : { id, baseUrl: usualForm(expand(stringIn(at('model'), 'baseUrl'))) },
    modelProviders: at('modelProviders'),
    providerProtocol: new Map(
      Object.entries(isRecord(protocols) ? protocols : {}).flatMap(([name, protocol]) =>
        typeof protocol === 'string' ? [[name, protocol]] : [],
      ),
    ),
  };
}

/** A base URL as model entries have theirs, to be compared with; what is none stays as it is. */
function usualForm(baseUrl: string | undefined): string | undefined {
  try {
    return baseUrl && readBaseUrl(baseUrl).baseUrl;
  } catch (error) {
    if (error instanceof ConfigurationError) return baseUrl;
    throw error;
  }
}

function readEnv(document: JsonDocument, expand: (text: string) => string | undefined): QwenSettings['env'] {
  const env = isRecord(document.value) ? document.value['env'] : undefined;
  return new Map(
    Object.entries(isRecord(env) ? env : {}).flatMap(([name, value]) =>
      typeof value === 'string'
        ? [[name, { value: new Secret(expand(value) ?? ''), line: document.lineOf(['env', name]) ?? 1 }]]
        : [],
    ),
  );
}

/** `$NAME` and `${NAME}` stand for variables of the process; unknown ones stay as they are. */
function expandVariables(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, plain: string | undefined) => {
    return environment[braced ?? plain ?? ''] ?? whole;
  });
}

function newerVersion(path: string, document: JsonDocument): ConfigurationError | undefined {
  const version = numberIn(document.value, '$version') ?? 0;
  if (version <= KNOWN_VERSION) return undefined;
  const line = document.lineOf(['$version']) ?? 1;
  return new ConfigurationError(
    `${path}:${line}`,
    `${path}, line ${line}: the format $version ${version} is newer than what is known here (${KNOWN_VERSION}). ` +
      'It is read as far as it is understood.',
    undefined,
    { file: path, line },
  );
}
