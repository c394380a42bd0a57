import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import type { Files } from '../base/ports';
import { readOwnedFile, realFolders } from '../base/ownedFile';
import { envPaths, type EnvSearch, ownFolders, searchEnvFile } from './envSearch';
import { withoutExcluded } from './envFile';
import { KEY_COMMAND, type KeyCommands, readKeyCommands } from './keyCommands';
import { isSameFolder, qwenHome } from './qwenHome';
import { excludedEnvVars, type QwenSettings, type QwenSettingsFile, readQwenSettings } from './qwenSettings';
import { systemSettings } from './systemSettings';
import type { VariablePlaces } from './variables';

/** Everything that files and the process say, for one folder. */
export interface Configuration {
  /** Where the folder is on this machine; undefined where none is open, or it is elsewhere. */
  readonly folder: string | undefined;
  /** What the folder is called on the screen, where several are open. */
  readonly folderLabel: string | undefined;
  readonly envSearch: EnvSearch;
  /**
   * Qwen Code's settings files in the order in which they count: the workspace's before the person's, and where there
   * are any for everybody on the computer, one before and one after these.
   */
  readonly settingsFiles: readonly QwenSettingsFile[];
  readonly variables: VariablePlaces;
  readonly problems: readonly ConfigurationError[];
}

/** Where to look. `trusted` is whether the folder's own files may be read. */
export interface ConfigurationPlaces {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly folder: string | undefined;
  readonly folderLabel?: string | undefined;
  readonly trusted: boolean;
  /** The other folders that are as trusted as this one. */
  readonly beside?: readonly string[];
  /** What is wrong with the way to servers, as the process and the editor have it. */
  readonly networkProblems?: () => readonly ConfigurationError[];
  /** What the setting `qwen.keyCommand` holds, where there are settings. */
  readonly keyCommand?: () => unknown;
}

/** A configuration before anything was read: the process alone. */
export function emptyConfiguration(environment: ConfigurationPlaces['environment']): Configuration {
  return {
    folder: undefined,
    folderLabel: undefined,
    envSearch: { file: undefined, hidden: [], candidates: [], problems: [] },
    settingsFiles: [],
    variables: { process: (name) => inEnvironment(name, environment), envFile: undefined, qwenSettings: [] },
    problems: [],
  };
}

/**
 * Reads the environment file and Qwen Code's settings files that count for a folder. Faults are problems, never thrown.
 */
export async function readConfiguration(places: ConfigurationPlaces): Promise<Configuration> {
  const { files, environment } = places;
  const folders = await ownFolders(files, places);
  const found = await searchEnvFile(files, places, folders);
  const ownFile = found.file?.side === 'person' ? found.file : undefined;
  const lookup = (name: string): string | undefined =>
    inEnvironment(name, environment) ?? ownFile?.values.get(name)?.value.reveal();
  const { own } = folders;
  const named = await realFolders(files, { chosen: [], own: systemSettings(environment).named });
  const foldersOf = {
    workspace: folders,
    user: { chosen: [], own },
    // Who names such a file vouches for its folder, but for no other file there.
    system: { chosen: [], own: [...own, ...named.own] },
  };
  const all = await Promise.all(
    settingsPaths(places).map(async ([file, scope]) => {
      const read = await readOwnedFile(files, file, foldersOf[scope]);
      return { ...readQwenSettings(file, read, scope, lookup), isThere: read.kind !== 'missing' };
    }),
  );
  const settingsFiles = all.filter(({ scope, isThere }) => scope !== 'system' || isThere);
  const qwenSettings = settingsFiles.flatMap(({ settings }) => settings ?? []);
  const excluded = excludedEnvVars(qwenSettings);
  const envSearch = {
    ...found,
    file: found.file && withoutExcluded(found.file, excluded),
    hidden: found.hidden.map((file) => withoutExcluded(file, excluded)),
  };
  const keyCommands = [
    readKeyCommands(places.keyCommand?.(), { setting: `qwen.${KEY_COMMAND}` }),
    ...qwenSettings.flatMap((settings) => keyCommandsOf(settings)),
  ];
  return {
    folder: places.folder,
    folderLabel: places.folderLabel,
    envSearch,
    settingsFiles,
    variables: {
      process: (name) => inEnvironment(name, environment),
      envFile: envSearch.file,
      qwenSettings,
      isPartial: settingsFiles.some(({ problem }) => problem?.severity === 'error'),
      keyCommands: keyCommands.flatMap(({ commands }) => commands),
    },
    problems: [
      ...envSearch.problems,
      ...unheardMoves(found, environment),
      ...keyCommands.flatMap(({ problems }) => problems),
      ...settingsFiles.flatMap(({ problem }) => problem ?? []),
      ...(places.networkProblems?.() ?? []),
    ],
  };
}

/** What is to be said of a home file that moves Qwen Code's own files: it moves them for Qwen Code alone. */
function unheardMoves(
  { file, hidden }: EnvSearch,
  environment: ConfigurationPlaces['environment'],
): readonly ConfigurationError[] {
  if (inEnvironment('QWEN_HOME', environment)) return [];
  return [file ?? [], hidden].flat().flatMap(({ path: at, side, values }) => {
    const moved = side === 'person' ? values.get('QWEN_HOME') : undefined;
    if (!moved?.value.reveal()) return [];
    const message = l10n.t(
      '{path}, line {line}: QWEN_HOME counts here only where the environment has it. ' +
        'Set it there too, so that Qwen Code and Qwen Auth keep their files in one place.',
      { path: at, line: moved.line },
    );
    return [new ConfigurationError({ file: at, line: moved.line }, message, 'warning')];
  });
}

/** What the person's own file says of commands: a workspace's must not name a program to run. */
function keyCommandsOf({ path: file, scope, document }: QwenSettings): readonly KeyCommands[] {
  if (scope !== 'user' || !isRecord(document.value)) return [];
  return [readKeyCommands(document.value[KEY_COMMAND], { file }, file)];
}

/** Every path that can have a say for a folder, whether or not there is a file. */
export function configurationPaths(places: ConfigurationPlaces): readonly string[] {
  return [...envPaths(places), ...settingsPaths(places).map(([file]) => file)];
}

/** The first that says something counts. A folder that is the home folder has no settings beside the person's. */
function settingsPaths(places: ConfigurationPlaces): readonly (readonly [string, QwenSettings['scope']])[] {
  const { folder, home, trusted } = places;
  const own = folder !== undefined && trusted && !isSameFolder(folder, home);
  const { settings, defaults } = systemSettings(places.environment);
  return [
    [settings, 'system'],
    ...(own ? [[path.join(folder, '.qwen', 'settings.json'), 'workspace'] as const] : []),
    [path.join(qwenHome(places), 'settings.json'), 'user'],
    [defaults, 'system'],
  ];
}

/** A variable of the environment; a file may name one as what every object has is called, such as `constructor`. */
function inEnvironment(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return Object.hasOwn(environment, name) ? environment[name] : undefined;
}
