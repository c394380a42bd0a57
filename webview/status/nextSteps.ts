import * as l10n from '@vscode/l10n';
import type { ChatView, PanelState, ToHost } from '../../src/shared/messages';
import { createConnectionResult } from '../kit/connectionResult';
import { el } from '../kit/dom';
import type { ProblemIntent } from '../kit/problem';
import type { Part } from '../kit/part';
import { button, setPrimary } from '../kit/toolkit';

/**
 * What to do with the model in use: chat, test the connection, or go to the terminal. The chat is the one button to press
 * unless the person `isElsewhere`, or there is something to mend.
 */
export function createNextSteps(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  isElsewhere: () => boolean,
): Part {
  let running = false;
  let way: ChatView | undefined;
  const chat = button({ label: '', onClick: () => way && act(way.intent) });
  const start = button({
    label: l10n.t('Test connection'),
    appearance: 'secondary',
    onClick: () => {
      if (!running) post({ type: 'testConnection' });
    },
  });
  const terminal = button({
    label: l10n.t('Open Qwen Code'),
    appearance: 'secondary',
    onClick: () => post({ type: 'openQwenCode' }),
  });
  const note = el('p', { class: 'hint' });
  const result = createConnectionResult(act, start);
  const element = el(
    'section',
    { class: 'connection', 'aria-label': l10n.t('Connection') },
    el('div', { class: 'row' }, chat, start, terminal, result.progress),
    note,
    result.element,
  );
  return {
    element,
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
      setPrimary(chat, !isElsewhere() && !hasProblem(state) && way?.note === undefined);
    },
  };
}

/** Whether there is something to mend first, with a button of its own. */
const hasProblem = ({ session, connection }: PanelState) =>
  connection.kind === 'failed' || session.kind !== 'signedIn' || (session.failure ?? session.doubt) !== undefined;
