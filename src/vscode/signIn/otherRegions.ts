import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { Cancelled, ConfigurationError, SignInRequired } from '../../core/base/errors';
import { isRecord, stringIn } from '../../core/base/json';
import type { Session } from '../../core/session/session';
import type { Occasion } from '../../core/views/action';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { attendSignIn, type SignInOutcome } from './attendedSignIn';
import { withSignInProgress } from './signInProgress';

const CHECK = l10n.t('Check');

/** `qwen.checkOtherRegions`: with the person's yes finds out where the key that was refused is good, and says so. */
export async function checkOtherRegions(parts: AnswerParts): Promise<CommandResult> {
  const { session } = parts;
  return await answer(parts, occasionOf(session), async () => {
    if (!(await agreeToOtherRegions(session))) throw new Cancelled();
    await withSignInProgress(parts, true, () => session.signIns.checkOtherRegions());
    const { signInAttempt } = session.snapshot;
    if (signInAttempt.kind === 'failed') throw signInAttempt.error;
    return {};
  });
}

/**
 * `qwen.sendKey`: signs in with the key that was refused or held back, where it was meant for or where it is good.
 * `model` replaces the model of that sign-in; the person is asked where it is empty.
 */
export async function sendKey(parts: AnswerParts, argument: unknown): Promise<CommandResult<SignInOutcome>> {
  const { session } = parts;
  return await answer(parts, occasionOf(session), async () => {
    const to = stringIn(argument, 'to');
    if (to !== 'here' && to !== 'there')
      throw new ConfigurationError({ field: 'to' }, l10n.t('Say where: "here" or "there".'));
    const isAsked = isRecord(argument) && argument['model'] === '';
    const model = isAsked ? await askOtherModel(session) : stringIn(argument, 'model');
    return await attendSignIn(parts, true, () => session.signIns.sendKey(to, model));
  });
}

/**
 * Asks whether a key that was refused may go to the other hosts of its vendor, which are named. Throws where none was.
 */
async function agreeToOtherRegions(session: Session): Promise<boolean> {
  const { signInAttempt } = session.snapshot;
  const about =
    signInAttempt.kind === 'failed' && signInAttempt.error instanceof SignInRequired
      ? signInAttempt.error.about
      : undefined;
  if (about?.reason !== 'refused' || about.method === 'qwen-oauth' || !about.places) throw noKeyHeld();
  const { places, keyLast4 } = about;
  const sends = keyLast4
    ? l10n.t('This sends your key that ends in {last4} to these, one after the other, until one takes it:', {
        last4: keyLast4,
      })
    : l10n.t('This sends your key to these, one after the other, until one takes it:');
  const list = places.map((place) => `• ${place}`);
  const detail = [sends, '', ...list].join('\n');
  const question = l10n.t('Check the other regions of this provider?');
  const said = await window.showWarningMessage(question, { modal: true, detail }, CHECK);
  // The yes was to what was asked about.
  return said === CHECK && session.snapshot.signInAttempt === signInAttempt;
}

/** Asks which model to sign in with in place of the refused one. Throws `Cancelled`, and where none was refused. */
async function askOtherModel(session: Session): Promise<string> {
  const { signInAttempt } = session.snapshot;
  if (signInAttempt.kind !== 'failed') throw noKeyHeld();
  const typed = await window.showInputBox({
    title: l10n.t('Sign in to Qwen'),
    prompt: l10n.t("The model's id, as the server knows it. Empty means the first of its models."),
    ignoreFocusOut: true,
  });
  // The answer was to what was asked about.
  if (typed === undefined || session.snapshot.signInAttempt !== signInAttempt) throw new Cancelled();
  return typed;
}

function noKeyHeld(): ConfigurationError {
  return new ConfigurationError(
    { field: 'apiKey' },
    l10n.t('There is no key that was refused or held back. Sign in with one first.'),
  );
}

function occasionOf({ snapshot: { signInAttempt } }: Session): Occasion {
  return { during: 'signIn', method: signInAttempt.kind === 'none' ? 'api-key' : signInAttempt.request.method };
}
