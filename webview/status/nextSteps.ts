import type { ChatView, PanelState, ToHost } from '../../src/shared/messages';
import { createConnectionResult } from '../kit/connectionResult';
import { el } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import type { Part } from '../kit/part';
import { button, setPrimary } from '../kit/toolkit';

/** What to do with the model in use: chat, test the connection, or go to the terminal. */
export interface NextSteps extends Part {
  /** Whether the person is at something else, which has the one button to press. */
  setAside(aside: boolean): void;
}

/** The buttons, and what comes of the test. */
export function createNextSteps(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): NextSteps {
  let running = false;
  let isAside = false;
  let isWrong = false;
  let way: ChatView | undefined;
  const chat = button({ label: '', onClick: () => way && act(way.intent) });
  const start = button({
    label: 'Test connection',
    appearance: 'secondary',
    onClick: () => {
      if (!running) post({ type: 'testConnection' });
    },
  });
  const terminal = button({
    label: 'Open Qwen Code',
    appearance: 'secondary',
    onClick: () => post({ type: 'openQwenCode' }),
  });
  const note = el('p', { class: 'hint' });
  const result = createConnectionResult(act, start);
  const element = el(
    'section',
    { class: 'connection', 'aria-label': 'Connection' },
    el('div', { class: 'row' }, chat, start, terminal, result.progress),
    note,
    result.element,
  );
  const weigh = () => setPrimary(chat, !isAside && !isWrong && way?.note === undefined);
  return {
    element,
    setAside(aside) {
      isAside = aside;
      weigh();
    },
    update(state) {
      const { connection, modelInUse } = state;
      element.hidden = connection.kind === 'none' && modelInUse === undefined;
      way = state.chat;
      if (chat.textContent !== way?.label) chat.textContent = way?.label ?? '';
      chat.hidden = way === undefined;
      note.textContent = way?.note ?? '';
      note.hidden = note.textContent === '';
      terminal.hidden = state.terminal === undefined || state.models.length === 0;
      running = connection.kind === 'running';
      // Not `disabled`: that would throw the focus of who pressed it to the page.
      start.ariaDisabled = String(running);
      result.show(connection);
      isWrong = hasProblem(state);
      weigh();
    },
  };
}

/** Whether there is something to mend first, with a button of its own. */
const hasProblem = ({ session, connection }: PanelState) =>
  connection.kind === 'failed' || session.kind !== 'signedIn' || (session.failure ?? session.doubt) !== undefined;
