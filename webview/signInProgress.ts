import type { SessionView, StepView, ToHost } from '../src/shared/messages.js';
import type { Announcer } from './announcer.js';
import { el, whenChanged } from './dom.js';
import type { Part } from './part.js';
import { button, progressRing } from './toolkit.js';
import { createUserCode } from './userCode.js';

/** Where a sign-in stands, with the way out of it. */
export function createSignInProgress(post: (intent: ToHost) => void, announcer: Announcer): Part & { focus(): void } {
  const text = el('p', { class: 'muted' });
  const userCode = createUserCode(post, announcer);
  const cancel = button({ label: 'Cancel', appearance: 'secondary', onClick: () => post({ type: 'cancelSignIn' }) });
  const row = el('div', { class: 'row' }, userCode.open, cancel, progressRing(), text);
  const element = el('div', { class: 'progress', tabindex: '-1' }, userCode.element, row);
  // Not Cancel: who presses Enter twice would end what was begun.
  const focus = () => (userCode.open.hidden ? element : userCode.open).focus();

  const render = whenChanged((session: SessionView) => {
    const step = session.kind === 'signingIn' ? session.step : undefined;
    const focused = document.activeElement === element;
    element.hidden = step === undefined;
    userCode.show(step?.kind === 'userCode' ? step : undefined);
    text.textContent = step === undefined ? '' : waitingFor(step);
    if (focused && step !== undefined) focus();
  });
  return { element, update: (state) => render(state.session), focus };
}

function waitingFor(step: StepView): string {
  switch (step.kind) {
    case 'contacting':
      return `Contacting ${step.host}…`;
    case 'checking':
      return `Checking with ${step.host}…`;
    case 'userCode':
      return 'Waiting for your approval…';
  }
}
