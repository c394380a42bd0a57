import { commands } from 'vscode';
import type { Settings } from '../../core/config/settings';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import type { UsageLog } from '../../core/usage/usageLog';
import { secondTry, waysAround } from '../../core/views/otherWays';
import { type Choice, choicesOf, type Intent, type Occasion, problemOf, problemText } from '../../core/views/problem';
import type { AuthPanel } from '../panel/authPanel';
import type { ChatUse } from '../chat/chatSetup';
import type { ExplainDocument } from '../status/explainDocument';
import { runIntent } from './intents';
import { describeError, type OutputLog } from '../platform/log';
import { showProblem } from './notifications';
import type { SignInPlaces } from '../signIn/qwenCodeSignIn';
import type { SettingsFiles } from '../keys/settingsFiles';
import type { Spending } from '../usage/spending';
import type { TerminalEnvironment } from '../terminal/terminalEnvironment';
import type { QwenCodeSettings } from '../terminal/writeQwenSettings';

/** What the commands work on. */
export interface CommandParts {
  readonly session: Session;
  readonly settings: Settings;
  readonly panel: AuthPanel;
  readonly explanation: ExplainDocument;
  readonly settingsFiles: SettingsFiles;
  readonly chatUse: ChatUse;
  readonly places: SignInPlaces;
  readonly usage: UsageLog;
  readonly spending: Spending;
  readonly terminal: TerminalEnvironment;
  readonly qwenSettings: QwenCodeSettings;
  readonly log: OutputLog;
}

/** What a command answers: `ok` with its result, or the sentence that a person would read, with the choices they have. */
export type CommandResult<T extends object = object> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly error: string; readonly choices?: readonly Choice[] };

/** Runs a command's work; what it throws becomes the answer, the log's entry and a notification. */
export async function answer<T extends object>(
  { session, panel, log }: CommandParts,
  occasion: Occasion,
  work: () => Promise<T>,
): Promise<CommandResult<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    const problem = problemOf(error, occasion);
    if (!problem) return { ok: false, error: 'Cancelled.' };
    log.error(describeError(error));
    const { snapshot } = session;
    const ways = waysAround(problem, error, snapshot);
    const run = async (intent: Intent): Promise<void> => {
      const isOfKey = ['sendKey', 'enterModel', 'checkOtherRegions'].includes(intent.type);
      // The key that is held now may be another one than was told of.
      if (isOfKey && session.snapshot.attempt !== snapshot.attempt) {
        await commands.executeCommand('qwen.openPanel');
        return;
      }
      const again = secondTry(intent, session.snapshot);
      await (again ? commands.executeCommand('qwen.signIn', again) : runIntent(intent, session, snapshot));
    };
    if (!(panel.isVisible('signIn') && isShown(error, snapshot))) void showProblem(problem, run, ways);
    const choices = choicesOf(ways.length > 0 ? { ...problem, others: ways } : problem);
    return { ok: false, error: problemText(problem), ...(choices.length > 0 && { choices }) };
  }
}

/** Whether the panel's page shows that this went wrong. */
function isShown(error: unknown, { attempt, connection }: Snapshot): boolean {
  return [attempt, connection].some((part) => part.kind === 'failed' && part.error === error);
}
