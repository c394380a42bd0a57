import './models.css';
import * as l10n from '@vscode/l10n';
import type { PanelState, ProblemView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import type { Choices } from '../kit/choices';
import { createCountedFilter } from '../kit/countedFilter';
import { el, replaceKeepingFocus, uniqueId, whenChanged } from '../kit/dom';
import { createModelList } from './modelList';
import { problemBox } from '../kit/problem';
import type { ProblemIntent } from '../kit/problem';
import type { Part } from '../kit/part';
import { button, iconButton } from '../kit/toolkit';

/** Whether there is something to choose from, or to say of it. Who has yet to sign in is not told that there is nothing. */
export function isAboutModels({ session, models, warnings }: PanelState): boolean {
  if (session.kind === 'loading') return false;
  return session.kind === 'signedIn' || models.length + warnings.length > 0;
}

/** What the list is made of. */
const FIELDS = ['models', 'modelInUse', 'recentModels', 'listAges'] as const;

/** The models that can be chosen, with a filter; the settings that could not be used are said above them. */
export function createModelPicker(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
): Part {
  const heading = el('h2', { id: uniqueId('models'), tabindex: '-1' }, l10n.t('Model'));
  const refresh = iconButton({
    icon: 'refresh',
    label: l10n.t('Refresh list'),
    onClick: () => post({ type: 'refreshModels' }),
  });
  const warnings = createWarnings(act, heading);
  const empty = noModels(() => post({ type: 'openSettings', setting: 'qwen.modelProviders' }));
  const list = createModelList(heading.id, (model) => post({ type: 'switchModel', ...model }));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') list.focus();
    else if (event.key === 'Enter' && field.value.trim() !== '') list.choose();
    else return;
    event.preventDefault();
  };
  const { field, ...filter } = createCountedFilter(announcer, (text) => list.filter(text), onKey);
  field.value = choices.get('filter');
  field.element.addEventListener('input', () => choices.set('filter', field.value));

  let last: PanelState | undefined;
  const renderModels = (state: PanelState) => {
    // The list may have thousands, and is the same object while nothing of it has changed.
    const isSame = FIELDS.every((name) => state[name] === last?.[name]);
    last = state;
    if (isSame) return;
    const none = state.models.every(({ models }) => models.length === 0);
    empty.hidden = !none;
    for (const part of [field.element, list.element, filter.count]) part.hidden = none;
    list.show(state);
    filter.apply();
  };
  const element = el(
    'section',
    { class: 'models' },
    el('div', { class: 'row spread' }, heading, refresh),
    warnings.element,
    field.element,
    filter.count,
    list.element,
    empty,
  );
  return {
    element,
    update(state) {
      element.hidden = !isAboutModels(state);
      warnings.render(state.warnings);
      renderModels(state);
    },
  };
}

function createWarnings(act: (intent: ProblemIntent) => void, heading: HTMLElement) {
  const element = el('div', { class: 'warnings' });
  const render = whenChanged((problems: readonly ProblemView[]) => {
    const boxes = problems.map((problem) => problemBox(problem, 'warning', act));
    replaceKeepingFocus(element, boxes, heading);
  });
  return { element, render };
}

function noModels(openSettings: () => void): HTMLElement {
  const words = l10n.t('No models yet. Sign in, or list models of your own in the settings.');
  const open = button({ label: l10n.t('Open settings'), appearance: 'secondary', onClick: openSettings });
  return el('div', { class: 'empty' }, el('p', {}, words), open);
}
