import './providers.css';
import type { OutcomeView, TestedView } from '../../src/shared/providersMessages';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { el, whenChanged } from '../kit/dom';
import { createAccountForm } from './accountForm';
import { createEntryForm } from './entryForm';
import { createFetchedModels } from './fetchedModels';
import type { Page } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';
import { createProviderList } from './providerList';

/** The name of the button that adds a provider, among those that open a form. */
const ADD = 'add provider';

/** What stands on the page: all providers, or in the place of them a form. */
type Shown = 'list' | 'entry' | 'account';

/** The page of all that can answer: accounts and the entries of files, and in the place of them a form or a server's models. */
export function createProvidersPage(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  announcer: Announcer,
): Page {
  let shown: Shown = 'list';
  let latest: PanelState | undefined;
  let wasFetching = false;
  let opener: string | undefined;
  let heard: number | undefined;
  const title = el('h1', { tabindex: '-1' }, 'Providers');
  const failure = el('p', { class: 'failure error' });
  failure.hidden = true;
  const turn = (to: Shown, from?: string) => {
    shown = to;
    if (from !== undefined) opener = from;
    arrange(false);
  };
  const list = createProviderList(
    {
      post,
      openForm(target, fields, from) {
        turn('entry', from);
        form.open(target, fields, formTitle(target.kind, fields?.name || fields?.id));
      },
      openAccount(id, at, from) {
        const account = latest?.providersPage?.accounts.find((one) => one.id === id);
        if (account === undefined) return;
        turn('account', from);
        accountForm.open(account, at);
      },
      fetchModels({ at }, from) {
        opener = from;
        post({ type: 'fetchModels', entry: at, allowed: false });
      },
    },
    title,
  );
  const closeForm = () => {
    accountForm.clear();
    turn('list');
    if (opener === ADD) add.focus();
    else list.focus(opener);
  };
  const form = createEntryForm(post, act, closeForm);
  const accountForm = createAccountForm(post, closeForm);
  const fetched = createFetchedModels(post, announcer);
  const add = button({
    label: 'Add provider…',
    onClick() {
      turn('entry', ADD);
      form.add('Add provider');
    },
  });
  const lists = el('div', {}, pageHeader(title, add), failure, list.element);
  const arrange = (isFetching: boolean) => {
    lists.hidden = shown !== 'list' || isFetching;
    form.element.hidden = shown !== 'entry';
    accountForm.element.hidden = shown !== 'account';
  };
  arrange(false);

  const sayChecking = whenChanged((host: string | undefined) => {
    accountForm.check(host);
    if (host !== undefined) announcer.say(`Asking ${host}.`);
  });

  const sayTested = whenChanged((tested: TestedView | undefined) => {
    if (tested?.kind === 'running') announcer.say('Asking for a short answer.');
    if (tested?.kind === 'answered') announcer.say(tested.text);
    if (tested?.kind !== 'failed') return;
    announcer.warn([tested.problem.message, tested.problem.cause].filter(Boolean).join(' '));
  });

  /** Says what was done, or why it was not; the first outcome that is seen was said before. */
  const hear = (outcome: OutcomeView | undefined) => {
    const isNew = heard !== undefined && outcome !== undefined && outcome.serial !== heard;
    heard = outcome?.serial ?? 0;
    if (!isNew) return;
    if (outcome.ok) announcer.say(outcome.text);
    else announcer.warn(outcome.text);
    // The form says itself what it was refused for.
    failure.textContent = outcome.ok || shown !== 'list' ? '' : outcome.text;
    failure.hidden = failure.textContent === '';
    if (shown === 'list') return;
    if (outcome.ok) closeForm();
    else (shown === 'entry' ? form : accountForm).refused(outcome.text);
  };

  return {
    element: el('div', { class: 'providers-page' }, lists, form.element, accountForm.element, fetched.element),
    update(state: PanelState) {
      const { providersPage } = state;
      if (providersPage === undefined) return;
      latest = state;
      const isFetching = providersPage.fetched !== undefined;
      list.update(providersPage);
      form.update(providersPage, state.providers);
      sayChecking(providersPage.checking);
      const { tested } = providersPage;
      // The text that streams in is said once it is whole.
      sayTested(tested?.kind === 'running' ? { ...tested, text: '' } : tested);
      fetched.update(providersPage.fetched);
      arrange(isFetching);
      if (wasFetching && !isFetching) list.focus(opener);
      wasFetching = isFetching;
      hear(providersPage.outcome);
    },
    focus: () =>
      (shown === 'list'
        ? title
        : lists.parentElement?.querySelector<HTMLElement>('.entry-form:not([hidden]) h1')
      )?.focus(),
  };
}

function pageHeader(title: HTMLElement, add: HTMLElement): HTMLElement {
  const words = 'Everything that can answer. Where a model is listed twice, the first counts.';
  return el('header', {}, el('div', { class: 'row spread' }, title, add), el('p', { class: 'detail' }, words));
}

function formTitle(kind: 'add' | 'edit' | 'duplicate', name = ''): string {
  if (kind === 'add') return name === '' ? 'Add provider' : `Copy ${name} to a file`;
  return kind === 'edit' ? `Edit ${name}` : `Duplicate ${name}`;
}
