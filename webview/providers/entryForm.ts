import type { EntryDraftView, EntryTarget, EntryView, ProvidersPageView } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import { el, onEnter } from '../kit/dom';
import { createEntryFields, wrongField } from './entryFields';
import { button } from '../kit/toolkit';

const DRAFT_DELAY_MS = 150;

/** The form of an entry, new or not. */
export interface EntryForm {
  readonly element: HTMLElement;
  open(target: EntryTarget, entry: EntryView | undefined, title: string): void;
  update(providersPage: ProvidersPageView): void;
  /** Shows why nothing was written, and brings the person to where it can be mended. */
  refused(text: string): void;
}

/** A form that is closed by `close`: when it is given up, and by whoever hears that it was saved. */
export function createEntryForm(post: (intent: ToHost) => void, close: () => void): EntryForm {
  let target: EntryTarget | undefined;
  let latest: EntryDraftView | undefined;
  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  let submitted = false;
  const heading = el('h1', { tabindex: '-1' });
  const failure = el('p', { class: 'error' });
  const save = () => {
    if (target === undefined) return;
    clearTimeout(draftTimer);
    submitted = true;
    failure.hidden = true;
    post({ type: 'saveEntry', target, fields: fields.value() });
  };
  const draft = () => {
    if (target === undefined) return;
    post({ type: 'draftEntry', target, fields: fields.value() });
    // No new state comes where the answer is the same as before.
    fields.show(latest, submitted);
  };
  const fields = createEntryFields({
    key: (event) => (event.key === 'Escape' ? close() : onEnter(save)(event)),
    input() {
      clearTimeout(draftTimer);
      draftTimer = setTimeout(draft, DRAFT_DELAY_MS);
    },
    enterKey: () => latest?.baseUrl !== undefined && post({ type: 'enterKey', baseUrl: latest.baseUrl }),
  });
  const cancel = button({ label: 'Cancel', appearance: 'secondary', onClick: close });
  const buttons = el('div', { class: 'row' }, button({ label: 'Save', onClick: save }), cancel);
  const form = el('div', { class: 'form' }, ...fields.elements, failure, buttons);
  return {
    element: el('section', { class: 'entry-form' }, heading, form),
    open(about, entry, title) {
      target = about;
      latest = undefined;
      submitted = false;
      heading.textContent = title;
      failure.hidden = true;
      fields.fill(entry?.fields);
      draft();
      fields.focus('id');
    },
    update(providersPage) {
      latest = providersPage.draft;
      fields.show(latest, submitted);
    },
    refused(text) {
      fields.show(latest, submitted);
      const wrong = wrongField(latest);
      // What is wrong with a field stands beside it.
      failure.textContent = wrong === undefined ? text : '';
      failure.hidden = wrong !== undefined;
      if (wrong === undefined) heading.focus();
      else fields.focus(wrong);
    },
  };
}
