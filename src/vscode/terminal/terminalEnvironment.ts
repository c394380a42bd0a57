import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Disposable,
  env,
  EventEmitter,
  type Event,
  type ExtensionContext,
  type GlobalEnvironmentVariableCollection,
  window,
  workspace,
} from 'vscode';
import { ConfigurationError } from '../../core/base/errors';
import type { Clock, SettingsReader } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import {
  accessInUse,
  isQwenCodes,
  type TerminalVariables,
  terminalVariables,
} from '../../core/terminal/terminalVariables';
import { keyWouldBeLogged } from '../../core/views/logLevel';
import { collectionText, type TerminalState, type TerminalView, terminalView } from '../../core/views/terminalView';
import { isEnvironmentLogged } from './logLevel';
import { describeError, type OutputLog } from '../platform/log';

/** What a terminal's environment is made from. */
export interface TerminalParts {
  readonly session: Session;
  readonly reader: SettingsReader;
  readonly clock: Clock;
  readonly log: OutputLog;
}

/** What new terminals get. */
export interface TerminalEnvironment extends Disposable {
  view(): TerminalView;
  readonly onDidChange: Event<void>;
}

const PATH = 'PATH';
/** A shell's own start-up files would else put one of three variables in the place of ours. */
const APPLIED = { applyAtProcessCreation: true, applyAtShellIntegration: true };
const UNTRUSTED = new ConfigurationError(
  { part: 'workspace' },
  'This workspace is not trusted, so its terminals get nothing of your sign-in.',
);

/** Keeps the variables of new terminals as the settings and the session say. VS Code keeps none of them on the disk. */
export function followTerminals(context: ExtensionContext, parts: TerminalParts): TerminalEnvironment {
  const { session, reader, clock, log } = parts;
  const collection = context.environmentVariableCollection;
  const changed = new EventEmitter<void>();
  let launchers: string | undefined;
  let state: TerminalState = { isOn: false, names: [], model: undefined, named: undefined, error: undefined };

  const variablesNow = (): TerminalVariables => {
    const { snapshot } = session;
    if (!workspace.isTrusted) throw UNTRUSTED;
    if (isEnvironmentLogged()) throw keyWouldBeLogged();
    const inUse = accessInUse(snapshot, clock.now());
    return inUse ? terminalVariables(inUse, snapshot) : {};
  };
  const update = (): void => {
    const isOn = reader.get('terminal.env') === true;
    const hasPath = isOn || reader.get('terminal.path') === true;
    let variables: TerminalVariables = {};
    let error: unknown;
    try {
      if (isOn) variables = variablesNow();
    } catch (thrown) {
      error = thrown;
    }
    put(collection, variables, hasPath ? launchers : undefined);
    const { selected, configuration } = session.snapshot;
    const named = configuration.variables.qwenSettings.find((settings) => settings.model)?.model?.id;
    state = { isOn, names: Object.keys(variables), model: selected, named, error };
    changed.fire();
    if (hasPath && launchers === undefined) void addLaunchers();
  };
  const addLaunchers = async (): Promise<void> => {
    launchers = path.join(context.globalStorageUri.fsPath, 'bin');
    try {
      await writeLaunchers(launchers, path.join(context.extensionPath, 'dist', 'cli.js'));
      update();
    } catch (error) {
      log.error(describeError(error));
    }
  };
  /** Opening a terminal is a use of the sign-in; VS Code starts one anew in which nobody has typed yet. */
  const renew = (): void => {
    const { credential } = session.snapshot;
    if (!state.isOn || !workspace.isTrusted || credential?.kind !== 'oauth' || isQwenCodes(session.snapshot)) return;
    session.access(new AbortController().signal).catch((error: unknown) => log.error(describeError(error)));
  };
  update();
  const subscriptions = [
    session.onDidChange(update),
    reader.onDidChange(update),
    workspace.onDidGrantWorkspaceTrust(update),
    env.onDidChangeLogLevel(update),
    window.onDidOpenTerminal(renew),
    changed,
  ];
  return {
    view: () => terminalView(state),
    onDidChange: changed.event,
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Changes only what is another: VS Code marks open terminals as out of date at each change. */
function put(
  collection: GlobalEnvironmentVariableCollection,
  variables: TerminalVariables,
  folder: string | undefined,
): void {
  const wanted = new Map(Object.entries(variables));
  for (const [name] of collection) if (name !== PATH && !wanted.has(name)) collection.delete(name);
  for (const [name, value] of wanted)
    if (collection.get(name)?.value !== value) collection.replace(name, value, APPLIED);
  if (folder === undefined) collection.delete(PATH);
  else if (!collection.get(PATH)) collection.prepend(PATH, folder + path.delimiter);
  const text = collectionText([...wanted.keys()], folder !== undefined);
  if (collection.description !== text) collection.description = text;
}

/** The program that runs this extension runs the command-line program too: Node, or Electron as Node. */
async function writeLaunchers(folder: string, program: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sh = `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec '${quoted(process.execPath)}' '${quoted(program)}' "$@"\n`;
  const cmd = `@set ELECTRON_RUN_AS_NODE=1\r\n@"${process.execPath}" "${program}" %*\r\n`;
  await writeFile(path.join(folder, 'qwen-auth'), sh, { mode: 0o755 });
  await writeFile(path.join(folder, 'qwen-auth.cmd'), cmd);
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
