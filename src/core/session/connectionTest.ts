import { isDeepStrictEqual } from 'node:util';
import { prompt } from '../chat/request';
import type { Sources } from '../providers/source';
import { Cancelled, SignInRequired } from '../base/errors';
import type { Disposable } from '../base/events';
import type { Access } from '../providers/access';
import { isSameModel, type Model } from '../providers/model';
import { accessFingerprint } from '../credentials/fingerprint';
import type { Credential } from '../credentials/resolve';
import type { Clock } from '../base/ports';
import { type ChatOutcome, OURSELVES } from '../chat/authorizedChat';
import type { Chats } from '../chat/chats';
import { type Connection, modelInUse, type Snapshot } from './snapshot';
import { type ConnectionAnswer, readAnswer } from './connectionAnswer';

/** What a model is asked where nobody says what. */
const TEST_PROMPT = 'Reply with one short friendly sentence.';

/** What a test can be about. */
type Place = Pick<Snapshot, 'configuration' | 'selected' | 'credential'>;

/** The same, told apart without a secret. */
interface Subject {
  readonly folder: string | undefined;
  readonly model: string | undefined;
  /** The fingerprint of what the model is asked with. */
  readonly access: string | undefined;
}

const NO_TEST = {
  connection: { kind: 'none' },
  subject: { folder: undefined, model: undefined, access: undefined },
} as const;

/** What a test needs of its session. */
interface ConnectionTestPorts {
  readonly clock: Clock;
  readonly chats: Pick<Chats, 'chat'>;
  readonly snapshot: () => Snapshot;
  /** Finds the model to ask, where a server has to name it first. */
  readonly discoverModel: (signal: AbortSignal) => Promise<void>;
  /** `current` has become another. */
  readonly changed: () => void;
}

/** The answer to a test, with all that made the request. */
export interface TestedConnection extends ConnectionAnswer {
  readonly model: Model;
  readonly sources: Sources;
  /** The folder whose configuration made it, where several are open. */
  readonly folderLabel: string | undefined;
}

/** The test of the connection, one at a time: a new one calls off the one before. */
export class ConnectionTest implements Disposable {
  readonly #ports: ConnectionTestPorts;
  #last: { readonly connection: Connection; readonly subject: Subject } = NO_TEST;
  #running = new AbortController();

  constructor(ports: ConnectionTestPorts) {
    this.#ports = ports;
  }

  /**
   * How far the test has come, or what came of the last one; `none` where that was in another folder, or of another
   * model, key or address than those in use.
   */
  currentIn(place: Place): Connection {
    const { connection, subject } = this.#last;
    const isSame = connection.kind !== 'none' && isDeepStrictEqual(subject, subjectOf(place));
    return isSame ? connection : NO_TEST.connection;
  }

  /** Asks the model in use for a short answer. Throws `RequestError`, `SignInRequired` or `Cancelled`. */
  async run(text: string = TEST_PROMPT): Promise<TestedConnection> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const { snapshot, discoverModel } = this.#ports;
    await discoverModel(signal);
    const asked = snapshot();
    const subject = subjectOf(asked);
    const show = (connection: Connection): void => {
      if (signal.aborted) throw new Cancelled();
      this.#last = { connection, subject };
      this.#ports.changed();
    };
    try {
      const tested = await this.#askInUse(text, asked, show, signal);
      show({ kind: 'answered', ...tested });
      return tested;
    } catch (error) {
      show({ kind: 'failed', model: asked.selected, error });
      throw error;
    }
  }

  /**
   * Asks a model for a short answer, and shows nothing of it. Throws `RequestError`, `SignInRequired` or `Cancelled`.
   */
  async ask(
    { model, credential }: { readonly model: Model; readonly credential: Credential },
    onText: (text: string) => void,
    signal: AbortSignal,
    text: string = TEST_PROMPT,
  ): Promise<ConnectionAnswer & { readonly used: Access | undefined }> {
    const request = { model, chat: prompt(text), initiator: OURSELVES };
    return await readAnswer(
      this.#ports.clock,
      // No second tries: a test shows what the server says, at once.
      (onOpen) => this.#ports.chats.chat(request, credential, { maxRetries: 0, onOpen }, signal),
      onText,
    );
  }

  /** Cancels the test and forgets the last result: both are about what is no longer in use. */
  reset(): void {
    this.#running.abort();
    this.#last = NO_TEST;
    this.#ports.changed();
  }

  /**
   * Forgets that the last test failed once the same key got an answer: from its model, or from any of the server where
   * that had refused the key.
   */
  heed({ outcome, model, access }: Pick<ChatOutcome, 'outcome' | 'model' | 'access'>): void {
    const { connection, subject } = this.#last;
    if (outcome !== 'answered' || connection.kind !== 'failed' || !connection.model || access !== subject.access)
      return;
    if (!(connection.error instanceof SignInRequired) && !isSameModel(model, connection.model)) return;
    this.#last = NO_TEST;
    this.#ports.changed();
  }

  dispose(): void {
    this.#running.abort();
  }

  async #askInUse(
    text: string,
    snapshot: Snapshot,
    show: (connection: Connection) => void,
    signal: AbortSignal,
  ): Promise<TestedConnection> {
    const { model, credential } = modelInUse(snapshot);
    show({ kind: 'running', model, text: '' });
    const onText = (shown: string): void => show({ kind: 'running', model, text: shown });
    const { used, ...answer } = await this.ask({ model, credential }, onText, signal, text);
    const sources = { model: model.source, baseUrl: model.baseUrlSource, key: credential.source };
    const { folderLabel } = snapshot.configuration;
    return { ...answer, model: { ...model, baseUrl: used?.baseUrl ?? model.baseUrl }, sources, folderLabel };
  }
}

function subjectOf({ configuration, selected, credential }: Place): Subject {
  return {
    folder: configuration.folder,
    model: selected?.id,
    access: selected && accessFingerprint(selected, credential),
  };
}
