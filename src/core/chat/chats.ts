import type { ChatPorts } from './sdkClient';
import { Dialects } from './dialects';
import type { ChatPart } from './parts';
import { AnswerTail } from './answerTail';
import { relay, type RelayAnswer, type RelayRequest, type Write } from './relay';
import type { ChatMessage } from './request';
import { type Cost, Tally } from './tally';
import { Thoughts } from './thoughts';
import { TokenCounts } from './tokenCounts';
import { UnseenImages } from './unseenImages';
import { type Verdict, Verdicts } from './verdicts';
import type { AccessTokens } from '../credentials/accessTokens';
import type { Account } from '../credentials/account';
import { accessFingerprint } from '../credentials/fingerprint';
import { openAccess } from '../credentials/openAccess';
import { credentialRefusal } from '../credentials/credentialRefusal';
import type { Credential } from '../credentials/resolve';
import { type Disposable, Emitter, type Event } from '../base/events';
import { noteRefusal } from '../limits/freeTier';
import type { FullWindow, SignedRequest } from '../limits/fullWindow';
import { FullWindows, type FullWindowsPorts } from '../limits/fullWindows';
import type { Access } from '../providers/access';
import { type Model, type ModelIdentity, modelKey } from '../providers/model';
import type { Log } from '../base/ports';
import {
  type ChatOutcome,
  type InitiatedChat,
  type OpenAccess,
  authorizedChat,
  isUnauthorized,
} from './authorizedChat';

/** What requests to models need, beside the way out. */
interface ChatsPorts extends ChatPorts, FullWindowsPorts {
  readonly accessTokens: AccessTokens;
  /** Is told what a server does not take, and is not sent. */
  readonly log?: Pick<Log, 'info'>;
  /** Keeps with an account what a server said to the access that was used. */
  readonly note: (account: Account, used: Access | undefined, status: 'verified' | 'refused') => Promise<void>;
}

type Ending = Pick<ChatOutcome, 'outcome' | 'error'>;

interface WayIn {
  readonly open: OpenAccess;
  used: Access | undefined;
}

/** All requests to models, and what was learned from their answers. */
export class Chats implements Disposable {
  readonly #ports: ChatsPorts;
  readonly #ended = new Emitter<ChatOutcome>();
  readonly #tokenCounts = new TokenCounts();
  readonly #thoughts = new Thoughts();
  readonly #unseen = new UnseenImages();
  readonly #dialects: Dialects;
  readonly #full: FullWindows;
  readonly #verdicts: Verdicts;

  /** Fires once a request has ended, be it well or not. */
  readonly onDidEndChat: Event<ChatOutcome> = this.#ended.event;

  constructor(ports: ChatsPorts) {
    this.#ports = ports;
    this.#full = new FullWindows(ports);
    this.#verdicts = new Verdicts(ports.changed);
    this.#dialects = new Dialects(ports.state, ports.clock);
  }

  /** The limits of hours or more that are used up, as servers said when they refused a request. */
  get full(): readonly FullWindow[] {
    return this.#full.current;
  }

  /** Notes what a chat that was made elsewhere tells of the limits; an undefined error is that it was answered. */
  noteEnd(request: SignedRequest, error: unknown): void {
    this.#full.note(request, error);
  }

  /** What the server of a model last said to a credential without an account; undefined where it has said nothing. */
  verdictOn(credential: Credential, model: Model): Verdict | undefined {
    return this.#verdicts.on(credential, model);
  }

  /** How many tokens a text or a message is for a model, about; rather too many than too few. */
  countTokens(model: ModelIdentity, what: string | ChatMessage): number {
    return this.#tokenCounts.count(model, what);
  }

