import * as l10n from '@vscode/l10n';
import type { PanelState, SessionView, ToHost } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Page } from '../kit/part';
import { problemBox } from '../kit/problem';
import type { ProblemIntent } from '../kit/problem';
import { button, progressRing } from '../kit/toolkit';
import { focusOn } from '../kit/focus';

/** What is signed in now and what is wrong with it, and in which folder that is so where several are open. */
export function createSessionHeader(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): Page {
  const title = el('h1', { tabindex: '-1' });
  const waits = el('span');
  const mark = el('span', { 'aria-hidden': 'true' });
  const detail = el('span');
  const link = (label: string, intent: ToHost) =>
    button({ label, key: label, appearance: 'link', onClick: () => post(intent) });
  const explain = link(l10n.t('Explain'), { type: 'explain' });
  const paste = link(l10n.t('Paste anything you have…'), { type: 'configureFromText' });
  const line = el('p', { class: 'detail row' }, detail, explain, paste);
  const problem = el('div');
  const folder = el('p', { class: 'folder row' });
  const heading = el('div', { class: 'title' }, waits, mark, title);
  const element = el('header', { class: 'session' }, heading, line, folder, problem);

  const render = whenChanged((session: SessionView) => {
    mark.className = `dot ${'tone' in session ? session.tone : ''}`;
    title.textContent = session.kind === 'loading' ? l10n.t('Looking for stored sign-ins…') : session.title;
    mark.hidden = session.kind === 'loading' || session.kind === 'signingIn';
    waits.replaceChildren(...(mark.hidden ? [progressRing()] : []));
    waits.hidden = !mark.hidden;
    detail.textContent = 'detail' in session ? session.detail : '';
    detail.hidden = detail.textContent === '';
    explain.hidden = session.kind === 'loading' || session.kind === 'signedOut';
    paste.hidden = session.kind !== 'signedOut' && session.kind !== 'failed';
    // Who is signed in, and failed to sign in another way, reads so beside the form.
    const doubt = session.kind === 'signedIn' ? session.doubt : undefined;
    const wrong = session.kind === 'expired' || session.kind === 'failed' ? session.problem : doubt;
    const tone = 'tone' in session ? session.tone : 'warning';
    const ways = session.kind === 'failed' ? session.ways : [];
    replaceKeepingFocus(problem, [wrong && problemBox(wrong, tone, act, ways)], title);
  });
  const renderFolder = whenChanged((name: PanelState['folder']) => {
    folder.hidden = name === undefined;
    if (name === undefined) return;
    replaceKeepingFocus(
      folder,
      [el('span', {}, l10n.t('Folder: {name}', { name })), link(l10n.t('Choose folder…'), { type: 'chooseFolder' })],
      title,
    );
  });
  return {
    element,
    update: (state) => {
      render(state.session);
      renderFolder(state.folder);
    },
    focus: () => focusOn(title),
  };
}
