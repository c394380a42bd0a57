import * as l10n from '@vscode/l10n';
import { numberLocale } from '../../src/language/locale';
import { numberText, plural } from '../../src/language/numbers';
import type { UsageDayView } from '../../src/shared/usageMessages';
import { el } from '../kit/dom';

/** What the bars stand for. */
export type Measure = 'requests' | 'tokens';

interface Series {
  readonly label: string;
  readonly of: (day: UsageDayView) => number;
}

/** From the bottom up. */
const SERIES: Readonly<Record<Measure, readonly [Series, Series]>> = {
  requests: [
    { label: l10n.t('Requests'), of: ({ requests, failed }) => requests - failed },
    { label: l10n.t('Failed'), of: ({ failed }) => failed },
  ],
  tokens: [
    { label: l10n.t('Tokens in'), of: ({ inputTokens }) => inputTokens },
    { label: l10n.t('Tokens out'), of: ({ outputTokens }) => outputTokens },
  ],
};
/** How much of its day's width a bar takes. */
const BAR = 0.72;

/** A bar for each day, in percent of whatever room there is. The tables say the same to who cannot see it. */
export function usageChart(days: readonly UsageDayView[], measure: Measure): HTMLElement {
  const series = SERIES[measure];
  const sumOf = (day: UsageDayView) => series[0].of(day) + series[1].of(day);
  const most = niceCeiling(Math.max(...days.map(sumOf)));
  const bars = days.map((day, index) => bar(day, series, { x: index / days.length, width: 1 / days.length, most }));
  const drawing = svg('svg', { class: 'plot', role: 'img', 'aria-label': summary(days, measure, sumOf) });
  drawing.append(svg('defs', {}, hatch()), ...[0, 0.5, 1].map(gridLine), ...bars);
  const figures = [most, most / 2, 0].map((figure) => el('span', {}, Number.isInteger(figure) ? short(figure) : ''));
  const labels = [days[0], days[Math.floor((days.length - 1) / 2)], days.at(-1)];
  return el(
    'figure',
    { class: `chart ${measure}` },
    el(
      'div',
      { class: 'legend', 'aria-hidden': 'true' },
      ...series.map(({ label }, index) => el('span', {}, swatch(index), label)),
    ),
    el('div', { class: 'scale', 'aria-hidden': 'true' }, ...figures),
    el('div', { class: 'drawing' }, drawing),
    el('div', { class: 'dates', 'aria-hidden': 'true' }, ...labels.map((day) => el('span', {}, day?.label ?? ''))),
  );
}

function bar(
  day: UsageDayView,
  series: readonly Series[],
  { x, width, most }: { readonly x: number; readonly width: number; readonly most: number },
): SVGElement {
  const group = svg('g', {}, svg('title', {}, tip(day, series)));
  // A day is pointed at anywhere, however low its bar is.
  group.append(svg('rect', { class: 'column', x: percent(x), width: percent(width), y: '0', height: '100%' }));
  let top = 1;
  for (const [index, { of }] of series.entries()) {
    const height = of(day) / most;
    top -= height;
    if (height === 0) continue;
    const place = { x: percent(x + (width * (1 - BAR)) / 2), width: percent(width * BAR) };
    group.append(svg('rect', { class: `bar series-${index}`, ...place, y: percent(top), height: percent(height) }));
  }
  return group;
}

function tip({ label, figures, requests: count }: UsageDayView, [first]: readonly Series[]): string {
  const { requests, failed, inputTokens, outputTokens } = figures;
  if (first !== SERIES.requests[0])
    return l10n.t('{day}: {inputTokens} tokens in, {outputTokens} out', { day: label, inputTokens, outputTokens });
  return plural(
    count,
    l10n.t('{day}: {requests} request, {failed} failed', { day: label, requests, failed }),
    l10n.t('{day}: {requests} requests, {failed} failed', { day: label, requests, failed }),
  );
}

function summary(days: readonly UsageDayView[], measure: Measure, sumOf: (day: UsageDayView) => number): string {
  const busiest = days.reduce((one, other) => (sumOf(other) > sumOf(one) ? other : one));
  const places = { days: days.length, day: busiest.label, count: numberText(sumOf(busiest)) };
  return measure === 'requests'
    ? l10n.t('Requests of each of the last {days} days; most on {day}, with {count}.', places)
    : l10n.t('Tokens of each of the last {days} days; most on {day}, with {count}.', places);
}

/** The least of 1, 2 and 5 times a power of ten that nothing is above. */
function niceCeiling(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most) ?? most;
}

const short = (figure: number) => new Intl.NumberFormat(numberLocale(), { notation: 'compact' }).format(figure);

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;

function gridLine(height: number): SVGElement {
  return svg('line', { class: 'grid', x1: '0', x2: '100%', y1: percent(height), y2: percent(height) });
}

/** Tells the upper part of a bar from the lower one where colors alone would have to. */
function hatch(): SVGElement {
  const pattern = {
    id: 'hatch',
    width: '5',
    height: '5',
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  };
  return svg('pattern', pattern, svg('line', { class: 'stroke', x1: '0', x2: '0', y1: '0', y2: '5' }));
}

function swatch(index: number): SVGElement {
  const box = svg('rect', { class: `bar series-${index}`, x: '1', y: '1', width: '10', height: '10' });
  return svg('svg', { class: 'swatch', width: '12', height: '12' }, box);
}

function svg(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
