import type { Session } from '../../core/session/session';
import type { SignedIn } from '../../core/signIn/signIn';
import { accountLabel } from '../../core/models/modelList';
import { problemOf, problemText } from '../../core/views/problem';
import { replacedText } from '../../core/views/signOutView';
import { runIntent } from '../answers/intents';
import { notify } from '../answers/notifications';
import { UNDO, undo } from './undo';

/** What came of a sign-in, without a secret, as `qwen.signIn` answers it. */
export function signInOutcome({ account, check }: SignedIn, session: Session) {
  const { method, status } = account;
  const { selected } = session.snapshot;
  const problem = check.kind === 'unverified' ? problemOf(check.error, { during: 'signIn', method }) : undefined;
  return {
    method,
    ...('provider' in account && { provider: account.provider }),
    baseUrl: account.baseUrl,
    account: account.id,
    verified: status === 'verified',
    ...(selected?.baseUrl === account.baseUrl && { model: selected.id }),
    ...(problem && { note: `${accountLabel(account)}: saved, but not verified. ${problemText(problem)}` }),
  };
}

/** Says how a sign-in went that ended well, with what a person would do next. */
export async function saySignedIn(signedIn: SignedIn, session: Session): Promise<void> {
  const { note, model } = signInOutcome(signedIn, session);
  const { replaced } = signedIn;
  const test = 'Test connection';
  const choose = 'Switch model';
  const next = model ? `The model is ${model}.` : 'Choose a model to go on.';
  const done = `Signed in with ${accountLabel(signedIn.account)}. ${next}`;
  const text = replaced ? `${note ?? done} ${replacedText(replaced.account)}` : (note ?? done);
  const buttons = [...(replaced ? [UNDO] : []), ...(model ? [test, choose] : [choose])];
  const chosen = await notify(note ? 'warning' : 'info', text, ...buttons);
  if (chosen === UNDO && replaced) await undo(session, [replaced.name]);
  if (chosen === test) await runIntent({ type: 'testConnection' }, session);
  if (chosen === choose) await runIntent({ type: 'chooseModel' }, session);
}
