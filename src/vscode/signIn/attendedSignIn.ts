import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/models/modelList';
import type { Session } from '../../core/session/session';
import type { SignedIn } from '../../core/signIn/signIn';
import { modelChoiceText } from '../../core/views/modelChoice';
import { problemOf, problemText } from '../../core/views/problem';
import { replacedText } from '../../core/views/signOutView';
import type { AnswerParts } from '../answers/answerParts';
import { notify } from '../answers/notifications';
import { withSignInProgress } from './signInProgress';
import { UNDO, undo } from './undo';
import { joinSentences } from '../../language/joinSentences';

/** What came of a sign-in, without a secret, as `qwen.signIn` answers it. */
export type SignInOutcome = ReturnType<typeof outcomeOf>;

/**
 * Does a sign-in where the person sees how it goes and how it went: in the panel while that is in view, else in
 * notifications. A short one is shown in the status bar. Throws what the sign-in throws.
 */
export async function attendSignIn(
  parts: AnswerParts,
  isShort: boolean,
  work: () => Promise<SignedIn>,
): Promise<SignInOutcome> {
  const { session, panel } = parts;
  const isSeen = (): boolean => panel.isVisible('signIn');
  const signedIn = await withSignInProgress(parts, isShort, work);
  // A sign-in may outlive the panel that it began in.
  if (!isSeen() || !isPlain(signedIn, session)) void saySignedIn(parts, signedIn);
  return outcomeOf(signedIn, session);
}

/** Says how a sign-in went that ended well, with what a person would do next. */
export async function saySignedIn(parts: AnswerParts, signedIn: SignedIn): Promise<void> {
  const { note, model } = outcomeOf(signedIn, parts.session);
  const { replaced } = signedIn;
  const test = l10n.t('Test connection');
  const chat = l10n.t('Use Qwen in Chat');
  const choose = l10n.t('Switch model');
  const done = l10n.t('Signed in with {account}.', { account: accountLabel(signedIn.account) });
  const said = note ?? joinSentences(done, modelText(model, modelChoiceText(parts.session.snapshot)));
  const text = joinSentences(said, replaced && replacedText(replaced.account));
  const buttons = [...(replaced ? [UNDO] : []), ...(model ? [test, chat, choose] : [choose])];
  const chosen = await notify(note ? 'warning' : 'info', text, ...buttons);
  if (chosen === UNDO && replaced) await undo(parts, [replaced.name]);
  if (chosen === test) await parts.act({ type: 'testConnection' });
  if (chosen === chat) await parts.act({ type: 'useInChat' });
  if (chosen === choose) await parts.act({ type: 'chooseModel' });
}

/** Which model is in use, and how it was chosen. */
function modelText(model: string | undefined, how: string | undefined): string {
  if (model === undefined) return l10n.t('Choose a model to go on.');
  return how === undefined
    ? l10n.t('The model is {model}.', { model })
    : l10n.t('The model is {model}, {how}.', { model, how });
}

/**
 * Whether the panel shows all that is to be said of it: what could not be verified, and what was replaced, it does not.
 */
function isPlain({ check, replaced, account }: SignedIn, { snapshot }: Session): boolean {
  return check.kind === 'accepted' && !replaced && snapshot.selected?.baseUrl === account.baseUrl;
}

function outcomeOf({ account, check }: SignedIn, session: Session) {
  const { method, status } = account;
  const { selected } = session.snapshot;
  const problem = check.kind === 'unverified' ? problemOf(check.error, { during: 'signIn', method }) : undefined;
  const unverified = l10n.t('{account}: saved, but not verified.', { account: accountLabel(account) });
  return {
    method,
    ...('provider' in account && { provider: account.provider }),
    baseUrl: account.baseUrl,
    account: account.id,
    verified: status === 'verified',
    ...(selected?.baseUrl === account.baseUrl && { model: selected.id }),
    ...(problem && { note: joinSentences(unverified, problemText(problem)) }),
  };
}
