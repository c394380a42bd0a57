import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { hostOf } from '../../core/base/origin';
import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';
import { signInStep } from './signInStep';

const OPEN = l10n.t('Copy code & open browser');

/**
 * Shows a user code as a dialog, whose button copies it and opens the page that asks for it; any other way out cancels.
 */
export async function askToApprove(
  session: Session,
  step: Extract<SignInStep, { readonly kind: 'userCode' }>,
): Promise<void> {
  const host = hostOf(step.device.verificationUri);
  const detail = l10n.t('Approve it at {host}. The button copies the code and opens that page.', { host });
  const chosen = await window.showInformationMessage(
    l10n.t('Your code is {code}', { code: step.device.userCode }),
    { modal: true, detail },
    OPEN,
  );
  // The dialog may outlive the sign-in that it was shown for.
  if (signInStep(session) !== step) return;
  if (chosen === OPEN) await session.signIns.openPage();
  else session.signIns.cancel();
}
