import type { MethodId, SessionView, ToHost } from '../../src/shared/messages';
import type { Announcer } from '../kit/announcer';
import type { Choices } from '../kit/choices';
import { el } from '../kit/dom';
import { createMethodForms } from './methodForms';
import type { Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import type { KeyFields } from './signInForm';
import { createSignInProgress } from './signInProgress';

/** The forms to sign in with, and how far a sign-in has come. */
export function createSignInSection(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
): Part & { showMethod(method: MethodId): void; fillIn(fields: KeyFields): void } {
  let signingIn = false;
  let cancelled = false;
  const heading = el('h2');
  const forms = createMethodForms(post, act, choices);
  const follow = (intent: ToHost) => {
    cancelled = intent.type === 'cancelSignIn';
    post(intent);
  };
  const progress = createSignInProgress(follow, act, announcer);
  const element = el('section', { class: 'sign-in' }, heading, forms.element, progress.element);

  /** Brings the person to a form, in the place of the sign-in that is under way. */
  const showMethod = (method: MethodId) => {
    cancelled = signingIn;
    if (signingIn) post({ type: 'cancelSignIn' });
    forms.show(method);
    forms.focus();
  };
  /** Takes the focus along when a sign-in begins or ends, for a disabled form would lose it. */
  const moveFocus = (session: SessionView) => {
    if (session.kind === 'signingIn') {
      cancelled = false;
      return progress.focus();
    }
    const wentWell = session.kind === 'signedIn' && session.failure === undefined && !cancelled;
    if (!wentWell) forms.focus();
  };
  return {
    element,
    showMethod,
    fillIn(fields) {
      forms.fillIn(fields);
      showMethod(fields.method);
    },
    update(state) {
      const { kind } = state.session;
      const focused = element.contains(document.activeElement);
      const was = signingIn;
      signingIn = kind === 'signingIn';
      heading.textContent = kind === 'signedIn' ? 'Sign in another way' : 'How do you want to sign in?';
      element.hidden = kind === 'loading';
      forms.update(state);
      progress.update(state);
      if (was !== signingIn && focused) moveFocus(state.session);
    },
  };
}
