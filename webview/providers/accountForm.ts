import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import type { ProviderAccountView } from '../../src/shared/providersMessages';
import { el, onEnter, whenChanged } from '../kit/dom';
import { button, progressRing, textField } from '../kit/toolkit';
import { focusOn } from '../kit/focus';

/** The form of an account. */
export interface AccountForm {
  readonly element: HTMLElement;
  open(account: ProviderAccountView, at: 'name' | 'key'): void;
  /** Says that a server is asked, or that it is no more. */
  check(host: string | undefined): void;
  /** Shows why nothing was changed. */
  refused(text: string): void;
  /** Takes the key that was typed out of the page. */
  clear(): void;
}

/** A form that is closed by `close`: when it is given up, and by whoever hears that it was saved. */
export function createAccountForm(post: (intent: ToHost) => void, close: () => void): AccountForm {
  let account: string | undefined;
  const heading = el('h1', { tabindex: '-1' });
  const failure = el('p', { class: 'error' });
  const submit = () => {
    if (account === undefined) return;
    failure.hidden = true;
    const fixedAt = address.element.hidden ? '' : address.value;
    post({ type: 'saveAccount', account, name: name.value, baseUrl: fixedAt, apiKey: key.value });
  };
  const give = () => {
    post({ type: 'stopFetching' });
    close();
  };
  const onKey = (event: KeyboardEvent) => (event.key === 'Escape' ? give() : onEnter(submit)(event));
  const name = textField({ label: l10n.t('Name'), onKey });
  const address = textField({ label: l10n.t('Base URL'), onKey });
  const fixed = el('p', { class: 'hint' });
  const key = textField({ label: l10n.t('API key'), secret: true, onKey });
  const progress = el('span', { class: 'row muted' });
  const buttons = [
    button({ label: l10n.t('Save'), onClick: submit }),
    button({ label: l10n.t('Cancel'), appearance: 'secondary', onClick: give }),
  ];
  const fields = [name.element, address.element, fixed, key.element];
  const form = el('div', { class: 'form' }, ...fields, failure, el('div', { class: 'row' }, ...buttons, progress));
  return {
    element: el('section', { class: 'entry-form' }, heading, form),
    open({ id, name: shown, edit }, at) {
      if (edit === undefined) return;
      account = id;
      heading.textContent = l10n.t('Edit {name}', { name: shown });
      failure.hidden = true;
      name.value = edit.name;
      name.describe({ placeholder: edit.usualName });
      address.value = edit.baseUrl;
      address.element.hidden = edit.fixed !== undefined;
      fixed.hidden = edit.fixed === undefined;
      fixed.textContent =
        edit.fixed === undefined ? '' : l10n.t('{address}. {why}', { address: edit.baseUrl, why: edit.fixed });
      key.value = '';
      key.describe({ hint: edit.keyHint });
      (at === 'key' ? key : name).focus();
    },
    check: whenChanged((host: string | undefined) =>
      progress.replaceChildren(...(host === undefined ? [] : [progressRing(), l10n.t('Asking {host}…', { host })])),
    ),
    refused(text) {
      failure.textContent = text;
      failure.hidden = false;
      focusOn(heading);
    },
    clear: () => void (key.value = ''),
  };
}
