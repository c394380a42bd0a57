import type { SessionView } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import { problemBox } from '../kit/problem';
import type { ProblemIntent } from '../kit/problem';
import { progressRing } from '../kit/toolkit';

/** What is signed in now, and what is wrong with it. */
export function createSessionHeader(act: (intent: ProblemIntent) => void): Part & { focus(): void } {
  const title = el('h1', { tabindex: '-1' });
  const ring = progressRing();
  const mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
  const detail = el('p', { class: 'detail' });
  const problem = el('div');
  const element = el('header', { class: 'session' }, el('div', { class: 'title' }, ring, mark, title), detail, problem);

  const render = whenChanged((session: SessionView) => {
    element.dataset['kind'] = session.kind;
    title.textContent = session.kind === 'loading' ? 'Looking for stored sign-ins…' : session.title;
    ring.hidden = session.kind !== 'loading' && session.kind !== 'signingIn';
    mark.hidden = !ring.hidden;
    detail.textContent = 'detail' in session ? session.detail : '';
    detail.hidden = detail.textContent === '';
    // Who is signed in, and failed to sign in another way, reads so beside the form.
    const doubt = session.kind === 'signedIn' ? session.doubt : undefined;
    const wrong = session.kind === 'expired' || session.kind === 'failed' ? session.problem : doubt;
    element.toggleAttribute('data-doubtful', doubt !== undefined);
    const tone = session.kind === 'failed' ? 'bad' : 'warning';
    const ways = session.kind === 'failed' ? session.ways : [];
    replaceKeepingFocus(problem, [wrong && problemBox(wrong, tone, act, ways)], title);
  });
  return { element, update: (state) => render(state.session), focus: () => title.focus() };
}
