import './limitRows.css';
import type { LimitsView } from '../../src/shared/messages';
import { el } from './dom';

type Row = LimitsView['rows'][number];

/** Limits, each with its name, what is used of it, a bar and who says so. */
export function limitRows(rows: readonly Row[]): HTMLElement {
  const parts = rows.map((row) => el('div', {}, el('dt', {}, row.label), description(row)));
  return el('dl', { class: 'rows limit-rows' }, ...parts);
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
