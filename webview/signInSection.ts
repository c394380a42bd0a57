import type { MethodId, MethodView, PanelState, SessionView, ToHost } from '../src/shared/messages.js';
import type { Announcer } from './announcer.js';
import { createApiKeyForm } from './apiKeyForm.js';
import type { Choices } from './choices.js';
import { createCodingPlanForm } from './codingPlanForm.js';
import { el, replaceKeepingFocus, whenChanged } from './dom.js';
import { problemBox, type ProblemIntent } from './problem.js';
import { createQwenOAuthForm } from './qwenOAuthForm.js';
import type { Part } from './part.js';
import type { KeyFields, SignInForm } from './signInForm.js';
import { createSignInProgress } from './signInProgress.js';
import { radioGroup, setDisabled } from './toolkit.js';

/** The choice of a method, the form of the chosen one, and how far its sign-in has come. */
export function createSignInSection(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
): Part & { showMethod(method: MethodId): void; fillIn(fields: KeyFields): void } {
  const forms: Readonly<Record<MethodId, SignInForm>> = {
    'qwen-oauth': createQwenOAuthForm(post),
    'coding-plan': createCodingPlanForm(post, choices),
    'api-key': createApiKeyForm(post, choices),
  };
  let signingIn = false;
  let shownFailure: MethodId | undefined;
  let cancelled = false;
  const progress = createSignInProgress(
    (intent) => {
      cancelled = intent.type === 'cancelSignIn';
      post(intent);
    },
    act,
    announcer,
  );

  const show = (method: MethodId) => {
    methods.value = method;
    choices.set('method', method);
    for (const [id, { element: one }] of Object.entries(forms)) one.hidden = id !== method;
    forms[method].shown?.();
  };
  const methods = radioGroup({
    label: 'Sign-in method',
    cards: true,
    onChange: (value) => {
      if (isMethod(value)) show(value);
    },
  });
  const chosen = () => (isMethod(methods.value) ? methods.value : undefined);
  /** Brings the person to a form, in the place of the sign-in that is under way. */
  const showMethod = (method: MethodId) => {
    cancelled = signingIn;
    if (signingIn) post({ type: 'cancelSignIn' });
    show(method);
    forms[method].focus();
  };

  const heading = el('h2');
  const formElements = Object.values(forms).map(({ element }) => element);
  const failure = el('div');
  const form = el('div', { class: 'method' }, methods.element, failure, ...formElements);
  const element = el('section', { class: 'sign-in' }, heading, form, progress.element);

  const renderMethods = whenChanged((offered: readonly MethodView[]) => {
    methods.setChoices(offered.map(({ id, ...words }) => ({ value: id, ...words })));
    const known = offered.find(({ id }) => id === (chosen() ?? choices.get('method'))) ?? offered[0];
    if (known !== undefined) show(known.id);
  });

  const renderFailure = whenChanged((session: SessionView) => {
    const failed = failureOf(session);
    const box = failed && problemBox(failed.problem, 'bad', act, failed.ways);
    replaceKeepingFocus(failure, [box], methods);
  });

  /** Follows a sign-in that begins or ends; the focus goes along, for a disabled form would lose it. */
  const follow = ({ session }: PanelState, focused: boolean) => {
    const was = signingIn;
    signingIn = session.kind === 'signingIn';
    const failed = failureOf(session)?.method ?? (session.kind === 'failed' ? session.method : undefined);
    if (failed !== undefined && failed !== shownFailure) show(failed);
    shownFailure = failed;
    if (session.kind === 'signingIn' && !was) show(session.method);
    setDisabled(form, signingIn);
    // A form has done its part once its sign-in goes on in the browser: the progress stands in its place.
    const inBrowser = session.kind === 'signingIn' && ['redirect', 'userCode'].includes(session.step.kind);
    for (const [id, { element: one }] of Object.entries(forms)) {
      one.hidden = id !== chosen() || inBrowser || (signingIn && id === 'qwen-oauth');
    }
    if (was === signingIn || !focused) return;
    if (signingIn) {
      cancelled = false;
      return progress.focus();
    }
    const method = chosen();
    const wentWell = session.kind === 'signedIn' && session.failure === undefined && !cancelled;
    if (!wentWell && method !== undefined) forms[method].focus();
  };
  return {
    element,
    showMethod,
    fillIn(fields) {
      forms[fields.method].fillIn?.(fields);
      showMethod(fields.method);
    },
    update(state) {
      const focused = element.contains(document.activeElement);
      heading.textContent = state.session.kind === 'signedIn' ? 'Sign in another way' : 'How do you want to sign in?';
      element.hidden = state.session.kind === 'loading';
      renderMethods(state.methods);
      for (const one of Object.values(forms)) one.update(state);
      progress.update(state);
      renderFailure(state.session);
      follow(state, focused);
    },
  };
}

/** What is said beside the form: the header tells of the credential in use. */
const failureOf = (session: SessionView) => ('failure' in session ? session.failure : undefined);

const isMethod = (value: string): value is MethodId => ['qwen-oauth', 'coding-plan', 'api-key'].includes(value);
