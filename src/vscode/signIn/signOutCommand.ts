import * as l10n from '@vscode/l10n';
import { QuickPickItemKind, window } from 'vscode';
import { Cancelled, ConfigurationError } from '../../core/base/errors';
import type { Disposable } from '../../core/base/events';
import { isRecord, stringIn } from '../../core/base/json';
import { hostOf } from '../../core/base/origin';
import type { Log } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import { problemOf } from '../../core/views/problem';
import {
  notDestroyedText,
  signedOutText,
  signOutQuestion,
  type SignOutRow,
  signOutRows,
} from '../../core/views/signOutView';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import { describeError } from '../platform/log';
import { readMethod } from '../../core/signIn/signInRequest';
import { NO_METHOD } from './signInCommand';
import { offerUndo } from './undo';
import { joinSentences } from '../../language/joinSentences';

/** What a sign-out answers: the ids of what was signed out of, and what the person was told. */
type SignOutResult = CommandResult<{ readonly forgotten: readonly string[]; readonly message: string }>;

/**
 * `qwen.signOut`: signs out of what its argument names, else of what the person chooses, who is asked before a key is
 * removed. Either way *Undo* is offered.
 */
export async function signOut(parts: AnswerParts, argument: unknown): Promise<SignOutResult> {
  const { session } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    await session.load();
    const named = namedIds(session.snapshot, argument);
    return await forget(parts, named ?? (await askedFor(session, await chooseIds(session))));
  });
}

/** Signs out of an account that the person has chosen already, and is asked about where it has a key. */
export async function signOutOf(parts: AnswerParts, id: string): Promise<SignOutResult> {
  const { session } = parts;
  return await answer(parts, { during: 'test' }, async () => {
    await session.load();
    return await forget(parts, await askedFor(session, [id]));
  });
}

/** Says so where a server could not be told of a sign-out; nobody has to wait for that. */
export function sayNotRevoked(session: Session): Disposable {
  return session.onDidNotRevoke(({ account, error }) => {
    const why = problemOf(error, { during: 'test' })?.message;
    const text = l10n.t('You are signed out here, but {host} could not be told.', { host: hostOf(account.issuer) });
    const mends = l10n.t('To end the sign-in there too, use the page of your account.');
    void notify('warning', joinSentences(text, why, mends));
  });
}

/** Logs each time that what was signed out of could not be destroyed, and tells the person once. */
export function sayNotDestroyed(session: Session, log: Log): Disposable {
  let isTold = false;
  return session.onDidNotDestroy((error) => {
    log.error(`What was signed out of could not be destroyed: ${describeError(error)}`);
    if (!isTold) void notify('warning', notDestroyedText(error));
    isTold = true;
  });
}

async function forget(parts: AnswerParts, ids: readonly string[]) {
  const { session, log } = parts;
  const before = session.snapshot;
  const { undo } = await session.signOut(ids);
  const message = signedOutText(ids, before, session.snapshot);
  log.info(`Signed out: ${ids.join(', ')}`);
  void offerUndo(parts, message, undo);
  return { forgotten: ids, message };
}

/** The ids that an argument names; undefined where it leaves the choice to the person. */
function namedIds({ accounts, unreadable }: Snapshot, argument: unknown): readonly string[] | undefined {
  const id = stringIn(argument, 'account');
  if (id) return [...accounts.map((account) => account.id), ...unreadable].filter((known) => known === id);
  const method = isRecord(argument) ? argument['method'] : undefined;
  if (method === undefined) return undefined;
  if (!readMethod(method)) throw new ConfigurationError({ field: 'method' }, NO_METHOD);
  return accounts.filter((account) => account.method === method).map((account) => account.id);
}

/** The same ids, after a yes where it is needed. Throws `Cancelled`. */
async function askedFor({ snapshot }: Session, ids: readonly string[]): Promise<readonly string[]> {
  const question = signOutQuestion(ids, snapshot);
  if (!question) return ids;
  const yes = l10n.t('Sign out');
  const chosen = await window.showWarningMessage(question.title, { modal: true, detail: question.detail }, yes);
  if (chosen !== yes) throw new Cancelled();
  return ids;
}

async function chooseIds({ snapshot }: Session): Promise<readonly string[]> {
  const rows = signOutRows(snapshot);
  const [only] = rows;
  if (rows.length < 2) return only?.ids ?? [];
  const chosen = await pickRow(rows);
  if (!chosen) throw new Cancelled();
  return chosen.ids;
}

/** No row has the focus to begin with: whoever presses Enter at once signs out of nothing. */
async function pickRow(rows: readonly SignOutRow[]): Promise<SignOutRow | undefined> {
  const picker = window.createQuickPick<SignOutRow & { readonly kind?: QuickPickItemKind }>();
  picker.title = l10n.t('Sign out');
  picker.placeholder = l10n.t('What do you want to sign out of?');
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  const separator = { ids: [], label: '', description: '', kind: QuickPickItemKind.Separator };
  picker.items = [...rows.slice(0, -1), separator, ...rows.slice(-1)];
  picker.activeItems = [];
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => picker.selectedItems[0] && resolve(picker.selectedItems[0]));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}
