import * as l10n from '@vscode/l10n';
import type { EntryFields, EntryTarget, ProvidersPageView, TestedView } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import type { ProviderView } from '../../src/shared/signInViews';
import { el, onEnter, whenChanged } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';
import { createEntryFields } from './entryFields';
import { createProviderChoice, type Destination, type ProviderChoice } from './providerChoice';
import { createTested } from './tested';
import { TypedEntry } from './typedEntry';
import { focusOn } from '../kit/focus';

const AS_ACCOUNT = l10n.t(
  'Your key goes to the keychain of this computer, once its server has taken it. The server says which models it has.',
);

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
  const giveUp = () => {
    post({ type: 'stopFetching' });
    close();
  };
  const entry = createEntryPart(post, heading, giveUp);
  const choice = createProviderChoice((what) => {
    arrange(choice.destination);
    if (what === 'provider') entry.fields.fill(choice.fields());
    if (what === 'region')
      entry.fields.fill(Object.assign(entry.fields.value(), { baseUrl: choice.fields().baseUrl ?? '' }));
    entry.typed.draft();
  });
  const account = accountPart(() => signIn(choice, act, giveUp), entry.give);
  const arrange = (to: Destination) => {
    const isAdding = !choice.element.hidden;
    entry.element.hidden = isAdding && to === 'account';
    account.hidden = !entry.element.hidden;
    if (isAdding) entry.typed.target = to === 'account' ? undefined : { kind: 'add', file: to, provider: 'openai' };
  };
  const begin = (title: string, isAdding: boolean) => {
    heading.textContent = title;
    entry.reset();
    choice.element.hidden = !isAdding;
  };
  const offer = whenChanged(({ providers, files }: Parameters<ProviderChoice['offer']>[0]) =>
    choice.offer({ providers, files }),
  );
  return {
    element: el('section', { class: 'entry-form' }, heading, choice.element, entry.element, account),
    open(about, values, title) {
      const to = about.kind === 'add' ? about.file : 'settings';
      begin(title, about.kind === 'add');
      choice.reset(to, true);
      entry.typed.target = about;
      arrange(to);
      entry.fields.fill(values);
      entry.typed.draft();
      entry.fields.focus('id');
    },
    add(title) {
      begin(title, true);
      choice.reset('account', false);
      entry.fields.fill(choice.fields());
      arrange('account');
      choice.focus();
    },
    update({ draft, files, tested }, providers) {
      offer({ providers, files });
      entry.typed.show(draft);
      entry.showTested(tested);
    },
    refused: (text) => entry.refused(text),
  };
}

/** The fields of the form with what is said of them, and its buttons; `close` is for when it is given up. */
function createEntryPart(post: (intent: ToHost) => void, heading: HTMLElement, close: () => void) {
  const failure = el('p', { class: 'error' });
  const tested = createTested(post);
  const submit = (type: 'saveEntry' | 'tryEntry') => {
    failure.hidden = true;
    typed.submit(type);
  };
  const give = () => {
    typed.stop();
    close();
  };
  const fields = createEntryFields({
    key: (event) => (event.key === 'Escape' ? give() : onEnter(() => submit('saveEntry'))(event)),
    keyInLines: (event) => event.key === 'Escape' && give(),
    input: () => typed.draftSoon(),
    enterKey: () => typed.latest?.baseUrl !== undefined && post({ type: 'enterKey', baseUrl: typed.latest.baseUrl }),
  });
  const typed = new TypedEntry(post, fields);
  return {
    element: el('div', { class: 'form' }, ...fields.elements, failure, tested.element, entryButtons(submit, give)),
    typed,
    fields,
    give,
    reset() {
      typed.reset();
      failure.hidden = true;
    },
    showTested: (view: TestedView | undefined) => tested.show(view?.key === 'draft' ? view : undefined),
    refused(text: string) {
      const wrong = typed.wrong();
      // What is wrong with a field stands beside it.
      failure.textContent = wrong === undefined ? text : '';
      failure.hidden = wrong !== undefined;
      if (wrong === undefined) focusOn(heading);
      else fields.focus(wrong);
    },
  };
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
    button({ label: l10n.t('Save'), onClick: () => submit('saveEntry') }),
    button({ label: l10n.t('Try'), appearance: 'secondary', onClick: () => submit('tryEntry') }),
    button({ label: l10n.t('Cancel'), appearance: 'secondary', onClick: give }),
  );
}

function accountPart(enterKey: () => void, give: () => void): HTMLElement {
  const buttons = [
    button({ label: l10n.t('Enter key…'), onClick: enterKey }),
    button({ label: l10n.t('Cancel'), appearance: 'secondary', onClick: give }),
  ];
  return el('div', { class: 'form' }, el('p', { class: 'hint' }, AS_ACCOUNT), el('div', { class: 'row' }, ...buttons));
}
