import type { Model } from '../providers/model';
import { hostOf } from '../base/origin';
import type { TerminalMode } from '../config/terminalMode';
import { inertText } from './inertText';
import { problemOf } from './problem';
import type { Problem } from './action';

/** What new terminals get: the names of their variables, for which model, or why there are none. */
type TerminalState =
  | { readonly isOn: false }
  | {
      readonly isOn: true;
      readonly mode: Exclude<TerminalMode, 'off'>;
      readonly names: readonly string[];
      readonly model: Model | undefined;
      /** The folder that the terminals belong to, where several are open. */
      readonly folder: string | undefined;
      /** The model that Qwen Code's own settings name. */
      readonly named: string | undefined;
      readonly error: unknown;
    };

/** What the panel shows of it. */
export interface TerminalView {
  readonly isOn: boolean;
  readonly text: string;
  readonly problem?: Problem;
}

/** What it means to use the sign-in in the terminal, before somebody says yes. */
export const TERMINAL_NOTICE =
  'Through the gateway (recommended): your key stays in the keychain. New terminals get the address of a server on ' +
  'this computer, and a token that is good there alone. A switch of the model, a renewal and a sign-out count at ' +
  'once in every terminal that is open.\n\n' +
  'With the key itself: new terminals get the address, the key and the name of the model in use. Every program that ' +
  'you start there can read them, "Terminal: Show Environment Contributions" shows them in plain text, and a ' +
  'terminal that is open keeps what it has.';

/** The row of the panel. */
export function terminalView(state: TerminalState): TerminalView {
  const { isOn } = state;
  if (!isOn) return { isOn, text: 'New terminals get nothing of your sign-in.' };
  const { mode, names, model, folder, named, error } = state;
  const who = folder === undefined ? 'New terminals' : `New terminals of ${inertText(folder)}`;
  const problem = problemOf(error, { during: 'test' });
  if (mode === 'gateway' && names.length > 0)
    return { isOn, text: gatewayText(who, error === undefined ? model : undefined), ...(problem && { problem }) };
  if (error !== undefined && problem) return { isOn, text: `${who} get nothing right now.`, problem };
  if (mode === 'gateway') return { isOn, text: `${who} get nothing yet.` };
  if (names.length === 0) return { isOn, text: 'The next terminal that you open renews the sign-in.' };
  const forModel = model ? ` for ${model.name} at ${hostOf(model.baseUrl)}` : '';
  // The settings beat the variables, but not the arguments that it is opened with from here.
  const other =
    model && named !== undefined && named !== model.id
      ? ` Typed there, qwen takes ${named}, which its own settings name.`
      : '';
  return { isOn, text: `${who} get ${namesText(names)}${forModel}.${other}` };
}

function gatewayText(who: string, model: Model | undefined): string {
  const asked = model ? `, ${model.name} at ${hostOf(model.baseUrl)},` : '';
  return (
    `${who} get a token for the gateway, and no key. ` +
    `It answers with the model in use${asked} and with every other.`
  );
}

/**
 * Why new terminals get nothing, where that is to be seen without looking for it: a key would stand in VS Code's logs.
 */
export function terminalNotice({ text, problem }: TerminalView): string | undefined {
  return problem?.action?.intent.type === 'setLogLevel' ? `${text} ${problem.message}` : undefined;
}

/** What VS Code says of the variables: their names, never a value. Undefined where there are none. */
export function collectionText(names: readonly string[], hasPath: boolean): string | undefined {
  const quoted = names.map((name) => `\`${name}\``);
  const parts = [
    ...(names.length > 0 ? [`Sets ${namesText(quoted)} for the model in use.`] : []),
    ...(hasPath ? ['Puts `qwen-auth` on the PATH.'] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function namesText(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]+)$/, ' and $1');
}
