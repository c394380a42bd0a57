import * as l10n from '@vscode/l10n';
import { env, ThemeIcon, window } from 'vscode';
import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';
import { withoutLinks } from '../../core/views/inertText';
import { validationMessage } from '../platform/validationMessage';
import { signInStep } from './signInStep';

/** Asks for the address or the code that the browser ended on, for as long as the sign-in waits for it at this step. */
export function askForRedirect(session: Session, step: Extract<SignInStep, { readonly kind: 'redirect' }>): void {
  const box = window.createInputBox();
  box.title = l10n.t('Sign in on {host}', { host: step.host });
  box.prompt = l10n.t('Paste the address of the page that the browser ended on, or the code that it shows');
  box.ignoreFocusOut = true;
  const open = { iconPath: new ThemeIcon('link-external'), tooltip: l10n.t('Open the page again') };
  const copy = { iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy the link') };
  box.buttons = [open, copy];
  const subscriptions = [
    session.onDidChange(() => signInStep(session) === step || box.hide()),
    box.onDidChangeValue(() => (box.validationMessage = undefined)),
    box.onDidAccept(() => (box.validationMessage = withoutLinks(submitPasted(session, box.value) ?? ''))),
    box.onDidTriggerButton((button) =>
      button === open ? void session.signIns.openPage() : void env.clipboard.writeText(step.url),
    ),
    box.onDidHide(() => {
      for (const subscription of subscriptions) subscription.dispose();
      box.dispose();
    }),
  ];
  box.show();
}

/** Gives a pasted text to the sign-in that waits for it; answers with the sentence by which it is refused. */
export function submitPasted(session: Session, text: string): string | undefined {
  const said = validationMessage(() => session.signIns.pasteRedirect(text));
  return typeof said === 'string' ? said : undefined;
}
