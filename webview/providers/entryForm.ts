import type {
  EntryDraftView,
  EntryFields,
  EntryTarget,
  ProvidersPageView,
  TestedView,
} from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import type { ProviderView } from '../../src/shared/signInViews';
import { el, onEnter, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';
import { createEntryFields, type EntryFieldsPart, wrongField } from './entryFields';
import { createProviderChoice, type Destination, type ProviderChoice } from './providerChoice';
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
  const heading = el('h1', { tabindex: '-1' });
  const failure = el('p', { class: 'error' });
  const tested = el('div');
  const submit = (type: 'saveEntry' | 'tryEntry') => {
    failure.hidden = true;
    typed.submit(type);
  };
  const give = () => {
    typed.stop();
    post({ type: 'stopFetching' });
    close();
  };
  const fields = createEntryFields({
    key: (event) => (event.key === 'Escape' ? give() : onEnter(() => submit('saveEntry'))(event)),
    keyInLines: (event) => event.key === 'Escape' && give(),
    input: () => typed.draftSoon(),
    enterKey: () => typed.latest?.baseUrl !== undefined && post({ type: 'enterKey', baseUrl: typed.latest.baseUrl }),
  });
  const typed = new Typed(post, fields);
  const choice = createProviderChoice((what) => {
    arrange(choice.destination);
    if (what === 'provider') fields.fill(choice.fields());
    if (what === 'region') fields.fill(Object.assign(fields.value(), { baseUrl: choice.fields().baseUrl ?? '' }));
    typed.draft();
  });
  const account = accountPart(() => signIn(choice, act, close), give);
  const entry = el('div', { class: 'form' }, ...fields.elements, failure, tested, entryButtons(submit, give));
  const arrange = (to: Destination) => {
    const isAdding = !choice.element.hidden;
    entry.hidden = isAdding && to === 'account';
    account.hidden = !entry.hidden;
    if (isAdding) typed.target = to === 'account' ? undefined : { kind: 'add', file: to, provider: 'openai' };
  };
  const begin = (title: string, isAdding: boolean) => {
    typed.reset();
    heading.textContent = title;
    failure.hidden = true;
    tested.replaceChildren();
    choice.element.hidden = !isAdding;
  };
  const offer = whenChanged(({ providers, files }: Parameters<ProviderChoice['offer']>[0]) =>
    choice.offer({ providers, files }),
  );
  const showTested = whenChanged((view: TestedView | undefined) =>
    replaceKeepingFocus(tested, view?.key === 'draft' ? [testedPart(view, post)] : [], heading),
  );
  return {
    element: el('section', { class: 'entry-form' }, heading, choice.element, entry, account),
    open(about, values, title) {
      const to = about.kind === 'add' ? about.file : 'settings';
      begin(title, about.kind === 'add');
      choice.reset(to, true);
      typed.target = about;
      arrange(to);
      fields.fill(values);
      typed.draft();
      fields.focus('id');
    },
    add(title) {
      begin(title, true);
      choice.reset('account', false);
      fields.fill(choice.fields());
      arrange('account');
      choice.focus();
    },
    update({ draft, files, tested: test }, providers) {
      offer({ providers, files });
      typed.show(draft);
      showTested(test);
    },
    refused(text) {
      const wrong = typed.wrong();
      // What is wrong with a field stands beside it.
      failure.textContent = wrong === undefined ? text : '';
      failure.hidden = wrong !== undefined;
      if (wrong === undefined) heading.focus();
      else fields.focus(wrong);
    },
  };
}

/** What is typed, on its way to the extension, and what the extension makes of it. */
class Typed {
  readonly #post: (intent: ToHost) => void;
  readonly #fields: EntryFieldsPart;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSubmitted = false;
  /** What the form is about; undefined while it is about no entry. */
  target: EntryTarget | undefined;
  latest: EntryDraftView | undefined;

  constructor(post: (intent: ToHost) => void, fields: EntryFieldsPart) {
    this.#post = post;
    this.#fields = fields;
  }

  reset(): void {
    this.stop();
    this.latest = undefined;
    this.#isSubmitted = false;
  }

  submit(type: 'saveEntry' | 'tryEntry'): void {
    this.#isSubmitted = true;
    this.#send(type);
  }

  draft(): void {
    this.#send('draftEntry');
    // No new state comes where the answer is the same as before.
    this.show(this.latest);
  }

  draftSoon(): void {
    this.stop();
    this.#timer = setTimeout(() => this.draft(), DRAFT_DELAY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  show(draft: EntryDraftView | undefined): void {
    this.latest = draft;
    this.#fields.show(draft, this.#isSubmitted);
  }

  /** The first field with which something is wrong, once all of that is shown. */
  wrong(): keyof EntryFields | undefined {
    this.show(this.latest);
    return wrongField(this.latest);
  }

  #send(type: 'saveEntry' | 'tryEntry' | 'draftEntry'): void {
    this.stop();
    if (this.target !== undefined) this.#post({ type, target: this.target, fields: this.#fields.value() });
  }
}

/** Goes to where one signs in at the chosen provider. */
function signIn({ provider, region }: ProviderChoice, act: (intent: ProblemIntent) => void, close: () => void): void {
  if (provider === undefined) return;
  const { method, id } = provider;
  close();
  act({ type: 'showMethod', method, provider: id, ...(region && { region }) });
}

function entryButtons(submit: (type: 'saveEntry' | 'tryEntry') => void, give: () => void): HTMLElement {
  return el(
    'div',
    { class: 'row' },
    button({ label: 'Save', onClick: () => submit('saveEntry') }),
    button({ label: 'Try', appearance: 'secondary', onClick: () => submit('tryEntry') }),
    button({ label: 'Cancel', appearance: 'secondary', onClick: give }),
  );
}

function accountPart(enterKey: () => void, give: () => void): HTMLElement {
  const buttons = [
    button({ label: 'Enter key…', onClick: enterKey }),
    button({ label: 'Cancel', appearance: 'secondary', onClick: give }),
  ];
  return el('div', { class: 'form' }, el('p', { class: 'hint' }, AS_ACCOUNT), el('div', { class: 'row' }, ...buttons));
}
