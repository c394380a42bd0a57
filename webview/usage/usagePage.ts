import './usage.css';
import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import type { UsageDayView, UsageRange, UsageView } from '../../src/shared/usageMessages';
import type { Announcer } from '../kit/announcer';
import type { Choices } from '../kit/choices';
import { el, uniqueId, whenChanged } from '../kit/dom';
import { createAccountLimits } from './accountLimits';
import { createExtensionUsage } from './extensionUsage';
import type { Page } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button, dropdown } from '../kit/toolkit';
import { type Measure, usageChart } from './usageChart';
import { usageTable } from './usageTable';
import { focusOn } from '../kit/focus';

const RANGES: readonly UsageRange[] = [7, 14, 30, 90];
const MEASURES: readonly { readonly value: Measure; readonly label: string }[] = [
  { value: 'requests', label: l10n.t('Requests') },
  { value: 'tokens', label: l10n.t('Tokens') },
];
const EMPTY = l10n.t('The requests of chats, of other extensions and of the connection test will be counted here.');
const ESTIMATED = l10n.t('≈ Some of these tokens were estimated: the server did not count them.');
const KEPT = l10n.t(
  'Counted on this computer by all windows of VS Code, kept for 90 days, and sent nowhere. What programs ask ' +
    'with a key of their own, past the gateway, is not counted.',
);

/** The page of what was used: a chart and the same as tables, and who may use models. */
export function createUsagePage(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
): Page {
  const title = el('h1', { id: uniqueId('usage'), tabindex: '-1' }, l10n.t('Usage'));
  const summary = el('p', { class: 'detail' });
  const range = rangeChoice(post);
  const figures = createFigures(choices);
  const limits = createAccountLimits(act);
  const extensions = createExtensionUsage(post, announcer);
  const empty = el('p', { class: 'empty' }, EMPTY);
  const estimated = el('p', { class: 'hint' }, ESTIMATED);

  const render = whenChanged((view: UsageView) => {
    const isEmpty = view.models.length === 0;
    range.value = String(view.range);
    summary.textContent = view.summary;
    empty.hidden = !isEmpty;
    for (const element of [figures.element, figures.measure]) element.hidden = isEmpty;
    estimated.hidden = !view.isEstimated;
    figures.show(view);
    extensions.show(view);
  });
  const header = el('header', {}, title, summary);
  const row = el('div', { class: 'row choices' }, range.element, figures.measure);
  return {
    element: el(
      'div',
      { class: 'usage' },
      header,
      limits.element,
      row,
      empty,
      figures.element,
      extensions.element,
      estimated,
      footer(post),
    ),
    update({ usage, accountLimits = [] }) {
      if (usage === undefined) return;
      render(usage);
      limits.show(accountLimits);
    },
    focus: () => focusOn(title),
  };
}

/** The chart, and the same as tables. */
function createFigures(choices: Choices) {
  const chart = createChart(choices);
  const days = el('span', { id: uniqueId('days') }, l10n.t('Figures of each day'));
  const ofDays = usageTable(days, l10n.t('Day'));
  const modelsHeading = el('h2', { id: uniqueId('usage'), tabindex: '-1' }, l10n.t('Models'));
  const models = usageTable(modelsHeading, l10n.t('Model'));
  return {
    element: el(
      'div',
      {},
      chart.element,
      el('details', {}, el('summary', {}, days), ofDays.element),
      el('section', {}, modelsHeading, models.element),
    ),
    measure: chart.measure,
    show(view: UsageView) {
      chart.show(view.days);
      ofDays.show(view.days.toReversed(), view.total);
      models.show(view.models, view.total);
    },
  };
}

function rangeChoice(post: (intent: ToHost) => void) {
  const range = dropdown({
    label: l10n.t('Period'),
    onChange(value) {
      const chosen = RANGES.find((days) => String(days) === value);
      if (chosen !== undefined) post({ type: 'showUsageOf', range: chosen });
    },
  });
  range.setChoices(RANGES.map((count) => ({ value: String(count), label: l10n.t('Last {count} days', { count }) })));
  return range;
}

/** The chart, and the choice of what its bars stand for. */
function createChart(choices: Choices) {
  let last: readonly UsageDayView[] | undefined;
  const element = el('div');
  const draw = () => {
    const chosen = MEASURES.find(({ value }) => value === choices.get('measure'))?.value ?? 'requests';
    measure.value = chosen;
    if (last !== undefined) element.replaceChildren(usageChart(last, chosen));
  };
  const measure = dropdown({
    label: l10n.t('Chart of'),
    onChange(value) {
      choices.set('measure', value);
      draw();
    },
  });
  measure.setChoices(MEASURES);
  return {
    element,
    measure: measure.element,
    show(days: readonly UsageDayView[]) {
      last = days;
      draw();
    },
  };
}

function footer(post: (intent: ToHost) => void): HTMLElement {
  const keep = button({
    label: l10n.t('Export…'),
    appearance: 'secondary',
    onClick: () => post({ type: 'exportUsage' }),
  });
  const forget = button({
    label: l10n.t('Reset…'),
    appearance: 'secondary',
    onClick: () => post({ type: 'resetUsage' }),
  });
  return el('footer', {}, el('p', { class: 'hint' }, KEPT), el('div', { class: 'row' }, keep, forget));
}
