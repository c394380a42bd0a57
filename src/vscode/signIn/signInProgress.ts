import * as l10n from '@vscode/l10n';
import { ProgressLocation, window } from 'vscode';
import { hostOf } from '../../core/base/origin';
import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';
import type { AnswerParts } from '../answers/answerParts';
import { signInStep } from './signInStep';
import { offerOtherWays } from './otherWays';
import { askForRedirect } from './pastedRedirect';
import { askToApprove } from './userCode';

/**
 * Shows a sign-in's progress while `work` runs, unless the panel is in view, which shows it: what happens
 * in the browser as a notification with *Cancel*, and with the other ways once it takes long; the short
 * check of a key in the status bar.
 */
export async function withSignInProgress<T>(parts: AnswerParts, isShort: boolean, work: () => Promise<T>): Promise<T> {
  const { session, panel } = parts;
  if (panel.isVisible('signIn')) return await work();
  return await window.withProgress(
    {
      location: isShort ? ProgressLocation.Window : ProgressLocation.Notification,
      title: l10n.t('Signing in'),
      cancellable: !isShort,
    },
    async (progress, token) => {
      let asked: SignInStep | undefined;
      let offered: SignInStep | undefined;
      const report = (): void => {
        const step = signInStep(session);
        if (!step) return;
        progress.report({ message: stepText(step) });
        if (step !== asked) ask(session, step);
        asked = step;
        if (step !== offered && isOverdue(session)) {
          offered = step;
          offerOtherWays(parts).catch(() => undefined);
        }
      };
      const subscription = session.onDidChange(report);
      const countdown = setInterval(report, 1000);
      token.onCancellationRequested(() => session.signIns.cancel());
      try {
        return await work();
      } finally {
        clearInterval(countdown);
        subscription.dispose();
      }
    },
  );
}

function ask(session: Session, step: SignInStep): void {
  if (step.kind === 'userCode') askToApprove(session, step).catch(() => undefined);
  if (step.kind === 'redirect' && step.flow === 'paste') askForRedirect(session, step);
}

function isOverdue({ snapshot: { signInAttempt } }: Session): boolean {
  return signInAttempt.kind === 'running' && signInAttempt.overdue;
}

function stepText(step: SignInStep): string {
  switch (step.kind) {
    case 'contacting':
      return l10n.t('contacting {host}', { host: step.host });
    case 'redirect':
      return l10n.t('waiting for {host} in the browser', { host: step.host });
    case 'checking':
      return l10n.t('checking with {host}', { host: step.host });
    case 'userCode': {
      const { userCode, verificationUri, expiresAt } = step.device;
      const [host, time] = [hostOf(verificationUri), countdownText(expiresAt)];
      return l10n.t('enter {code} at {host} ({time} left)', { code: userCode, host, time });
    }
  }
}

function countdownText(expiresAt: number): string {
  const seconds = Math.max(0, Math.round((expiresAt - Date.now()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
