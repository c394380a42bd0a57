import * as l10n from '@vscode/l10n';
import type { PanelState, StepView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { copyButton } from '../kit/copyButton';
import { around, el, onEnter } from '../kit/dom';
import { required } from './signInForm';
import { button, textField } from '../kit/toolkit';
import { focusOn } from '../kit/focus';

type RedirectStep = Extract<StepView, { readonly kind: 'redirect' }>;

/** The step of a sign-in in which the person is in the browser, and comes back by a redirect (RFC 6749 §4.1.2). */
interface RedirectPart {
  /** Says what to do where. */
  readonly element: HTMLElement;
  /** Where the address of the redirect, or the code in it, is pasted by hand. */
  readonly paste: HTMLElement;
  /** The button that opens the page once more, and the one that copies the link to it for a browser elsewhere. */
  readonly open: HTMLElement;
  readonly copy: HTMLElement;
  show(step: RedirectStep | undefined): void;
  /** Says what is wrong with what was pasted. */
  refuse(error: PanelState['pasteError']): void;
  focus(): void;
}

/** The wait for the browser, with the field that ends it by hand. */
export function createRedirect(post: (intent: ToHost) => void, announcer: Announcer): RedirectPart {
  let flow: RedirectStep['flow'] | undefined;
  let refusals = 0;
  const host = el('strong');
  const element = el('p');
  const open = button({ label: l10n.t('Open the page again'), onClick: () => post({ type: 'openVerificationPage' }) });
  const copy = copyButton(l10n.t('Copy the link'), 'link', announcer, () => post({ type: 'copyVerificationPage' }));
  const submit = () => {
    const text = required(field, l10n.t('Paste the address or the code first.'));
    if (text !== undefined) post({ type: 'pasteRedirect', text });
  };
  const field = textField({ label: l10n.t('Paste the address or the code from the browser'), onKey: onEnter(submit) });
  const go = button({ label: l10n.t('Continue'), appearance: 'secondary', onClick: submit });
  const paste = el('div', { class: 'paste' }, field.element, go);

  return {
    element,
    paste,
    open,
    copy,
    show(step) {
      for (const part of [element, open, copy, paste]) part.hidden = step === undefined;
      field.value = '';
      field.setError(undefined);
      flow = step?.flow;
      if (step === undefined) return;
      host.textContent = step.host;
      element.replaceChildren(...around(host, WORDS[step.flow]));
      field.describe({ hint: HINTS[step.flow] });
      announcer.say(element.textContent ?? '');
    },
    refuse(error) {
      const isNew = error !== undefined && error.serial !== refusals;
      refusals = error?.serial ?? 0;
      if (!isNew || flow === undefined) return;
      field.setError(error.text);
      field.focus();
      announcer.warn(error.text);
    },
    focus: () => (flow === 'paste' ? field.focus() : focusOn(open)),
  };
}

/** What to do there, for each way back, with the host in its place. */
const WORDS: Readonly<Record<RedirectStep['flow'], (host: string) => string>> = {
  loopback: (host) => l10n.t('Sign in on {host} in your browser. The sign-in then goes on here by itself.', { host }),
  uriHandler: (host) =>
    l10n.t(
      'Sign in on {host} in your browser, and let it return to the editor when it asks. The sign-in then goes on here ' +
        'by itself.',
      { host },
    ),
  paste: (host) =>
    l10n.t(
      'Sign in on {host} in your browser. Then copy the address of the page that it ends on, or the code that it ' +
        'shows, into the field below.',
      { host },
    ),
};

const UNREACHED = l10n.t(
  'Needed only if the browser ends on a page that it cannot show: copy the whole address of that page.',
);

const HINTS = {
  loopback: UNREACHED,
  uriHandler: UNREACHED,
  paste: l10n.t('The browser may say that it cannot show that page. Its address is what counts: copy all of it.'),
} as const;
