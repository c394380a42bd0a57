import * as l10n from '@vscode/l10n';
import { describeSource, type Source } from '../providers/source';
import { ConfigurationError, type Where } from '../base/errors';
import { Secret } from '../base/secret';
import type { Argument } from './arguments';
import type { EnvFile } from './envFile';
import type { KeyCommand } from './keyCommands';
import { FAMILIES, roleOf } from './families';
import { isForOpenAI, type QwenSettings, selectedType, type SettingsValue } from './qwenSettings';
import type { Variable } from './variable';
import { readVariable, variableProblem, type VariableValue } from './variableValue';

/** Everything that may set a variable. */
export interface VariablePlaces {
  /** What was said on the command line, where there is one. */
  readonly commandLine?: readonly Argument[] | undefined;
  /** A function, so that no value stands where it could be printed. */
  readonly process: (name: string) => string | undefined;
  readonly envFile: EnvFile | undefined;
  /** Qwen Code's settings files, the workspace's before the person's. */
  readonly qwenSettings: readonly QwenSettings[];
  /** Whether there is a settings file of which not all can be read: it may say another server for a key. */
  readonly isPartial?: boolean;
  /** The commands that print keys, by the base URLs that those are for. */
  readonly keyCommands?: readonly KeyCommand[];
}

type VariableSource = (name: string, places: VariablePlaces) => readonly Variable[];

/** The order in which places answer. */
const VARIABLE_SOURCES: readonly VariableSource[] = [
  fromCommandLine,
  fromProcess,
  fromEnvFile,
  fromQwenSettings,
  fromQwenSignIn,
];

/** The value in effect, and behind it those that it shadows; a value that cannot be used has a problem. */
export function findVariables(name: string, places: VariablePlaces): readonly Variable[] {
  return readVariables(name, places).flatMap(({ variable }) => variable ?? []);
}

/** What is to be said of a variable: of its value in effect, and of what stands before that and counts as not set. */
export function variableProblems(name: string, places: VariablePlaces): readonly ConfigurationError[] {
  const read = readVariables(name, places);
  const inEffect = read.findIndex(({ variable }) => variable);
  return read.slice(0, inEffect < 0 ? undefined : inEffect + 1).flatMap(({ problem }) => problem ?? []);
}

function readVariables(name: string, places: VariablePlaces): readonly VariableValue[] {
  const families = FAMILIES.filter(({ baseUrl, models }) => [baseUrl, ...models].includes(name));
  const keys = families.flatMap(({ key }) => written(key, places)).map(({ value }) => value);
  return written(name, places).map((variable) => readVariable(variable, roleOf(name), keys));
}

/** Every text that sets a variable, as it is written. */
function written(name: string, places: VariablePlaces): readonly Variable[] {
  return VARIABLE_SOURCES.flatMap((source) => source(name, places));
}

function fromCommandLine(name: string, { commandLine }: VariablePlaces): readonly Variable[] {
  return commandLine?.filter(({ standsFor }) => standsFor.includes(name)) ?? [];
}

function fromProcess(name: string, { process }: VariablePlaces): readonly Variable[] {
  const value = process(name);
  if (value === undefined) return [];
  return [{ name, value: new Secret(value), source: { kind: 'environment', name }, side: 'person' }];
}

function fromEnvFile(name: string, { envFile }: VariablePlaces): readonly Variable[] {
  const found = envFile?.values.get(name);
  if (!envFile || !found) return [];
  const source: Source = { kind: 'dotenv', name, file: envFile.path, line: found.line };
  return [{ name, value: found.value, source, side: envFile.side }];
}

function fromQwenSettings(name: string, { qwenSettings }: VariablePlaces): readonly Variable[] {
  return qwenSettings.flatMap((file) => ofSettings(file, name, `env.${name}`, file.env.get(name)));
}

/** What Qwen Code's settings hold for the usual key and base URL themselves, which comes after every variable. */
const SIGN_IN_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['OPENAI_API_KEY', 'apiKey'],
  ['OPENAI_BASE_URL', 'baseUrl'],
]);

function fromQwenSignIn(name: string, { qwenSettings }: VariablePlaces): readonly Variable[] {
  const member = SIGN_IN_MEMBERS.get(name);
  // With another way to sign in they are another server's.
  if (member === undefined || !isForOpenAI(selectedType(qwenSettings))) return [];
  return qwenSettings.flatMap((file) => ofSettings(file, name, `security.auth.${member}`, file.auth.get(member)));
}

function ofSettings(
  { path, scope, side }: QwenSettings,
  name: string,
  place: string,
  found: SettingsValue | undefined,
): readonly Variable[] {
  if (!found) return [];
  const { value, line, isUnresolved, wrongType } = found;
  const kind = scope === 'workspace' ? 'workspaceSettings' : 'qwenSettings';
  const source: Source = { kind, name: place, file: path, line };
  const problem = wrongType
    ? variableProblem(
        { source },
        l10n.t('This must be a text, and is {wrongType}. Mend it or take it out.', { wrongType }),
      )
    : isUnresolved && unresolved(name, source, { file: path, line });
  return [{ name, value, source, side, ...(problem && { problem }) }];
}

/** The value is not repeated: a key may hold the sign, too. */
function unresolved(name: string, source: Source, where: Where): ConfigurationError {
  const why =
    source.kind === 'workspaceSettings'
      ? l10n.t('another variable, which a workspace may not read')
      : l10n.t('a variable that is not set');
  return new ConfigurationError(
    where,
    l10n.t('{source}, refers to {why}, so it is not used. Set {name} itself in the environment or in a .env file.', {
      source: describeSource(source),
      why,
      name,
    }),
    'warning',
  );
}
