import * as l10n from '@vscode/l10n';
import type { StepView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import { copyButton } from '../kit/copyButton';
import { around, el } from '../kit/dom';

type UserCodeStep = Extract<StepView, { readonly kind: 'userCode' }>;

/** The step of the device authorization grant that a person takes (RFC 8628 §3.3): which code, where, how soon. */
interface UserCodePart {
  readonly element: HTMLElement;
  /** The button that copies the code and opens the page. */
  readonly open: HTMLElement;
  show(step: UserCodeStep | undefined): void;
}

/** The user code with a countdown that ticks while it is shown. */
export function createUserCode(post: (intent: ToHost) => void, announcer: Announcer): UserCodePart {
  const host = el('strong');
  const code = el('output', { class: 'code', 'aria-live': 'off', 'aria-label': l10n.t('Your code') });
  const uri = el('span', { class: 'uri' });
  const left = el('span', { role: 'timer', 'aria-live': 'off' });
  const element = el(
    'div',
    { class: 'user-code' },
    el('p', {}, ...around(host, (place) => l10n.t('Enter this code on {host} to sign in:', { host: place }))),
    code,
    el('p', { class: 'hint' }, uri, el('span', { class: 'separator', 'aria-hidden': 'true' }, ' · '), left),
  );
  const open = copyButton(l10n.t('Copy code & open browser'), 'primary', announcer, () =>
    post({ type: 'openVerificationPage' }),
  );
  let timer: ReturnType<typeof setInterval> | undefined;

  return {
    element,
    open,
    show(step) {
      clearInterval(timer);
      element.hidden = open.hidden = step === undefined;
      if (step === undefined) return void (code.textContent = '');
      code.textContent = step.userCode;
      host.textContent = step.host;
      uri.textContent = step.verificationUri;
      const tick = () => {
        const seconds = Math.max(0, Math.ceil((step.expiresAt - Date.now()) / 1000));
        left.textContent =
          seconds > 0 ? l10n.t('Expires in {time}', { time: clock(seconds) }) : l10n.t('This code has expired');
        if (seconds > 0) return;
        clearInterval(timer);
        announcer.warn(l10n.t('The code has expired.'));
      };
      const letters = step.userCode.split('').join(' ');
      announcer.say(l10n.t('Your code is {code}. Enter it on {host}.', { code: letters, host: step.host }));
      timer = setInterval(tick, 1000);
      tick();
    },
  };
}

const clock = (seconds: number) =>
  `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
