import type { SessionView, ToHost } from '../../src/shared/messages';
import type { MethodId } from '../../src/shared/signInViews';
import type { Choices } from '../kit/choices';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Page } from '../kit/part';
import { problemBox, type ProblemIntent } from '../kit/problem';
import { createMethodRows } from './methodRows';
import type { KeyFields } from './signInForm';
import { setDisabled } from '../kit/toolkit';

/** The ways to sign in: one of them is chosen, and its form shown. */
export interface MethodForms extends Page {
  /** Chooses the method. */
  show(method: MethodId): void;
  /** Chooses the method, and fills in its form. */
  fillIn(fields: KeyFields): void;
  /** Says to the forms that the person is elsewhere. */
  leave(): void;
}

/** The methods with their forms, which follow a sign-in: above its form stands why it failed. */
export function createMethodForms(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
): MethodForms {
  let signingIn = false;
  let shownFailure: MethodId | undefined;
  const rows = createMethodRows(post, choices);
  const failure = el('div');
  const element = el('div', { class: 'method' }, rows.element);

  const renderFailure = whenChanged((session: SessionView) => {
    const failed = failureOf(session);
    const box = failed && problemBox(failed.problem, failed.tone, act, failed.ways);
    replaceKeepingFocus(failure, [box], () => rows.focusRow());
  });
  /** Shows the form of a sign-in that begins or failed, and holds it still meanwhile. */
  const follow = (session: SessionView) => {
    const isSigningIn = session.kind === 'signingIn';
    const failed = failureOf(session)?.method ?? (session.kind === 'failed' ? session.method : undefined);
    if (failed !== undefined && (failed !== shownFailure || (signingIn && !isSigningIn))) {
      rows.show(failed);
      // Who looks at another method meanwhile does not read there what is said of this one.
      rows.tell(failure);
    }
    shownFailure = failed;
    if (session.kind === 'signedIn' && failed === undefined && signingIn) rows.forms.leave();
    if (isSigningIn && !signingIn) rows.show(session.method);
    signingIn = isSigningIn;
    setDisabled(element, isSigningIn);
    // A form has done its part once its sign-in goes on in the browser: the progress stands in its place.
    const inBrowser = isSigningIn && ['redirect', 'userCode'].includes(session.step.kind);
    const isDone = inBrowser || (isSigningIn && rows.chosen === 'qwen-oauth');
    rows.forms.showOnly(isDone ? undefined : rows.chosen);
  };
  return {
    element,
    show: (method) => rows.show(method),
    fillIn(fields) {
      rows.show(fields.method, fields.provider);
      rows.form()?.fillIn?.(fields);
    },
    update(state) {
      rows.update(state);
      renderFailure(state.session);
      if (state.providersPage ?? state.usage) rows.forms.leave();
      follow(state.session);
    },
    leave: () => rows.forms.leave(),
    focus: () => rows.focus(),
  };
}

/** What is said beside the form: the header tells of the credential in use. */
const failureOf = (session: SessionView) => ('failure' in session ? session.failure : undefined);
