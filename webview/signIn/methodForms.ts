import type { MethodId, MethodView, PanelState, SessionView, ToHost } from '../../src/shared/messages';
import { createApiKeyForm } from './apiKeyForm';
import { choiceRows } from '../kit/choiceRows';
import type { Choices } from '../kit/choices';
import { createCodingPlanForm } from './codingPlanForm';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import { problemBox, type ProblemIntent } from '../kit/problem';
import { createQwenOAuthForm } from './qwenOAuthForm';
import type { KeyFields, SignInForm } from './signInForm';
import { setDisabled } from '../kit/toolkit';

type RowId = MethodView['id'];

/** The ways to sign in: one of them is chosen, and its form shown. */
export interface MethodForms extends Part {
  /** Chooses the method. */
  show(method: MethodId): void;
  /** Chooses the method, and fills in its form. */
  fillIn(fields: KeyFields): void;
  /** Brings the person to where the form that is shown begins. */
  focus(): void;
}

/** The methods as rows, the form of the chosen one inside of its row, and above it why its last sign-in failed. */
export function createMethodForms(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
): MethodForms {
  let state: PanelState | undefined;
  let signingIn = false;
  let shownFailure: MethodId | undefined;
  const forms = new Map<RowId, SignInForm>();
  const rows = choiceRows<RowId>('Sign-in method', (id) => choose(id));
  const failure = el('div');
  const element = el('div', { class: 'method' }, rows.element);

  /** A form is built when it is first shown: what nobody sees takes no time. */
  const formOf = (id: RowId) => {
    const form = forms.get(id) ?? BUILD[id](post, choices);
    if (!forms.has(id)) {
      forms.set(id, form);
      rows.bodyOf(id).append(form.element);
      if (state) form.update(state);
    }
    return form;
  };
  const leave = (but?: RowId) => {
    for (const [own, form] of forms) if (own !== but) form.left?.();
  };
  document.addEventListener('visibilitychange', () => document.hidden && leave());
  const choose = (id: RowId) => {
    leave(id);
    rows.value = id;
    choices.set('method', id);
    const form = formOf(id);
    for (const [own, { element: one }] of forms) one.hidden = own !== id;
    form.shown?.();
  };
  /** The row of the method in which that provider is offered: the chosen one where it is such a row. */
  const show = (method: MethodId, provider?: string) => {
    const isMeant = (one: MethodView) =>
      one.method === method && (provider === undefined || one.providers.includes(provider));
    const offered = state?.methods.filter(isMeant) ?? [];
    const row = offered.find(({ id }) => id === rows.value) ?? offered[0];
    if (row !== undefined) choose(row.id);
  };

  const renderMethods = whenChanged((methods: readonly MethodView[]) =>
    rows.setChoices(methods.map(({ id, label, description, notice }) => ({ value: id, label, description, notice }))),
  );
  /** Opens the row that was open before the panel was hidden; else the first one, for who has yet to sign in. */
  const openFirst = ({ methods, session }: PanelState) => {
    const known = methods.find(({ id }) => id === choices.get('method'));
    const first = session.kind === 'signedIn' || session.kind === 'loading' ? known : (known ?? methods[0]);
    if (first !== undefined) choose(first.id);
  };
  const renderFailure = whenChanged((session: SessionView) => {
    const failed = failureOf(session);
    replaceKeepingFocus(failure, [failed && problemBox(failed.problem, failed.tone, act, failed.ways)], rows);
  });
  /** Shows the form of a sign-in that begins or failed, and holds it still meanwhile. */
  const follow = (session: SessionView) => {
    const isSigningIn = session.kind === 'signingIn';
    const failed = failureOf(session)?.method ?? (session.kind === 'failed' ? session.method : undefined);
    if (failed !== undefined && (failed !== shownFailure || (signingIn && !isSigningIn))) {
      show(failed);
      // Who looks at another method meanwhile does not read there what is said of this one.
      if (rows.value !== undefined) rows.bodyOf(rows.value).prepend(failure);
    }
    shownFailure = failed;
    if (session.kind === 'signedIn' && failed === undefined && signingIn) leave();
    if (isSigningIn && !signingIn) show(session.method);
    signingIn = isSigningIn;
    setDisabled(element, isSigningIn);
    // A form has done its part once its sign-in goes on in the browser: the progress stands in its place.
    const inBrowser = isSigningIn && ['redirect', 'userCode'].includes(session.step.kind);
    for (const [id, form] of forms)
      form.element.hidden = id !== rows.value || inBrowser || (isSigningIn && id === 'qwen-oauth');
  };
  const renderFound = whenChanged((found: PanelState['localServers']) =>
    rows.setStatus('own-server', runningText(found, state)),
  );
  return {
    element,
    show,
    fillIn(fields) {
      show(fields.method, fields.provider);
      if (rows.value !== undefined) formOf(rows.value).fillIn?.(fields);
    },
    update(next) {
      state = next;
      renderMethods(next.methods);
      if (rows.value === undefined) openFirst(next);
      for (const form of forms.values()) form.update(next);
      renderFound(next.localServers);
      renderFailure(next.session);
      if (next.providersPage ?? next.usage) leave();
      follow(next.session);
    },
    focus() {
      if (rows.value === undefined) rows.focus();
      else formOf(rows.value).focus();
    },
  };
}

const BUILD: Readonly<Record<RowId, (post: (intent: ToHost) => void, choices: Choices) => SignInForm>> = {
  'coding-plan': createCodingPlanForm,
  'api-key': (post, choices) => createApiKeyForm('api-key', post, choices),
  'own-server': (post, choices) => createApiKeyForm('own-server', post, choices),
  openrouter: (post, choices) => createApiKeyForm('openrouter', post, choices),
  'qwen-oauth': createQwenOAuthForm,
};

/** Which servers of this computer answer. */
function runningText(found: PanelState['localServers'] = [], state: PanelState | undefined): string {
  const labels = state?.providers.filter(({ id }) => found.includes(id)).map(({ label }) => label) ?? [];
  return labels.length === 0 ? '' : `${labels.join(', ')} ${labels.length === 1 ? 'is' : 'are'} running`;
}

/** What is said beside the form: the header tells of the credential in use. */
const failureOf = (session: SessionView) => ('failure' in session ? session.failure : undefined);
