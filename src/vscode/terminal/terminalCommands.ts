import path from 'node:path';
import { ConfigurationTarget, env, ThemeIcon, window, workspace } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import { isRecord } from '../../core/base/json';
import { replacePrivateFile } from '../../core/base/privateFile';
import { findProgram } from '../../core/terminal/findProgram';
import { companyDefaults, DEFAULTS_VARIABLE, QUIET_DEFAULTS } from '../../core/terminal/qwenCodeDefaults';
import { qwenCodeArguments, terminalVariables } from '../../core/terminal/terminalVariables';
import { keyWouldBeLogged } from '../../core/views/logLevel';
import { TERMINAL_NOTICE } from '../../core/views/terminalView';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import { isEnvironmentLogged } from './logLevel';
import type { TerminalEnvironment } from './terminalEnvironment';
import type { OwnQwenSettings } from './ownQwenSettings';

const INSTALL = 'npm install -g @qwen-code/qwen-code';
const NOT_INSTALLED = `Qwen Code is not installed here: there is no program qwen on the PATH. ${INSTALL} installs it.`;

/** What the commands work with. */
export interface TerminalCommandParts extends AnswerParts {
  readonly terminal: Pick<TerminalEnvironment, 'view'>;
  readonly qwenSettings: OwnQwenSettings;
}

/** `qwen.useInTerminal`: turns on, or off, that terminals get the sign-in, as its argument or else the person says. */
export async function useInTerminal(
  parts: TerminalCommandParts,
  argument: unknown,
): Promise<CommandResult<{ readonly on: boolean; readonly message: string }>> {
  return await answer(parts, { during: 'test' }, async () => {
    const { isOn } = parts.terminal.view();
    const on = isRecord(argument) && typeof argument['on'] === 'boolean' ? argument['on'] : await askWhether(isOn);
    if (on !== isOn)
      await workspace.getConfiguration('qwen').update('terminal.env', on || undefined, ConfigurationTarget.Global);
    const { text, problem } = parts.terminal.view();
    const message = [text, problem?.message].filter(Boolean).join(' ');
    void notify('info', message);
    return { on, message };
  });
}

/** `qwen.openQwenCode`: starts Qwen Code in a terminal, signed in and with the model in use. */
export async function openQwenCode(
  parts: TerminalCommandParts,
): Promise<CommandResult<{ readonly model: string; readonly baseUrl: string }>> {
  const { session } = parts;
  const program = await findProgram('qwen', { environment: process.env, platform: process.platform });
  if (program === undefined) {
    void offerToInstall();
    return { ok: false, error: NOT_INSTALLED };
  }
  return await answer(parts, { during: 'test' }, async () => {
    if (!workspace.isTrusted) {
      const message = 'Qwen Code would use the files of this workspace, which you do not trust. Trust it first.';
      throw new ConfigurationError({ part: 'workspace' }, message);
    }
    if (isEnvironmentLogged()) throw keyWouldBeLogged();
    // As it was when it was asked for: another folder may be worked in by the time that an access token is renewed.
    const { snapshot } = session;
    const inUse = await session.access(new AbortController().signal);
    const { folder } = snapshot.configuration;
    const terminal = window.createTerminal({
      name: 'Qwen Code',
      iconPath: new ThemeIcon('sparkle'),
      // The program itself, with no shell in between that could read an argument as something else.
      shellPath: program,
      shellArgs: [...argumentsFor(program, qwenCodeArguments(inUse.model, snapshot))],
      env: { ...terminalVariables(inUse, snapshot), ...(await quietDefaults(parts.qwenSettings)) },
      ...(folder !== undefined && { cwd: folder }),
      // VS Code writes down the environment of terminals that it keeps over a restart.
      isTransient: true,
    });
    terminal.show();
    return { model: inUse.model.id, baseUrl: inUse.model.baseUrl };
  });
}

/** The same arguments. Throws `ConfigurationError` where Windows' command processor would read one as more than that. */
function argumentsFor(program: string, args: readonly string[]): readonly string[] {
  const unsafe = /\.(cmd|bat)$/i.test(program) ? args.find((arg) => !/^[\w./:@=+-]+$/.test(arg)) : undefined;
  if (unsafe === undefined) return args;
  throw new ConfigurationError(
    { field: 'model' },
    `Windows cannot hand ${unsafe} to Qwen Code. Choose a model with a plainer name.`,
  );
}

/** Qwen Code's defaults, with what keeps it from asking; a company's own are left in their place. */
async function quietDefaults({ files, storage }: OwnQwenSettings): Promise<Readonly<Record<string, string>>> {
  const companys = await files.read(companyDefaults(process.platform));
  if (process.env[DEFAULTS_VARIABLE] || companys.kind !== 'missing') return {};
  const file = path.join(storage, 'qwen-code-defaults.json');
  await replacePrivateFile(file, QUIET_DEFAULTS);
  return { [DEFAULTS_VARIABLE]: file };
}

async function askWhether(isOn: boolean): Promise<boolean> {
  const title = isOn ? 'Your sign-in is used in the terminal' : 'Use your sign-in in the terminal?';
  const button = isOn ? 'Turn off' : 'Turn on';
  const chosen = await window.showInformationMessage(title, { modal: true, detail: TERMINAL_NOTICE }, button);
  if (chosen === undefined) throw new Cancelled();
  return !isOn;
}

/** The command is typed, or copied, and for the person to run. */
async function offerToInstall(): Promise<void> {
  const [type, copy] = ['Type it in a terminal', 'Copy command'];
  const chosen = await notify('warning', NOT_INSTALLED, type, copy);
  if (chosen === copy) await env.clipboard.writeText(INSTALL);
  if (chosen !== type) return;
  const terminal = window.createTerminal();
  terminal.show();
  terminal.sendText(INSTALL, false);
}
