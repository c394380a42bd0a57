import { window } from 'vscode';
import { hostOf } from '../../core/base/origin';
import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';
import { signInStep } from './signInStep';

const OPEN = 'Copy code & open browser';

/**
 * Shows a user code as a dialog, whose button copies it and opens the page that asks for it; any other way out cancels.
 */
export async function askToApprove(
  session: Session,
  step: Extract<SignInStep, { readonly kind: 'userCode' }>,
): Promise<void> {
  const host = hostOf(step.device.verificationUri);
  const chosen = await window.showInformationMessage(
    `Your code is ${step.device.userCode}`,
    { modal: true, detail: `Approve it at ${host}. The button copies the code and opens that page.` },
    OPEN,
  );
  // The dialog may outlive the sign-in that it was shown for.
  if (signInStep(session) !== step) return;
  if (chosen === OPEN) await session.signIns.openPage();
  else session.signIns.cancel();
}
