import './limits.css';
import type { ActionView, LimitsView } from '../../src/shared/messages';
import { el, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

type Row = LimitsView['rows'][number];

/** What is known of the limits of the model in use, each with a bar and who says so. */
export function createLimits(act: (intent: ProblemIntent) => void): Part {
  const heading = el('h2');
  const facts = el('dl', { class: 'rows' });
  const row = el('div', { class: 'row' });
  const element = el('section', { class: 'limits' }, heading, facts, row);
  const render = whenChanged((limits: LimitsView | undefined) => {
    element.hidden = limits === undefined;
    heading.replaceChildren('What is left ', el('span', { class: 'muted' }, `at ${limits?.host ?? ''}`));
    facts.replaceChildren(
      ...(limits?.rows ?? []).map((one) => el('div', {}, el('dt', {}, one.label), description(one))),
    );
  });
  const renderAction = whenChanged((action: ActionView | undefined) => {
    row.hidden = action === undefined;
    if (action === undefined) return row.replaceChildren();
    row.replaceChildren(button({ ...action, appearance: 'link', onClick: () => act(action.intent) }));
  });
  return {
    element,
    update({ limits }) {
      render(limits);
      renderAction(limits?.action);
    },
  };
}

function description({ text, source, tone, usedPercent }: Row): HTMLElement {
  return el(
    'dd',
    {},
    tone === 'warning' && usedPercent === undefined ? el('span', { class: 'badge warning' }, text) : text,
    ' ',
    el('span', { class: 'muted' }, source),
    usedPercent === undefined ? undefined : bar(usedPercent, tone),
  );
}

/** A bar for the eye: the words beside it say the same. */
function bar(usedPercent: number, tone: Row['tone']): HTMLElement {
  return el('meter', { class: tone, max: '100', value: String(usedPercent), 'aria-hidden': 'true' });
}
