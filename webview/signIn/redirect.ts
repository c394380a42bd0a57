import type { PanelState, StepView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { copyButton } from '../kit/copyButton';
import { el, onEnter } from '../kit/dom';
import { required } from './signInForm';
import { button, textField } from '../kit/toolkit';

type RedirectStep = Extract<StepView, { readonly kind: 'redirect' }>;

/** The step of a sign-in in which the person is in the browser, and comes back by a redirect (RFC 6749 §4.1.2). */
export interface RedirectPart {
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
  const words = el('span');
  const element = el('p', {}, 'Sign in on ', host, words);
  const open = button({ label: 'Open the page again', onClick: () => post({ type: 'openVerificationPage' }) });
  const copy = copyButton('Copy the link', 'link', announcer, () => post({ type: 'copyVerificationPage' }));
  const submit = () => {
    const text = required(field, 'Paste the address or the code first.');
    if (text !== undefined) post({ type: 'pasteRedirect', text });
  };
  const field = textField({ label: 'Paste the address or the code from the browser', onKey: onEnter(submit) });
  const go = button({ label: 'Continue', appearance: 'secondary', onClick: submit });
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
      words.textContent = WORDS[step.flow];
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
    focus: () => (flow === 'paste' ? field.focus() : open.focus()),
  };
}

const WORDS = {
  loopback: ' in your browser. The sign-in then goes on here by itself.',
  uriHandler:
    ' in your browser, and let it return to the editor when it asks. The sign-in then goes on here by itself.',
  paste:
    ' in your browser. Then copy the address of the page that it ends on, or the code that it shows, into the field below.',
} as const;

const UNREACHED = 'Needed only if the browser ends on a page that it cannot show: copy the whole address of that page.';

const HINTS = {
  loopback: UNREACHED,
  uriHandler: UNREACHED,
  paste: 'The browser may say that it cannot show that page. Its address is what counts: copy all of it.',
} as const;