  /**
   * Asks a model and yields its answer as it streams; `onOpen` is told of each access that is tried. Throws
   * `RequestError`, `SignInRequired` where the key is refused, or `Cancelled`.
   */
  async *chat(
    request: InitiatedChat,
    credential: Credential,
    { maxRetries, onOpen }: { readonly maxRetries: number; readonly onOpen?: (access: Access) => void },
    signal: AbortSignal,
  ): AsyncGenerator<ChatPart, void> {
    const { model, initiator } = request;
    const whose = `${modelKey(model)}\n${initiator}`;
    const chat = this.#thoughts.recall(request.chat, whose);
    const listen = this.#thoughts.listen(whose);
    const tally = new Tally((what) => this.#tokenCounts.count(model, what), chat);
    const way = this.#wayTo(model, credential, signal, onOpen);
    let ended: Ending = { outcome: 'cancelled' };
    try {
      const { log } = this.#ports;
      const tell = log && ((text: string) => log.info(text));
      const sent = { model, chat, maxRetries, dialects: this.#dialects, tell };
      let isAccepted = false;
      for await (const part of authorizedChat(this.#ports, way.open, sent, signal)) {
        if (!isAccepted) await this.#noteAccepted(model, credential, way.used);
        isAccepted = true;
        if (part.kind === 'unseen' && !this.#unseen.isNews(chat.messages, whose)) continue;
        tally.add(part);
        listen(part);
        if (part.kind === 'usage') this.#tokenCounts.learn(model, chat, part.inputTokens);
        yield part;
      }
      if (!isAccepted) await this.#noteAccepted(model, credential, way.used);
      ended = { outcome: 'answered' };
    } catch (error) {
      if (signal.aborted) throw error;
      const told = await this.#failureOf(model, credential, way.used, error);
      ended = { outcome: 'failed', error: told };
      throw told;
    } finally {
      this.#end(request, credential, ended, tally.cost);
    }
  }

  /**
   * Passes on a request that another program has written; `onDidEndChat` tells of it once its answer was read,
   * or ended. Throws as `chat` does.
   */
  async relay(request: RelayRequest, credential: Credential, signal: AbortSignal): Promise<RelayAnswer> {
    const { model } = request;
    const way = this.#wayTo(model, credential, signal);
    try {
      const answer = await relay(this.#ports, way.open, request, credential, signal);
      await this.#noteAccepted(model, credential, way.used);
      return { ...answer, sendTo: (write) => this.#counted(answer, write, { request, credential }, signal) };
    } catch (error) {
      const told = signal.aborted ? error : await this.#failureOf(model, credential, way.used, error);
      const ended: Ending = signal.aborted ? { outcome: 'cancelled' } : { outcome: 'failed', error: told };
      this.#end(request, credential, ended, { estimated: true });
      throw told;
    }
  }

  dispose(): void {
    this.#ended.dispose();
    this.#full.dispose();
  }

  /** How requests to a model get in; `used` is the access of the last one. */
  #wayTo(model: Model, credential: Credential, signal: AbortSignal, onOpen?: (access: Access) => void): WayIn {
    const way: WayIn = {
      used: undefined,
      open: async (refused) => {
        const { accessTokens } = this.#ports;
        const opened = await openAccess(accessTokens, credential, model.baseUrl, refused, signal);
        way.used = opened;
        onOpen?.(opened);
        return opened;
      },
    };
    return way;
  }

  async #counted(
    { sendTo }: RelayAnswer,
    write: Write,
    { request, credential }: { readonly request: RelayRequest; readonly credential: Credential },
    signal: AbortSignal,
  ): Promise<void> {
    const tail = new AnswerTail();
    let ended: Ending = { outcome: 'cancelled' };
    try {
      await sendTo((bytes) => {
        tail.feed(bytes);
        return write(bytes);
      });
      ended = { outcome: 'answered' };
    } catch (error) {
      if (!signal.aborted) ended = { outcome: 'failed', error };
      throw error;
    } finally {
      this.#end(request, credential, ended, tail.cost(request.body.json));
    }
  }

  #end(
    { model, initiator }: Pick<ChatOutcome, 'model' | 'initiator'>,
    credential: Credential,
    ended: Ending,
    cost: Cost,
  ): void {
    if (ended.outcome !== 'cancelled') this.#full.note({ model, credential }, ended.error);
    const access = accessFingerprint(model, credential);
    this.#ended.fire({ at: this.#ports.clock.now(), model, access, initiator, ...ended, ...cost });
  }

  /** What is thrown for an error that ended a request; keeps what the server said to the credential. */
  async #failureOf(model: Model, credential: Credential, used: Access | undefined, error: unknown): Promise<unknown> {
    const { state } = this.#ports;
    if (!isUnauthorized(error)) {
      await noteRefusal(state, credential, error);
      return error;
    }
    const refusal = credentialRefusal(credential, model.baseUrl, error);
    await this.#note(model, credential, used, refusal);
    await noteRefusal(state, credential, refusal);
    return refusal;
  }

  /** Notes that a server took the credential, be its answer heard to the end or not. */
  async #noteAccepted(model: Model, credential: Credential, used: Access | undefined): Promise<void> {
    await noteRefusal(this.#ports.state, credential, undefined);
    if (credential.account?.status !== 'verified') await this.#note(model, credential, used, 'accepted');
  }

  async #note(model: Model, credential: Credential, used: Access | undefined, verdict: Verdict): Promise<void> {
    const { account } = credential;
    if (!account) return this.#verdicts.note(credential, model, verdict);
    // The answer is there, whatever the keychain says to noting it; its trouble is a problem of its own.
    const status = verdict === 'accepted' ? 'verified' : 'refused';
    await this.#ports.note(account, used, status).catch(() => undefined);
  }
}
