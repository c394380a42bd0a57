import type { ModelGroupView, ProblemView, ToHost } from '../src/shared/messages.js';
import type { Announcer } from './announcer.js';
import type { Choices } from './choices.js';
import { el, replaceKeepingFocus, uniqueId, whenChanged } from './dom.js';
import { createModelList } from './modelList.js';
import { problemBox } from './problem.js';
import type { ProblemIntent } from './problem.js';
import type { Part } from './part.js';
import { button, textField } from './toolkit.js';

const COUNT_DELAY_MS = 400;

/** The models that can be chosen, with a filter; the settings that could not be used are said above them. */
export function createModelPicker(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
): Part {
  const heading = el('h2', { id: uniqueId('models'), tabindex: '-1' }, 'Model');
  const refresh = button({ label: 'Refresh list', appearance: 'link', onClick: () => post({ type: 'refreshModels' }) });
  const warnings = el('div', { class: 'warnings' });
  const count = el('p', { class: 'count muted' });
  const empty = el(
    'div',
    { class: 'empty' },
    el('p', {}, 'No models yet. Sign in, or list models of your own in the settings.'),
    button({
      label: 'Open settings',
      appearance: 'secondary',
      onClick: () => post({ type: 'openSettings', setting: 'qwen.modelProviders' }),
    }),
  );
  const list = createModelList(heading.id, ({ id, baseUrl }) => post({ type: 'switchModel', id, baseUrl }));
  let countTimer: ReturnType<typeof setTimeout> | undefined;

  const applyFilter = () => {
    const { shown, all } = list.filter(filter.value);
    count.textContent =
      shown === all
        ? `${all} ${all === 1 ? 'model' : 'models'}`
        : shown === 0
          ? 'No model matches.'
          : `${shown} of ${all} models`;
  };
  const filter = textField({
    label: 'Filter models',
    labelHidden: true,
    placeholder: 'Filter models',
    onInput: () => {
      choices.set('filter', filter.value);
      applyFilter();
      clearTimeout(countTimer);
      countTimer = setTimeout(() => announcer.say(count.textContent), COUNT_DELAY_MS);
    },
    onKey: (event) => {
      if (event.key === 'ArrowDown') list.focus();
      else if (event.key === 'Enter' && filter.value.trim() !== '') list.choose();
      else return;
      event.preventDefault();
    },
  });
  filter.value = choices.get('filter');

  const renderWarnings = whenChanged((problems: readonly ProblemView[]) =>
    replaceKeepingFocus(
      warnings,
      problems.map((problem) => problemBox(problem, 'warning', act)),
      heading,
    ),
  );
  const renderModels = whenChanged((groups: readonly ModelGroupView[]) => {
    const none = groups.every(({ models }) => models.length === 0);
    empty.hidden = !none;
    for (const part of [filter.element, list.element, count]) part.hidden = none;
    list.show(groups);
    applyFilter();
  });
  return {
    element: el(
      'section',
      { class: 'models' },
      el('div', { class: 'row spread' }, heading, refresh),
      warnings,
      filter.element,
      list.element,
      count,
      empty,
    ),
    update(state) {
      renderWarnings(state.warnings);
      renderModels(state.models);
    },
  };
}
