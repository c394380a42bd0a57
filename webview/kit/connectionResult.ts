import * as l10n from '@vscode/l10n';
import type { ConnectionView } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from './dom';
import { problemBox } from './problem';
import type { ProblemIntent } from './problem';
import { progressRing } from './toolkit';

/** The outcome of a test of the connection. */
interface ConnectionResult {
  /** Says that a test is under way. */
  readonly progress: HTMLElement;
  /** The answer as it streams in, where everything came from, or what went wrong. */
  readonly element: HTMLElement;
  show(connection: ConnectionView): void;
}

/** The result of the test of the connection; `fallback` gets the focus where the button of a problem goes. */
export function createConnectionResult(act: (intent: ProblemIntent) => void, fallback: HTMLElement): ConnectionResult {
  const ring = el('span');
  const asking = el('span', { class: 'muted' });
  const answer = el('p', { class: 'answer', tabindex: '-1' });
  const facts = el('dl', { class: 'facts' });
  const problem = el('div');
  const render = whenChanged((connection: ConnectionView) => {
    ring.replaceChildren(...(connection.kind === 'running' ? [progressRing()] : []));
    asking.textContent = connection.kind === 'running' ? l10n.t('Asking {model}…', { model: connection.model }) : '';
    answer.textContent = 'text' in connection ? connection.text : '';
    answer.hidden = answer.textContent === '';
    facts.replaceChildren(...factsOf(connection).flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)]));
    facts.hidden = facts.childElementCount === 0;
    const wrong = connection.kind === 'failed' ? connection.problem : undefined;
    replaceKeepingFocus(problem, [wrong && problemBox(wrong, 'bad', act)], fallback);
  });
  return {
    progress: el('span', { class: 'row' }, ring, asking),
    element: el('div', { class: 'result' }, answer, facts, problem),
    show: render,
  };
}

function factsOf(connection: ConnectionView): readonly (readonly [string, string])[] {
  if (connection.kind !== 'answered') return [];
  const { model, host, firstTokenMs, sources } = connection;
  return [
    [l10n.t('Time to first token'), duration(firstTokenMs)],
    [l10n.t('Model'), model],
    [l10n.t('Host'), host],
    ...sources.map(({ label, text }) => [label, text] as const),
  ];
}

const duration = (milliseconds: number) =>
  milliseconds < 1000
    ? l10n.t('{duration} ms', { duration: Math.round(milliseconds) })
    : l10n.t('{duration} s', { duration: (milliseconds / 1000).toFixed(1) });
