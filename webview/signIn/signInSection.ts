import './signIn.css';
import * as l10n from '@vscode/l10n';
import type { PanelState, SessionView, ToHost } from '../../src/shared/messages';
import type { MethodId } from '../../src/shared/signInViews';
import type { Announcer } from '../kit/announcer';
import type { Choices } from '../kit/choices';
import { el } from '../kit/dom';
import { icon } from '../kit/icons';
import { button } from '../kit/toolkit';
import { createMethodForms, type MethodForms } from './methodForms';
import { builtWhenShown, type Page, type Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import type { KeyFields } from './signInForm';
import { createSignInProgress } from './signInProgress';
import { focusedElement, focusOn } from '../kit/focus';

/** The forms to sign in with, and how far a sign-in has come. */
interface SignInSection extends Part {
  /** Whether the forms are open. */
  readonly isOpen: boolean;
  /** Opens the form of a method. */
  showMethod(method: MethodId): void;
  fillIn(fields: KeyFields): void;
}

/** The forms, open for who has yet to sign in and else when they are asked for; `toggled` hears that they were. */
export function createSignInSection(
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
  choices: Choices,
  announcer: Announcer,
  toggled: () => void,
): SignInSection {
  const course = new Course();
  const follow = (intent: ToHost) => {
    course.isCancelled = intent.type === 'cancelSignIn';
    post(intent);
  };
  const forms = createLateForms(post, () => createMethodForms(post, act, choices));
  const progress = builtWhenShown(
    (state) => state.session.kind === 'signingIn',
    () => createSignInProgress(follow, act, announcer),
  );
  const { add, heading } = createToggles((next) => open(next));
  const element = el('section', { class: 'sign-in' }, add, heading, forms.element, progress.element);
  const arrange = () => {
    const { session, isOpen } = course;
    element.hidden = session.kind === 'loading';
    add.hidden = isOpen;
    heading.hidden = session.kind !== 'signedIn' || !isOpen;
    forms.open(isOpen && !element.hidden);
  };
  const close = () => {
    forms.now().leave();
    if (course.putAway()) post({ type: 'cancelSignIn' });
  };
  const open = (next: boolean) => {
    course.isAdding = next;
    if (!next) close();
    arrange();
    toggled();
    if (next) forms.now().focus();
    else focusOn(add);
  };
  /** Brings the person to a form, in the place of the sign-in that is under way. */
  const showMethod = (method: MethodId) => {
    course.isCancelled = course.isUnderWay;
    if (course.isCancelled) post({ type: 'cancelSignIn' });
    forms.now().show(method);
    open(true);
  };
  return {
    element,
    get isOpen() {
      return course.isOpen;
    },
    showMethod,
    fillIn(fields) {
      forms.now().fillIn(fields);
      showMethod(fields.method);
    },
    update(state) {
      const focused = element.contains(focusedElement());
      const hasTurned = course.follow(state.session);
      forms.update(state);
      progress.update(state);
      arrange();
      if (hasTurned && focused) moveFocus(course, forms, progress);
    },
  };
}

/** How far a sign-in has come, and what the person has done about it. */
class Course {
  session: SessionView = { kind: 'loading' };
  /** Whether the person has asked for the forms. */
  isAdding = false;
  isCancelled = false;
  #isPutAway = false;

  /** Whether the forms are open. */
  get isOpen(): boolean {
    return this.session.kind !== 'signedIn' || this.isAdding || (this.#hasFailed && !this.#isPutAway);
  }

  get isUnderWay(): boolean {
    return this.session.kind === 'signingIn';
  }

  get wentWell(): boolean {
    return this.session.kind === 'signedIn' && !this.#hasFailed && !this.isCancelled;
  }

  /** Whether another sign-in than the one in use has failed. */
  get #hasFailed(): boolean {
    return this.session.kind === 'signedIn' && this.session.failure !== undefined;
  }

  /** Puts the failure away that stands beside the session in use, until the next; says whether there is one. */
  putAway(): boolean {
    this.#isPutAway = this.#hasFailed;
    return this.#isPutAway;
  }

  /** Goes on; says whether a sign-in has begun or ended. */
  follow(session: SessionView): boolean {
    const wasUnderWay = this.isUnderWay;
    this.session = session;
    if (!this.#hasFailed) this.#isPutAway = false;
    if (wasUnderWay && this.wentWell) this.isAdding = false;
    return wasUnderWay !== this.isUnderWay;
  }
}

/** Takes the focus along when a sign-in begins or ends, for a disabled form would lose it. */
function moveFocus(course: Course, forms: ReturnType<typeof createLateForms>, progress: Page): void {
  if (course.isUnderWay) {
    course.isCancelled = false;
    progress.focus();
  } else if (!course.wentWell) forms.now().focus();
}

/** The button that opens the forms, and the heading above them with the one that closes them. */
function createToggles(open: (next: boolean) => void) {
  const add = button({ label: l10n.t('Add account…'), appearance: 'link', onClick: () => open(true) });
  add.prepend(icon('add'));
  const close = button({ label: l10n.t('Close'), appearance: 'link', onClick: () => open(false) });
  return { add, heading: el('div', { class: 'row spread' }, el('h2', {}, l10n.t('Add an account')), close) };
}

/** The forms, which are built when they are first wanted. The servers of this computer are asked for then, and not before. */
function createLateForms(post: (intent: ToHost) => void, build: () => MethodForms) {
  let last: PanelState | undefined;
  let forms: MethodForms | undefined;
  const element = el('div');
  const now = () => {
    if (forms !== undefined) return forms;
    forms = build();
    element.append(forms.element);
    if (last !== undefined) forms.update(last);
    post({ type: 'findLocalServers' });
    return forms;
  };
  return {
    element,
    now,
    open(isOpen: boolean) {
      element.hidden = !isOpen;
      if (isOpen) now();
    },
    update(state: PanelState) {
      last = state;
      forms?.update(state);
    },
  };
}
