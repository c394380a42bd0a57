import { window } from 'vscode';
import { ConfigurationError } from '../core/errors';
import type { Session } from '../core/session/session';
import type { SignInStep } from '../core/session/signIn';
import { currentStep } from './currentStep';

/** Asks for the address or the code that the browser ended on, for as long as the sign-in waits for it at this step. */
export function askForRedirect(session: Session, step: Extract<SignInStep, { readonly kind: 'redirect' }>): void {
  const box = window.createInputBox();
  box.title = `Sign in on ${step.host}`;
  box.prompt = 'Paste the address of the page that the browser ended on, or the code that it shows';
  box.ignoreFocusOut = true;
  const subscriptions = [
    session.onDidChange(() => currentStep(session) === step || box.hide()),
    box.onDidChangeValue(() => (box.validationMessage = undefined)),
    box.onDidAccept(() => {
      box.validationMessage = complaint(() => session.pasteRedirect(box.value));
    }),
    box.onDidHide(() => {
      for (const subscription of subscriptions) subscription.dispose();
      box.dispose();
    }),
  ];
  box.show();
}

function complaint(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
