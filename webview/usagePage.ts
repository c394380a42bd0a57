import './usage.css';
import type { ToHost } from '../src/shared/messages.js';
import type { ExtensionView, UsageRange, UsageView } from '../src/shared/usageMessages.js';
import type { Announcer } from './announcer.js';
import type { Choices } from './choices.js';
import { el, uniqueId, whenChanged } from './dom.js';
import type { Part } from './part.js';
import { button, dropdown } from './toolkit.js';
import { type Measure, usageChart } from './usageChart.js';
import { usageTable } from './usageTable.js';

const RANGES: readonly UsageRange[] = [7, 14, 30, 90];
const MEASURES: readonly { readonly value: Measure; readonly label: string }[] = [
  { value: 'requests', label: 'Requests' },
  { value: 'tokens', label: 'Tokens' },
];

/** The page of what was used: a chart and the same as tables, and who may use models. */
export function createUsagePage(
  post: (intent: ToHost) => void,
  choices: Choices,
  announcer: Announcer,
): Part & { focus(): void } {
  let last: UsageView | undefined;
  const title = heading('h1', 'Usage');
  const summary = el('p', { class: 'detail' });
  const range = dropdown({
    label: 'Period',
    onChange: (value) => {
      const chosen = RANGES.find((days) => String(days) === value);
      if (chosen !== undefined) post({ type: 'showUsageOf', range: chosen });
    },
  });
  const measure = dropdown({
    label: 'Chart of',
    onChange: (value) => {
      choices.set('measure', value);
      if (last !== undefined) draw(last);
    },
  });
  const chart = el('div');
  const days = el('span', { id: uniqueId('days') }, 'Figures of each day');
  const ofDays = usageTable(days, 'Day');
  const modelsHeading = heading('h2', 'Models');
  const models = usageTable(modelsHeading, 'Model');
  const extensionsHeading = heading('h2', 'Extensions');
  const extensions = usageTable(extensionsHeading, 'Extension');
  const estimated = el('p', { class: 'hint' }, '≈ Some of these tokens were estimated: the server did not count them.');
  const empty = el(
    'p',
    { class: 'empty' },
    'The requests of chats, of other extensions and of the connection test will be counted here.',
  );
  const used = el(
    'div',
    {},
    chart,
    el('details', {}, el('summary', {}, days), ofDays.element),
    el('section', {}, modelsHeading, models.element),
  );
  const spenders = el(
    'section',
    {},
    extensionsHeading,
    el(
      'p',
      { class: 'hint' },
      'VS Code does not ask you before an extension uses these models. You can block it here.',
    ),
    extensions.element,
  );
  const draw = (view: UsageView) => {
    const chosen = MEASURES.find(({ value }) => value === choices.get('measure'))?.value ?? 'requests';
    measure.value = chosen;
    chart.replaceChildren(usageChart(view.days, chosen));
  };

  range.setChoices(RANGES.map((count) => ({ value: String(count), label: `Last ${count} days` })));
  measure.setChoices(MEASURES);
  const render = whenChanged((view: UsageView) => {
    range.value = String(view.range);
    summary.textContent = view.summary;
    const isEmpty = view.models.length === 0;
    empty.hidden = !isEmpty;
    used.hidden = isEmpty;
    measure.element.hidden = isEmpty;
    spenders.hidden = view.extensions.length === 0;
    estimated.hidden = !view.isEstimated;
    draw(view);
    ofDays.show(view.days.toReversed(), view.total);
    models.show(view.models, view.total);
    extensions.show(
      view.extensions.map((extension) => extensionRow(extension, post)),
      view.total,
    );
    for (const text of blocksSince(last, view)) announcer.say(text);
    last = view;
  });
  return {
    element: el(
      'div',
      { class: 'usage' },
      el('header', {}, title, summary),
      el('div', { class: 'row choices' }, range.element, measure.element),
      empty,
      used,
      spenders,
      estimated,
      el(
        'footer',
        {},
        el(
          'p',
          { class: 'hint' },
          'Counted on this computer by all windows of VS Code, kept for 90 days, and sent nowhere. What the qwen command and other ' +
            'programs ask is not counted.',
        ),
        el(
          'div',
          { class: 'row' },
          button({ label: 'Export…', appearance: 'secondary', onClick: () => post({ type: 'exportUsage' }) }),
          button({ label: 'Reset…', appearance: 'secondary', onClick: () => post({ type: 'resetUsage' }) }),
        ),
      ),
    ),
    update({ usage }) {
      if (usage !== undefined) render(usage);
    },
    focus: () => title.focus(),
  };
}

function extensionRow(extension: ExtensionView, post: (intent: ToHost) => void) {
  const { key, label, state } = extension;
  if (state === 'own') return extension;
  const isBlocked = state === 'blocked';
  const verb = isBlocked ? 'Allow' : 'Block';
  const action = button({
    label: verb,
    ariaLabel: `${verb} ${label}`,
    appearance: 'link',
    key,
    onClick: () => post({ type: 'blockExtension', extension: key, blocked: !isBlocked }),
  });
  return { ...extension, action, ...(isBlocked && { badge: 'Blocked' }) };
}

/** What is new of who is blocked, for who cannot see it. */
function blocksSince(before: UsageView | undefined, { extensions }: UsageView): readonly string[] {
  return extensions.flatMap(({ key, label, state }) => {
    const was = before?.extensions.find((one) => one.key === key)?.state;
    if (was === undefined || was === state) return [];
    return `${label} ${state === 'blocked' ? 'is blocked from now on' : 'may use your models again'}.`;
  });
}

const heading = (tag: 'h1' | 'h2', text: string) => el(tag, { id: uniqueId('usage'), tabindex: '-1' }, text);
