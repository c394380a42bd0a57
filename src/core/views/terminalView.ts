import * as l10n from '@vscode/l10n';
import type { Model } from '../providers/model';
import { hostOf } from '../base/origin';
import type { TerminalMode } from '../config/terminalMode';
import { inertText } from './inertText';
import { problemOf } from './problem';
import type { Problem } from './action';
import { joinSentences } from '../../language/joinSentences';
import { listText } from '../../language/listText';

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
export const TERMINAL_NOTICE = [
  l10n.t(
    'Through the gateway (recommended): your key stays in the keychain. New terminals get the address of a server on ' +
      'this computer, and a token that is good there alone. A switch of the model, a renewal and a sign-out count at ' +
      'once in every terminal that is open.',
  ),
  l10n.t(
    'With the key itself: new terminals get the address, the key and the name of the model in use. Every program that ' +
      'you start there can read them, "Terminal: Show Environment Contributions" shows them in plain text, and a ' +
      'terminal that is open keeps what it has.',
  ),
].join('\n\n');

/** The row of the panel. */
export function terminalView(state: TerminalState): TerminalView {
  const { isOn } = state;
  if (!isOn) return { isOn, text: l10n.t('New terminals get nothing of your sign-in.') };
  const { mode, names, model, folder, named, error } = state;
  const who = folder === undefined ? l10n.t('New terminals') : l10n.t('New terminals of {0}', inertText(folder));
  const problem = problemOf(error, { during: 'test' });
  if (mode === 'gateway' && names.length > 0)
    return { isOn, text: gatewayText(who, error === undefined ? model : undefined), ...(problem && { problem }) };
  if (error !== undefined && problem) return { isOn, text: l10n.t('{0} get nothing right now.', who), problem };
  if (mode === 'gateway') return { isOn, text: l10n.t('{0} get nothing yet.', who) };
  if (names.length === 0) return { isOn, text: l10n.t('The next terminal that you open renews the sign-in.') };
  const about = { who, names: namesText(names) };
  const get = model
    ? l10n.t('{who} get {names} for {model} at {host}.', { ...about, ...placeOf(model) })
    : l10n.t('{who} get {names}.', about);
  // The settings beat the variables, but not the arguments that it is opened with from here.
  const other =
    model && named !== undefined && named !== model.id
      ? l10n.t('Typed there, qwen takes {0}, which its own settings name.', named)
      : undefined;
  return { isOn, text: joinSentences(get, other) };
}

function gatewayText(who: string, model: Model | undefined): string {
  return joinSentences(
    l10n.t('{0} get a token for the gateway, and no key.', who),
    model
      ? l10n.t('It answers with the model in use, {model} at {host}, and with every other.', { ...placeOf(model) })
      : l10n.t('It answers with the model in use and with every other.'),
  );
}

function placeOf({ name, baseUrl }: Model) {
  return { model: name, host: hostOf(baseUrl) };
}

/**
 * Why new terminals get nothing, where that is to be seen without looking for it: a key would stand in VS Code's logs.
 */
export function terminalNotice({ text, problem }: TerminalView): string | undefined {
  return problem?.action?.intent.type === 'setLogLevel' ? joinSentences(text, problem.message) : undefined;
}

/** What VS Code says of the variables: their names, never a value. Undefined where there are none. */
export function collectionText(names: readonly string[], hasPath: boolean): string | undefined {
  const quoted = names.map((name) => `\`${name}\``);
  const parts = [
    ...(names.length > 0 ? [l10n.t('Sets {0} for the model in use.', namesText(quoted))] : []),
    ...(hasPath ? [l10n.t('Puts `qwen-auth` on the PATH.')] : []),
  ];
  return joinSentences(...parts) || undefined;
}

function namesText(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : l10n.t('{others} and {last}', { others: listText(names.slice(0, -1)), last });
}
