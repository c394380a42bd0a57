import * as l10n from '@vscode/l10n';
import type { ActionView, StepView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import { otherWays, otherWaysText } from '../kit/otherWays';
import type { Page } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { createRedirect } from './redirect';
import { button, progressRing } from '../kit/toolkit';
import { createUserCode } from './userCode';
import { focusedElement, focusOn } from '../kit/focus';

/** Where a sign-in stands, with the way out of it and, once it takes long, the other ways to go. */
export function createSignInProgress(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  announcer: Announcer,
): Page {
  const text = el('p', { class: 'muted' });
  const userCode = createUserCode(post, announcer);
  const redirect = createRedirect(post, announcer);
  const cancel = button({
    label: l10n.t('Cancel'),
    appearance: 'secondary',
    onClick: () => post({ type: 'cancelSignIn' }),
  });
  const waiting = el('div', { class: 'waiting' }, progressRing(), text);
  const row = el('div', { class: 'row' }, userCode.open, redirect.open, cancel, redirect.copy, waiting);
  const others = el('div', { class: 'ways' });
  const element = el(
    'div',
    { class: 'progress', tabindex: '-1' },
    userCode.element,
    redirect.element,
    row,
    redirect.paste,
    others,
  );
  // Not Cancel: who presses Enter twice would end what was begun.
  const focus = () => {
    if (!userCode.open.hidden) focusOn(userCode.open);
    else if (!redirect.open.hidden) redirect.focus();
    else focusOn(element);
  };

  const renderStep = whenChanged((step: StepView | undefined) => {
    element.hidden = step === undefined;
    userCode.show(step?.kind === 'userCode' ? step : undefined);
    redirect.show(step?.kind === 'redirect' ? step : undefined);
    text.textContent = step === undefined ? '' : waitingFor(step);
  });
  const renderOthers = whenChanged((ways: readonly ActionView[]) => {
    replaceKeepingFocus(others, [otherWays(ways, act)], element);
    if (ways.length > 0) announcer.say(otherWaysText(ways));
  });
  return {
    element,
    update({ session, pasteError }) {
      const held = element.contains(focusedElement());
      renderStep(session.kind === 'signingIn' ? session.step : undefined);
      renderOthers((session.kind === 'signingIn' && session.ways) || []);
      redirect.refuse(pasteError);
      const left = focusedElement();
      if (held && !element.hidden && (left === element || !left?.checkVisibility())) focus();
    },
    focus,
  };
}

function waitingFor(step: StepView): string {
  switch (step.kind) {
    case 'contacting':
      return l10n.t('Contacting {host}…', { host: step.host });
    case 'checking':
      return l10n.t('Checking with {host}…', { host: step.host });
    case 'redirect':
      return step.flow === 'paste' ? l10n.t('Waiting for the address…') : l10n.t('Waiting for the browser…');
    case 'userCode':
      return l10n.t('Waiting for your approval…');
  }
}
