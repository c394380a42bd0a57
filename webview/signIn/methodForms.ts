import type { MethodId, MethodView, SessionView, ToHost } from '../../src/shared/messages';
import { createApiKeyForm } from './apiKeyForm';
import type { Choices } from '../kit/choices';
import { createCodingPlanForm } from './codingPlanForm';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import { problemBox, type ProblemIntent } from '../kit/problem';
import { createQwenOAuthForm } from './qwenOAuthForm';
import type { KeyFields, SignInForm } from './signInForm';
import { radioGroup, setDisabled } from '../kit/toolkit';

/** The ways to sign in: one of them is chosen, and its form shown. */
export interface MethodForms extends Part {
  /** Chooses the method. */
  show(method: MethodId): void;
  /** Fills in the form of the method without showing it. */
  fillIn(fields: KeyFields): void;
  /** Brings the person to where the form that is shown begins. */
  focus(): void;
}

/** The choice of a method and the form of the chosen one, and between them why the last sign-in failed. */
export function createMethodForms(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
): MethodForms {
  let last: SessionView['kind'] | undefined;
  let shownFailure: MethodId | undefined;
  const forms = formsOf(post, choices);
  const onChange = (value: string) => isMethod(value) && show(value);
  const methods = radioGroup({ label: 'Sign-in method', cards: true, onChange });
  const chosen = () => (isMethod(methods.value) ? methods.value : undefined);
  const show = (method: MethodId) => {
    methods.value = method;
    choices.set('method', method);
    for (const [id, form] of Object.entries(forms)) form.element.hidden = id !== method;
    forms[method].shown?.();
  };

  const failure = el('div');
  const element = el('div', { class: 'method' }, methods.element, failure);
  element.append(...Object.values(forms).map((form) => form.element));
  const renderMethods = whenChanged((offered: readonly MethodView[]) => {
    methods.setChoices(offered.map(({ id, ...words }) => ({ value: id, ...words })));
    const known = offered.find(({ id }) => id === (chosen() ?? choices.get('method'))) ?? offered[0];
    if (known !== undefined) show(known.id);
  });
  const renderFailure = whenChanged((session: SessionView) => {
    const failed = failureOf(session);
    replaceKeepingFocus(failure, [failed && problemBox(failed.problem, 'bad', act, failed.ways)], methods);
  });
  /** Shows the form of a sign-in that begins or failed, and holds it still meanwhile. */
  const follow = (session: SessionView) => {
    const signingIn = session.kind === 'signingIn';
    const failed = failureOf(session)?.method ?? (session.kind === 'failed' ? session.method : undefined);
    if (failed !== undefined && failed !== shownFailure) show(failed);
    shownFailure = failed;
    if (signingIn && last !== 'signingIn') show(session.method);
    last = session.kind;
    setDisabled(element, signingIn);
    // A form has done its part once its sign-in goes on in the browser: the progress stands in its place.
    const inBrowser = signingIn && ['redirect', 'userCode'].includes(session.step.kind);
    for (const [id, form] of Object.entries(forms))
      form.element.hidden = id !== chosen() || inBrowser || (signingIn && id === 'qwen-oauth');
  };
  return {
    element,
    show,
    fillIn: (fields) => forms[fields.method].fillIn?.(fields),
    update(state) {
      renderMethods(state.methods);
      for (const form of Object.values(forms)) form.update(state);
      renderFailure(state.session);
      follow(state.session);
    },
    focus() {
      const method = chosen();
      if (method !== undefined) forms[method].focus();
    },
  };
}

const formsOf = (post: (intent: ToHost) => void, choices: Choices): Readonly<Record<MethodId, SignInForm>> => ({
  'qwen-oauth': createQwenOAuthForm(post),
  'coding-plan': createCodingPlanForm(post, choices),
  'api-key': createApiKeyForm(post, choices),
});

/** What is said beside the form: the header tells of the credential in use. */
const failureOf = (session: SessionView) => ('failure' in session ? session.failure : undefined);

const isMethod = (value: string): value is MethodId => ['qwen-oauth', 'coding-plan', 'api-key'].includes(value);
