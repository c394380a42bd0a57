import type { ToHost } from '../../src/shared/messages';
import { createConnectionResult } from '../kit/connectionResult';
import { el } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import type { Part } from '../kit/part';
import { button } from '../kit/toolkit';

/** The test of the connection: a button, what comes of it, and where to go from a good answer. */
export function createConnectionTest(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): Part {
  let running = false;
  const start = button({
    label: 'Test connection',
    appearance: 'secondary',
    onClick: () => {
      if (!running) post({ type: 'testConnection' });
    },
  });
  const chat = button({
    label: 'Use Qwen in Chat',
    appearance: 'secondary',
    onClick: () => post({ type: 'useInChat' }),
  });
  const result = createConnectionResult(act, start);
  const element = el(
    'section',
    { class: 'connection', 'aria-label': 'Connection' },
    el('div', { class: 'row' }, start, chat, result.progress),
    result.element,
  );
  return {
    element,
    update({ connection, modelInUse }) {
      element.hidden = connection.kind === 'none' && modelInUse === undefined;
      chat.hidden = connection.kind !== 'answered';
      running = connection.kind === 'running';
      // Not `disabled`: that would throw the focus of who pressed it to the page.
      start.ariaDisabled = String(running);
      result.show(connection);
    },
  };
}
