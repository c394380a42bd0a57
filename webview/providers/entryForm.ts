import type {
  EntryDraftView,
  EntryFields,
  EntryTarget,
  ProvidersPageView,
  TestedView,
} from '../../src/shared/providersMessages';
import type { ProviderView, ToHost } from '../../src/shared/messages';
import { el, onEnter, whenChanged } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';
import { createEntryFields, wrongField } from './entryFields';
import { createProviderChoice, type Destination } from './providerChoice';
import { testedPart } from './providerRow';

const DRAFT_DELAY_MS = 150;
const AS_ACCOUNT =
  'Your key goes to the keychain of this computer, once its server has taken it. The server says which models it has.';

/** The form of an entry, new or not. */
export interface EntryForm {
  readonly element: HTMLElement;
  open(target: EntryTarget, fields: Partial<EntryFields> | undefined, title: string): void;
  /** Begins with the choice of a provider and of where it is kept. */
  add(title: string): void;
  update(providersPage: ProvidersPageView, providers: readonly ProviderView[]): void;
  /** Shows why nothing was written, and brings the person to where it can be mended. */
  refused(text: string): void;
}

/** A form that is closed by `close`: when it is given up, and by whoever hears that it was saved. */
export function createEntryForm(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  close: () => void,
): EntryForm {
  let target: EntryTarget | undefined;
  let latest: EntryDraftView | undefined;
  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  let submitted = false;
  const heading = el('h1', { tabindex: '-1' });
  const failure = el('p', { class: 'error' });
  const tested = el('div');
  const send = (type: 'saveEntry' | 'tryEntry' | 'draftEntry') => {
    if (target === undefined) return;
    clearTimeout(draftTimer);
    post({ type, target, fields: fields.value() });
  };
  const submit = (type: 'saveEntry' | 'tryEntry') => {
    submitted = true;
    failure.hidden = true;
    send(type);
  };
  const save = () => submit('saveEntry');
  const draft = () => {
    send('draftEntry');
    // No new state comes where the answer is the same as before.
    fields.show(latest, submitted);
  };
  const give = () => {
    clearTimeout(draftTimer);
    post({ type: 'stopFetching' });
    close();
  };
  const escape = (event: KeyboardEvent) => event.key === 'Escape' && give();
  const fields = createEntryFields({
    key: (event) => (event.key === 'Escape' ? give() : onEnter(save)(event)),
    keyInLines: escape,
    input() {
      clearTimeout(draftTimer);
      draftTimer = setTimeout(draft, DRAFT_DELAY_MS);
    },
    enterKey: () => latest?.baseUrl !== undefined && post({ type: 'enterKey', baseUrl: latest.baseUrl }),
  });
  const choice = createProviderChoice((what) => {
    arrange(choice.destination);
    if (what === 'provider') fields.fill(choice.fields());
    draft();
  });
  const signIn = () => {
    const { provider, region } = choice;
    if (provider === undefined) return;
    const { method, id } = provider;
    close();
    act({ type: 'showMethod', method, provider: id, ...(region && { region }) });
  };
  const entry = el(
    'div',
    { class: 'form' },
    ...fields.elements,
    failure,
    tested,
    el(
      'div',
      { class: 'row' },
      button({ label: 'Save', onClick: save }),
      button({ label: 'Try', appearance: 'secondary', onClick: () => submit('tryEntry') }),
      button({ label: 'Cancel', appearance: 'secondary', onClick: give }),
    ),
  );
  const account = el(
    'div',
    { class: 'form' },
    el('p', { class: 'hint' }, AS_ACCOUNT),
    el(
      'div',
      { class: 'row' },
      button({ label: 'Enter key…', onClick: signIn }),
      button({ label: 'Cancel', appearance: 'secondary', onClick: give }),
    ),
  );
  const arrange = (to: Destination) => {
    const isAccount = !choice.element.hidden && to === 'account';
    entry.hidden = isAccount;
    account.hidden = !isAccount;
    if (to !== 'account' && !choice.element.hidden) target = { kind: 'add', file: to, provider: 'openai' };
    if (isAccount) target = undefined;
  };
  const begin = (title: string) => {
    latest = undefined;
    submitted = false;
    heading.textContent = title;
    failure.hidden = true;
    tested.replaceChildren();
  };
  const offer = whenChanged((all: { providers: readonly ProviderView[]; files: ProvidersPageView['files'] }) =>
    choice.offer(all.providers, all.files),
  );
  const showTested = whenChanged((view: TestedView | undefined) => {
    tested.replaceChildren(...(view?.key === 'draft' ? [testedPart(view, post)] : []));
  });
  return {
    element: el('section', { class: 'entry-form' }, heading, choice.element, entry, account),
    open(about, values, title) {
      begin(title);
      choice.element.hidden = about.kind !== 'add';
      if (about.kind === 'add') choice.reset(about.file);
      target = about;
      arrange(about.kind === 'add' ? about.file : 'settings');
      fields.fill(values);
      draft();
      fields.focus('id');
    },
    add(title) {
      begin(title);
      choice.element.hidden = false;
      choice.reset('account');
      fields.fill(choice.fields());
      arrange('account');
      choice.focus();
    },
    update(providersPage, providers) {
      latest = providersPage.draft;
      offer({ providers, files: providersPage.files });
      fields.show(latest, submitted);
      showTested(providersPage.tested);
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
