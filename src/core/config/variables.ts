import { describeSource, type Source } from '../providers/source';
import { ConfigurationError } from '../base/errors';
import { Secret } from '../base/secret';
import type { Argument } from './commandLine';
import type { EnvFile } from './envFile';
import type { QwenSettings } from './qwenSettings';
import type { Variable } from './variable';

/** Everything that may set a variable. */
export interface VariablePlaces {
  /** What was said on the command line, where there is one. */
  readonly commandLine?: readonly Argument[] | undefined;
  /** A function, so that no value stands where it could be printed. */
  readonly process: (name: string) => string | undefined;
  readonly envFile: EnvFile | undefined;
  /** Qwen Code's settings files, the workspace's before the person's. */
  readonly qwenSettings: readonly QwenSettings[];
}

type VariableSource = (name: string, places: VariablePlaces) => readonly Variable[];

/** The order in which places answer. Blanks around a value do not count, and what is empty counts as not set. */
const VARIABLE_SOURCES: readonly VariableSource[] = [fromCommandLine, fromProcess, fromEnvFile, fromQwenSettings];

/** The value in effect, and behind it those that it shadows. */
export function findVariables(name: string, places: VariablePlaces): readonly Variable[] {
  return VARIABLE_SOURCES.flatMap((source) => source(name, places))
    .map((variable) => ({ ...variable, value: new Secret(variable.value.reveal().trim()) }))
    .filter(({ value }) => value.reveal() !== '');
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
  return qwenSettings.flatMap(({ path, scope, side, env }) => {
    const found = env.get(name);
    if (!found) return [];
    const { value, line, isUnresolved } = found;
    const kind = scope === 'workspace' ? 'workspaceSettings' : 'qwenSettings';
    const source: Source = { kind, name: `env.${name}`, file: path, line };
    return [{ name, value, source, side, ...(isUnresolved && { problem: unresolved(name, source) }) } as const];
  });
}

/** The value is not repeated: a key may hold the sign, too. */
function unresolved(name: string, source: Source): ConfigurationError {
  const { kind, file = '', line = 1 } = source;
  const why =
    kind === 'workspaceSettings' ? 'another variable, which a workspace may not read' : 'a variable that is not set';
  return new ConfigurationError(
    { file, line },
    `${describeSource(source)}, refers to ${why}, so it is not used. Set ${name} itself in the environment or in a .env file.`,
    'warning',
  );
}
