import './providers.css';
import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../src/language/joinSentences';
import type {
  OutcomeView,
  ProviderAccountView,
  ProvidersPageView,
  TestedView,
} from '../../src/shared/providersMessages';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { el, whenChanged } from '../kit/dom';
import { type AccountForm, createAccountForm } from './accountForm';
import { createEntryForm, type EntryForm } from './entryForm';
import { createFetchedModels } from './fetchedModels';
import type { Page } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';
import type { RowActions } from './entryRow';
import { createProviderList } from './providerList';
import { Stage } from './stage';
import { focusOn } from '../kit/focus';

/** The name of the button that adds a provider, among those that open a form. */
const ADD = 'add provider';

interface Forms {
  readonly entry: EntryForm;
  readonly account: AccountForm;
}

/** The page of all that can answer: accounts and the entries of files, and in the place of them a form or a server's models. */
export function createProvidersPage(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  announcer: Announcer,
): Page {
  let accounts: ProvidersPageView['accounts'] = [];
  const title = el('h1', { tabindex: '-1' }, l10n.t('Providers'));
  const failure = el('p', { class: 'failure error' });
  failure.hidden = true;
  const close = () => {
    forms.account.clear();
    stage.show('list');
    if (stage.opener === ADD) focusOn(add);
    else list.focus(stage.opener);
  };
  const forms: Forms = { entry: createEntryForm(post, act, close), account: createAccountForm(post, close) };
  const lists = el('div');
  const stage = new Stage({ list: lists, entry: forms.entry.element, account: forms.account.element });
  const actions = rowActions(post, stage, forms, (id) => accounts.find((one) => one.id === id));
  const list = createProviderList(actions, title);
  const add = button({
    label: l10n.t('Add provider…'),
    onClick() {
      stage.show('entry', ADD);
      forms.entry.add(l10n.t('Add provider'));
    },
  });
  lists.append(pageHeader(title, add), failure, list.element);
  const fetched = createFetchedModels(post, announcer);
  const say = createSayings(announcer);

  /** Says what was done, or why it was not: a form closes, and is told, by what came of itself alone. */
  const hear = newOutcomes(({ ok, text, form }) => {
    if (ok) announcer.say(text);
    else announcer.warn(text);
    const own = form !== undefined && form === stage.shown ? forms[form] : undefined;
    failure.textContent = ok || own ? '' : text;
    failure.hidden = failure.textContent === '';
    if (own && ok) close();
    else own?.refused(text);
  });

  return {
    element: el('div', { class: 'providers-page' }, lists, forms.entry.element, forms.account.element, fetched.element),
    update({ providersPage, providers }: PanelState) {
      if (providersPage === undefined) return;
      ({ accounts } = providersPage);
      list.update(providersPage);
      forms.entry.update(providersPage, providers);
      forms.account.check(providersPage.checking);
      say(providersPage);
      fetched.update(providersPage.fetched);
      if (stage.cover(providersPage.fetched !== undefined)) list.focus(stage.opener);
      hear(providersPage.outcome);
    },
    focus() {
      const heading = stage.element.querySelector('h1');
      if (heading) focusOn(heading);
    },
  };
}

/** What the rows do, with the forms that they open. */
function rowActions(
  post: (intent: ToHost) => void,
  stage: Stage,
  forms: Forms,
  find: (account: string) => ProviderAccountView | undefined,
): RowActions {
  return {
    post,
    openForm(target, fields, opener) {
      stage.show('entry', opener);
      forms.entry.open(target, fields, formTitle(target.kind, fields?.name || fields?.id));
    },
    openAccount(id, at, opener) {
      const account = find(id);
      if (account === undefined) return;
      stage.show('account', opener);
      forms.account.open(account, at);
    },
    fetchModels({ at }, opener) {
      stage.opener = opener;
      post({ type: 'fetchModels', entry: at, allowed: false });
    },
  };
}

/** Says what a server is asked for, and what it answers. */
function createSayings(announcer: Announcer): (view: ProvidersPageView) => void {
  const sayChecking = whenChanged((host: string | undefined) => {
    if (host !== undefined) announcer.say(l10n.t('Asking {host}.', { host }));
  });
  const sayTested = whenChanged((tested: TestedView | undefined) => {
    if (tested?.kind === 'running') announcer.say(l10n.t('Asking for a short answer.'));
    if (tested?.kind === 'answered') announcer.say(tested.text);
    if (tested?.kind !== 'failed') return;
    announcer.warn(joinSentences(tested.problem.message, tested.problem.cause));
  });
  return ({ checking, tested }) => {
    sayChecking(checking);
    // The text that streams in is said once it is whole.
    sayTested(tested?.kind === 'running' ? { ...tested, text: '' } : tested);
  };
}

/** Hears each outcome once; the first that is seen was said before. */
function newOutcomes(hear: (outcome: OutcomeView) => void): (outcome: OutcomeView | undefined) => void {
  let heard: number | undefined;
  return (outcome) => {
    const isNew = heard !== undefined && outcome !== undefined && outcome.serial !== heard;
    heard = outcome?.serial ?? 0;
    if (isNew) hear(outcome);
  };
}

function pageHeader(title: HTMLElement, add: HTMLElement): HTMLElement {
  const words = l10n.t('Everything that can answer. Where a model is listed twice, the first counts.');
  return el('header', {}, el('div', { class: 'row spread' }, title, add), el('p', { class: 'detail' }, words));
}

function formTitle(kind: 'add' | 'edit' | 'duplicate', name = ''): string {
  if (kind === 'add') return name === '' ? l10n.t('Add provider') : l10n.t('Copy {name} to a file', { name });
  return kind === 'edit' ? l10n.t('Edit {name}', { name }) : l10n.t('Duplicate {name}', { name });
}
