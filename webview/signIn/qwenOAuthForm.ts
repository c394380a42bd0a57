import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import { el } from '../kit/dom';
import { focusOn } from '../kit/focus';
import { createOtherServerForm } from './otherServerForm';
import type { SignInForm } from './signInForm';
import { button } from '../kit/toolkit';

/** The form of Qwen OAuth: one button, for everything else happens in the browser, and the fields for another server. */
export function createQwenOAuthForm(post: (intent: ToHost) => void): SignInForm {
  const start = button({
    label: l10n.t('Sign in with Qwen OAuth'),
    onClick: () => post({ type: 'signIn', method: 'qwen-oauth' }),
  });
  const other = createOtherServerForm(post);
  const words = l10n.t('You approve the sign-in on a page in your browser. No key is needed.');
  return {
    element: el(
      'div',
      { class: 'form' },
      el('p', { class: 'muted' }, words),
      el('div', { class: 'row' }, start),
      other.element,
    ),
    update: ({ oauthServer }) => other.show(oauthServer),
    focus: () => focusOn(start),
  };
}
