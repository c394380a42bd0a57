import * as l10n from '@vscode/l10n';
import { env, ThemeIcon, window, workspace } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import type { TerminalMode } from '../../core/config/terminalMode';
import { MODEL_IN_USE } from '../../core/gateway/modelNames';
import { modelInUse } from '../../core/session/snapshot';
import { findProgram } from '../../core/terminal/findProgram';
import { keyWouldBeLogged } from '../../core/views/logLevel';
import { TERMINAL_NOTICE } from '../../core/views/terminalView';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import { changeSetting } from '../platform/changeSetting';
import { isEnvironmentLogged } from './logLevel';
import type { TerminalEnvironment } from './terminalEnvironment';
import type { TerminalGateway } from './terminalGateway';
import type { OwnQwenSettings } from './ownQwenSettings';
import { joinSentences } from '../../language/joinSentences';

const INSTALL = 'npm install -g @qwen-code/qwen-code';
const NOT_INSTALLED = l10n.t(
  'Qwen Code is not installed here: there is no program qwen on the PATH. {command} installs it.',
  { command: INSTALL },
);

const MODE_BUTTONS: Readonly<Record<TerminalMode, string>> = {
  gateway: l10n.t('Through the gateway'),
  key: l10n.t('With the key itself'),
  off: l10n.t('Turn off'),
};

/** What the commands work with. */
export interface TerminalCommandParts extends AnswerParts {
  readonly terminal: Pick<TerminalEnvironment, 'view' | 'openedView' | 'mode'>;
  readonly gateway: TerminalGateway;
  readonly qwenSettings: OwnQwenSettings;
}

/** What terminals got by `qwen.useInTerminal`. */
interface UsedInTerminal {
  readonly on: boolean;
  readonly through: TerminalMode;
  readonly message: string;
}

/** `qwen.useInTerminal`: turns on, or off, that terminals get the sign-in, as its argument or else the person says. */
export async function useInTerminal(
  parts: TerminalCommandParts,
  argument: unknown,
): Promise<CommandResult<UsedInTerminal>> {
  return await answer(parts, { during: 'test' }, async () => {
    const before = parts.terminal.mode;
    const through = modeIn(argument) ?? (await askForMode(before));
    if (through !== before) {
      const value = through === 'off' ? undefined : through;
      await changeSetting('qwen.terminal.env', value);
    }
    const { text, problem } = await parts.terminal.openedView();
    const message = joinSentences(text, problem?.message);
    void notify('info', message);
    return { on: through !== 'off', through, message };
  });
}

/** `qwen.revokeTerminalAccess`: ends the token of every terminal; those that are opened then get another. */
export async function revokeTerminalAccess({
  gateway,
}: TerminalCommandParts): Promise<CommandResult<{ readonly message: string }>> {
  gateway.revoke();
  const message = l10n.t(
    'No terminal that is open can ask through the gateway any more. New ones can, where that is turned on.',
  );
  void notify('info', message);
  return { ok: true, message };
}

/** `qwen.openQwenCode`: starts Qwen Code in a terminal, signed in through the gateway and with the model in use. */
export async function openQwenCode(
  parts: TerminalCommandParts,
): Promise<CommandResult<{ readonly model: string; readonly baseUrl: string }>> {
  const { session, gateway } = parts;
  const program = await findProgram('qwen', { environment: process.env, platform: process.platform });
  if (program === undefined) {
    void offerToInstall();
    return { ok: false, error: NOT_INSTALLED };
  }
  return await answer(parts, { during: 'test' }, async () => {
    if (!workspace.isTrusted) {
      const message = l10n.t(
        'Qwen Code would use the files of this workspace, which you do not trust. Trust it first.',
      );
      throw new ConfigurationError({ part: 'workspace' }, message);
    }
    if (isEnvironmentLogged()) throw keyWouldBeLogged();
    // As it was when it was asked for: another folder may be worked in by then.
    const { configuration } = session.snapshot;
    const { model } = modelInUse(session.snapshot);
    const args = argumentsFor(program, ['--auth-type=openai', `--model=${MODEL_IN_USE}`]);
    const access = await gateway.openTerminal(() => session.snapshotOf(configuration));
    const terminal = window.createTerminal({
      name: 'Qwen Code',
      iconPath: new ThemeIcon('sparkle'),
      // The program itself, with no shell in between that could read an argument as something else.
      shellPath: program,
      shellArgs: [...args],
      env: access.variables,
      ...(configuration.folder !== undefined && { cwd: configuration.folder }),
      // VS Code writes down the environment of terminals that it keeps over a restart.
      isTransient: true,
    });
    const closing = window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      closing.dispose();
      access.dispose();
    });
    terminal.show();
    return { model: model.id, baseUrl: model.baseUrl };
  });
}

/**
 * The same arguments. Throws `ConfigurationError` where Windows' command processor would read one as more than that.
 */
function argumentsFor(program: string, args: readonly string[]): readonly string[] {
  const unsafe = /\.(cmd|bat)$/i.test(program) ? args.find((arg) => !/^[\w./:@=+-]+$/.test(arg)) : undefined;
  if (unsafe === undefined) return args;
  throw new ConfigurationError(
    { field: 'model' },
    l10n.t('Windows cannot hand {argument} to Qwen Code. Choose a model with a plainer name.', { argument: unsafe }),
  );
}

/** The mode that an argument asks for; undefined where it leaves that to the person. */
function modeIn(argument: unknown): TerminalMode | undefined {
  if (!isRecord(argument) || typeof argument['on'] !== 'boolean') return undefined;
  if (!argument['on']) return 'off';
  return argument['through'] === 'key' ? 'key' : 'gateway';
}

async function askForMode(before: TerminalMode): Promise<TerminalMode> {
  const title =
    before === 'off' ? l10n.t('Use your sign-in in the terminal?') : l10n.t('Your sign-in is used in the terminal');
  const modes: readonly TerminalMode[] = ['gateway', 'key', 'off'];
  const items = modes.filter((mode) => mode !== before).map((mode) => ({ title: MODE_BUTTONS[mode], mode }));
  const chosen = await window.showInformationMessage(title, { modal: true, detail: TERMINAL_NOTICE }, ...items);
  if (chosen === undefined) throw new Cancelled();
  return chosen.mode;
}

/** The command is typed, or copied, and for the person to run. */
async function offerToInstall(): Promise<void> {
  const [type, copy] = [l10n.t('Type it in a terminal'), l10n.t('Copy command')];
  const chosen = await notify('warning', NOT_INSTALLED, type, copy);
  if (chosen === copy) await env.clipboard.writeText(INSTALL);
  if (chosen !== type) return;
  const terminal = window.createTerminal();
  terminal.show();
  terminal.sendText(INSTALL, false);
}
