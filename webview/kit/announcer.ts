import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../src/language/joinSentences';
import type { ConnectionView, FailureView, PanelState, ProblemView, SessionView } from '../../src/shared/messages';
import { el, whenChanged } from './dom';
import { otherWaysText } from './otherWays';

/** Says things to a screen reader; nothing of it is seen. */
export interface Announcer {
  readonly element: HTMLElement;
  /** Says a result when the reader is next at rest. */
  say(text: string): void;
  /** Says a failure at once. */
  warn(text: string): void;
  /** Says what the new state means to somebody who cannot see what changed. */
  update(state: PanelState): void;
}

/** The live regions of the panel: one polite for results, one assertive for failures. */
export function createAnnouncer(): Announcer {
  const status = el('div', { role: 'status', 'aria-live': 'polite' });
  const alert = el('div', { role: 'alert', 'aria-live': 'assertive' });
  const say = (text: string) => {
    status.textContent = text;
    // A failure is over with what comes after it, and the same one may come again.
    alert.textContent = '';
  };
  const warn = (text: string) => void (alert.textContent = text);
  let first = true;

  const speakUnlessFirst =
    <T>(speak: (value: T) => void) =>
    (value: T) => {
      if (!first) speak(value);
    };
  const session = whenChanged(speakUnlessFirst((view: SessionView) => speakSession(view, say, warn)));
  const model = whenChanged(
    speakUnlessFirst((name: string) => name !== '' && say(l10n.t('Model in use: {model}.', { model: name }))),
  );
  const connection = whenChanged(speakUnlessFirst((view: ConnectionView) => speakConnection(view, say, warn)));

  return {
    element: el('div', { class: 'visually-hidden' }, status, alert),
    say,
    warn,
    update(state) {
      model(state.modelInUse?.name ?? '');
      // Other ways that turn up in the course of a sign-in are said by the part that shows them.
      session(state.session.kind === 'signingIn' ? { ...state.session, ways: [] } : state.session);
      // The text that streams in is not said: only the answer is, when it is whole.
      connection(state.connection.kind === 'running' ? { ...state.connection, text: '' } : state.connection);
      first = state.session.kind === 'loading';
    },
  };
}

type Speak = (text: string) => void;

function speakSession(session: SessionView, say: Speak, warn: Speak): void {
  switch (session.kind) {
    case 'loading':
      return;
    case 'signedOut':
      return say(sentences(session.title, session.detail));
    case 'signingIn':
      // What the person has to do has words of its own, said by the step that shows it.
      return session.step.kind === 'contacting' || session.step.kind === 'checking'
        ? say(sentences(session.title))
        : undefined;
    case 'signedIn':
      say(sentences(session.title, session.detail));
      if (session.failure) return warn(failureText(session.failure));
      return session.doubt && warn(problemText(session.doubt));
    case 'expired':
    case 'failed':
      return warn(
        session.failure
          ? failureText(session.failure)
          : l10n.t('{title}: {why}', { title: session.title, why: failureText(session) }),
      );
  }
}

function speakConnection(connection: ConnectionView, say: Speak, warn: Speak): void {
  switch (connection.kind) {
    case 'none':
      return;
    case 'running':
      return say(l10n.t('Testing the connection to {model}.', { model: connection.model }));
    case 'answered':
      return say(l10n.t('{model} answered: {text}', { model: connection.model, text: connection.text }));
    case 'failed':
      return warn(problemText(connection.problem));
  }
}

const problemText = ({ message, cause }: ProblemView) => sentences(message, cause);

const failureText = ({ problem, ways }: Pick<FailureView, 'problem' | 'ways'>) =>
  sentences(problemText(problem), otherWaysText(ways));

/** What is no sentence yet becomes one by a full stop, so that a pause is made behind it. */
const sentences = (...parts: readonly (string | undefined)[]) =>
  joinSentences(
    ...parts.map((part) => (!part || /[.!?…。！？]$/.test(part) ? part : l10n.t('{sentence}.', { sentence: part }))),
  );
