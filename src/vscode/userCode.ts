import { ProgressLocation, window } from 'vscode';
import type { Method } from '../core/models/catalogue';
import { hostOf } from '../core/origin';
import type { Session } from '../core/session/session';
import type { SignInStep } from '../core/session/signIn';

const OPEN = 'Copy code & open browser';

/**
 * Shows a sign-in's progress while `work` runs, for when the panel is not there to show it: a code as a dialog and as a
 * notification with its countdown and *Cancel*, the short check of a key in the status bar.
 */
export async function withSignInProgress<T>(session: Session, method: Method, work: () => Promise<T>): Promise<T> {
  const isShort = method !== 'qwen-oauth';
  return await window.withProgress(
    {
      location: isShort ? ProgressLocation.Window : ProgressLocation.Notification,
      title: 'Signing in',
      cancellable: !isShort,
    },
    async (progress, token) => {
      let asked = false;
      const report = (): void => {
        const step = currentStep(session);
        if (!step) return;
        progress.report({ message: stepText(step) });
        if (step.kind !== 'userCode' || asked) return;
        asked = true;
        askToOpen(session, step).catch(() => undefined);
      };
      const subscription = session.onDidChange(report);
      const countdown = setInterval(report, 1000);
      token.onCancellationRequested(() => session.cancelSignIn());
      try {
        return await work();
      } finally {
        clearInterval(countdown);
        subscription.dispose();
      }
    },
  );
}

async function askToOpen(
  session: Session,
  { device }: Extract<SignInStep, { readonly kind: 'userCode' }>,
): Promise<void> {
  const host = hostOf(device.verificationUri);
  const chosen = await window.showInformationMessage(
    `Your code is ${device.userCode}`,
    { modal: true, detail: `Approve it at ${host}. The code is copied, and the page opens in your browser.` },
    OPEN,
  );
  const step = currentStep(session);
  // The dialog may outlive the sign-in that it was shown for.
  if (step?.kind !== 'userCode' || step.device !== device) return;
  if (chosen === OPEN) await session.openVerificationPage();
  else session.cancelSignIn();
}

function currentStep(session: Session): SignInStep | undefined {
  const { attempt } = session.snapshot;
  return attempt.kind === 'running' ? attempt.step : undefined;
}

function stepText(step: SignInStep): string {
  switch (step.kind) {
    case 'contacting':
      return `asking ${step.host} for a code`;
    case 'redirect':
      return `waiting for ${step.host} in the browser`;
    case 'checking':
      return `checking with ${step.host}`;
    case 'userCode':
      return `enter ${step.device.userCode} at ${hostOf(step.device.verificationUri)} (${countdownText(step.device.expiresAt)})`;
  }
}

function countdownText(expiresAt: number): string {
  const seconds = Math.max(0, Math.round((expiresAt - Date.now()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left`;
}
