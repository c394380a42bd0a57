import './providers.css';
import type { OutcomeView } from '../../src/shared/providersMessages';
import type { PanelState, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { el } from '../kit/dom';
import { createEntryForm } from './entryForm';
import { createEntryList } from './entryList';
import { createFetchedModels } from './fetchedModels';
import type { Page } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';

/** The page on which model entries are managed: their lists, and in the place of them the form of one, or a server's models. */
export function createProvidersPage(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  announcer: Announcer,
): Page {
  let isEditing = false;
  let wasFetching = false;
  let opener: string | undefined;
  let heard: number | undefined;
  const title = el('h1', { tabindex: '-1' }, 'Providers');
  const failure = el('p', { class: 'failure error' });
  failure.hidden = true;
  const list = createEntryList(
    {
      post,
      openForm: (target, entry, from) => {
        isEditing = true;
        opener = from;
        arrange(false);
        form.open(target, entry, formTitle(target.kind, entry?.name));
      },
      fetchModels: ({ at }, from) => {
        opener = from;
        post({ type: 'fetchModels', entry: at, allowed: false });
      },
    },
    act,
    title,
  );
  const closeForm = () => {
    isEditing = false;
    arrange(false);
    list.focus(opener);
  };
  const form = createEntryForm(post, closeForm);
  const fetched = createFetchedModels(post, announcer);
  const lists = el(
    'div',
    {},
    el(
      'header',
      {},
      title,
      el('p', { class: 'detail' }, 'Models of your own. Where one is listed twice, the first counts.'),
    ),
    failure,
    list.element,
  );
  const arrange = (isFetching: boolean) => {
    lists.hidden = isEditing || isFetching;
    form.element.hidden = !isEditing;
  };
  arrange(false);

  /** Says what was done, or why it was not; the first outcome that is seen was said before. */
  const hear = (outcome: OutcomeView | undefined) => {
    const isNew = heard !== undefined && outcome !== undefined && outcome.serial !== heard;
    heard = outcome?.serial ?? 0;
    if (!isNew) return;
    if (outcome.ok) announcer.say(outcome.text);
    else announcer.warn(outcome.text);
    // The form says itself what it was refused for.
    failure.textContent = outcome.ok || isEditing ? '' : outcome.text;
    failure.hidden = failure.textContent === '';
    if (isEditing && outcome.ok) closeForm();
    else if (isEditing) form.refused(outcome.text);
  };

  return {
    element: el('div', { class: 'providers-page' }, lists, form.element, fetched.element),
    update(state: PanelState) {
      const { providersPage } = state;
      if (providersPage === undefined) return;
      const isFetching = providersPage.fetched !== undefined;
      list.update(providersPage, state);
      form.update(providersPage);
      fetched.update(providersPage.fetched);
      arrange(isFetching);
      if (wasFetching && !isFetching) list.focus(opener);
      wasFetching = isFetching;
      hear(providersPage.outcome);
    },
    focus: () => (isEditing ? form.element.querySelector<HTMLElement>('h1') : title)?.focus(),
  };
}

function formTitle(kind: 'add' | 'edit' | 'duplicate', name = ''): string {
  if (kind === 'add') return 'Add a model';
  return kind === 'edit' ? `Edit ${name}` : `Duplicate ${name}`;
}
