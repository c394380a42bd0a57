import type { Configuration } from '../config/configuration';
import type { Account } from '../credentials/account';
import { AccessTokens } from '../credentials/accessTokens';
import { forgetConsents, saveConsent } from '../credentials/consent';
import { openAccess } from '../credentials/openAccess';
import { type Credential, credentialOf } from '../credentials/resolve';
import type { Restored, Trashed } from '../credentials/trash';
import type { ChatPart } from '../chat/parts';
import type { ChatMessage, ChatRequest } from '../chat/request';
import { SignInRequired } from '../base/errors';
import { type Disposable, Emitter, type Event, until } from '../base/events';
import type { Access } from '../providers/access';
import type { Model, ModelIdentity } from '../providers/model';
import { findModel } from '../models/modelList';
import { namedModel } from '../models/namedModel';
import { recentModels } from '../models/recentModels';
import { choiceAfterChange, choiceAfterSignIn, selectModel } from '../models/selection';
import { Accounts, type NotRevoked, type SignedOut } from './accounts';
import type { ChatOutcome } from '../chat/authorizedChat';
import { Chats } from '../chat/chats';
import { checkAgain } from './checkAgain';
import type { RelayAnswer, RelayRequest } from '../chat/relay';
import { SignIns } from '../signIn/signIns';
import type { ConnectionAnswer } from './connectionAnswer';
import { ConnectionTest, type TestedConnection } from './connectionTest';
import { ModelDiscovery } from './modelDiscovery';
import { TERMINAL } from '../signIn/redirects';
import type { CheckedAccount, SignedIn } from '../signIn/signIn';
import type { SessionPorts } from './sessionPorts';
import { credentialFor, modelInUse, type Snapshot } from './snapshot';
import { SnapshotCache } from './snapshotCache';

/**
 * The state of being signed in, and what a person does with it. There is one sign-in and one test at a time: a new one
 * calls off the one before.
 */
export class Session implements Disposable {
  readonly #ports: SessionPorts;
  readonly #accounts: Accounts;
  readonly #accessTokens: AccessTokens;
  readonly #chats: Chats;
  readonly #test: ConnectionTest;
  readonly #changed = new Emitter<void>();
  readonly #signedIn = new Emitter<void>();
  readonly #parts: readonly Disposable[];
  readonly #snapshots: SnapshotCache;
  #snapshot: Snapshot | undefined;

  /** The sign-ins of this window, and the one that is under way. */
  readonly signIns: SignIns;
  /** The models that servers name. */
  readonly discovery: ModelDiscovery;
  /** Fires whenever `snapshot` has become another. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Fires when a sign-in of this window has succeeded, by whichever way. */
  readonly onDidSignIn: Event<void> = this.#signedIn.event;
  /** Fires once a request to a model has ended, be it well or not. */
  readonly onDidEndChat: Event<ChatOutcome>;
  /** Fires when a server could not be told that somebody signed out. */
  readonly onDidNotRevoke: Event<NotRevoked>;
  /** Fires with the error when what somebody signed out of could not be destroyed in time; that is tried again. */
  readonly onDidNotDestroy: Event<unknown>;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    const state = ports.selection.global;
    this.#accounts = new Accounts({ ...ports, state, changed: () => this.#update() });
    this.#snapshots = new SnapshotCache(ports, () => this.#accounts.stored);
    this.onDidNotRevoke = this.#accounts.onDidNotRevoke;
    this.onDidNotDestroy = this.#accounts.onDidNotDestroy;
    const accessTokens = (this.#accessTokens = new AccessTokens(ports));
    this.discovery = new ModelDiscovery({
      ...ports,
      state,
      accessTokens,
      snapshot: () => this.snapshot,
      credentialFor: (model) => this.#credentialFor(model),
      changed: () => this.#update(),
    });
    this.signIns = new SignIns({
      ...ports,
      state,
      redirects: ports.redirects ?? TERMINAL,
      changed: () => this.#show(),
      keep: (signedIn, signal) => this.#keep(signedIn, signal),
      rename: (id, name) => this.#accounts.rename(id, name),
      isSignedIn: (at) => this.#accounts.isSignedIn(at),
    });
    this.#chats = new Chats({
      ...ports,
      requestTimeoutMs: () => ports.settings.requestTimeoutMs(),
      state,
      accessTokens,
      note: (account, used, status) => this.#accounts.note(account, used, status),
      changed: () => this.#show(),
    });
    this.onDidEndChat = this.#chats.onDidEndChat;
    this.#test = new ConnectionTest({
      clock: ports.clock,
      chats: this.#chats,
      snapshot: () => this.snapshot,
      discoverModel: (signal) => this.discovery.discoverModel(signal),
      changed: () => this.#show(),
    });
    this.#parts = [
      this.signIns,
      this.#test,
      this.onDidEndChat((ended) => this.#test.heed(ended)),
      ports.onDidChangeSettings(() => this.#update()),
      ports.configuration.onDidChange(() => this.#update()),
      ports.secrets.onDidChange(() => void this.load().catch(() => undefined)),
      this.#changed,
      this.#signedIn,
      this.#accounts,
      this.#chats,
    ];
  }

  /** Reads the keychain; to be called once at the start. Throws `ConfigurationError` where the keychain fails. */
  async load(): Promise<void> {
    await this.#accounts.load();
  }

  /** Waits until the keychain has been read for the first time, with or without success. */
  async loaded(): Promise<void> {
    await until(this.onDidChange, () => this.snapshot.loaded);
  }

  /** Everything that is known now, in the folder that is worked in. */
  get snapshot(): Snapshot {
    this.#snapshot ??= this.snapshotOf(this.#ports.configuration.current);
    return this.#snapshot;
  }

  /** Everything that is known now, as it is in the folder of that configuration. */
  snapshotOf(configuration: Configuration): Snapshot {
    if (configuration === this.#snapshot?.configuration) return this.#snapshot;
    const taken = this.#snapshots.of(configuration);
    const chats = this.#chats;
    const { selected, credential } = taken;
    return {
      ...taken,
      signInAttempt: this.signIns.current,
      connection: this.#test.currentIn(taken),
      verdict: selected && credential && chats.verdictOn(credential, selected),
      doubts: new Map(this.#accounts.doubts),
      get full() {
        return chats.full;
      },
      undiscovered: this.discovery.failureAt(taken.environmentServer),
    };
  }

  /**
   * Signs out of the accounts of these ids, records that cannot be read included. They are destroyed when the time to
   * undo that is over. A sign-in by the same method is called off, or it would bring the account back.
   */
  async signOut(ids: readonly string[]): Promise<SignedOut> {
    await this.load();
    const forgotten = this.snapshot.accounts.filter(({ id }) => ids.includes(id));
    const signInAttempt = this.signIns.current;
    const goesOn =
      signInAttempt.kind === 'running' && forgotten.every(({ method }) => method !== signInAttempt.request.method);
    if (!goesOn) this.signIns.cancel();
    this.#test.reset();
    const trashed = await this.#accounts.forget(ids);
    return { accounts: forgotten, undo: trashed.map(({ name }) => name) };
  }

  /** Checks a stored key once more, as `checkAgain` says; the model in use stays. */
  async checkAgain(id: string, signal: AbortSignal): Promise<void> {
    const account = this.snapshot.accounts.find((one) => one.id === id);
    const parts = {
      ports: this.#ports,
      accessTokens: this.#accessTokens,
      note: this.#accounts.note.bind(this.#accounts),
      keep: (checked: CheckedAccount) => this.#store(checked, signal),
    };
    await checkAgain(parts, account, signal);
  }

  /**
   * Restores an account that was signed out of or replaced. Undefined where the time for that is over. Throws
   * `ConfigurationError` where the keychain fails.
   */
  async restore(name: string): Promise<Restored | undefined> {
    const restored = await this.#accounts.restore(name);
    this.#test.reset();
    return restored;
  }

  /** Destroys what was signed out of in this window; to be called when it ends, since nobody can undo that any more. */
  async finishSignOuts(): Promise<void> {
    await this.#accounts.emptyTrash();
  }

  /**
   * Remembers whether a key may go where this workspace sends it, by default the key in use; undefined takes back all
   * that was said in it.
   */
  async decideConsent(
    said: 'given' | 'refused' | undefined,
    about: Pick<Snapshot, 'selected' | 'credential'> = this.snapshot,
  ): Promise<void> {
    const { selected, credential } = about;
    if (said === undefined) await forgetConsents(this.#ports.selection.workspace);
    else if (selected && credential) await saveConsent(this.#ports.selection.workspace, credential, selected, said);
    this.#snapshots.forget();
    this.#test.reset();
  }

  /**
   * Selects a model. Without a base URL the id must be known at the one in use, or at exactly one; with one, any id
   * goes that an account could answer. Throws `ConfigurationError` for a model that nobody knows.
   */
  async switchModel(wanted: { readonly id: string; readonly baseUrl?: string }): Promise<Model> {
    const model = namedModel(wanted, this.snapshot);
    await this.#select(model);
    this.#test.reset();
    return model;
  }

  /** The models that were selected last, in any window, the latest first; some may be gone. */
  get recentModels(): readonly ModelIdentity[] {
    return recentModels(this.#ports.selection.global);
  }

  /** Asks the model in use for a short answer. Throws `RequestError`, `SignInRequired` or `Cancelled`. */
  testConnection(text?: string): Promise<TestedConnection> {
    return this.#test.run(text);
  }

  /** Asks a model for a short answer, be it in a list or only in a form. Throws as `testConnection` does. */
  tryModel(model: Model, onText: (text: string) => void, signal: AbortSignal): Promise<ConnectionAnswer> {
    return this.#test.ask({ model, credential: this.#credentialFor(model) }, onText, signal);
  }

  /**
   * Asks a model, in use or not, and yields its answer as it streams. Throws `RequestError`; `SignInRequired` where
   * there is no key, it may not go there or is refused; `ConfigurationError` where nobody knows the model; `Cancelled`.
   */
  async *chat(
    request: { readonly model: ModelIdentity; readonly chat: ChatRequest; readonly initiator: string },
    signal: AbortSignal,
  ): AsyncGenerator<ChatPart, void> {
    const model = namedModel(request.model, this.snapshot);
    const parts = this.#chats.chat({ ...request, model }, this.#credentialFor(model), model.generationConfig, signal);
    // Not `yield*`, which costs each part more.
    for await (const part of parts) yield part;
  }

  /** Passes on a request of another program, with its model's credential in a snapshot. Throws as `chat` does. */
  async relay(request: RelayRequest, about: Snapshot, signal: AbortSignal): Promise<RelayAnswer> {
    return await this.#chats.relay(request, this.#credentialFor(request.model, about), signal);
  }

  /** How many tokens a text or a message is for a model, about; rather too many than too few. */
  countTokens(model: ModelIdentity, what: string | ChatMessage): number {
    return this.#chats.countTokens(model, what);
  }

  /** What the next request to the model in use carries, renewed where due. Throws as `testConnection` does. */
  async access(signal: AbortSignal): Promise<{ readonly model: Model; readonly access: Access }> {
    const { model, credential } = modelInUse(this.snapshot);
    return { model, access: await openAccess(this.#accessTokens, credential, model.baseUrl, undefined, signal) };
  }

  /** The account of that id, its access token renewed where due. Throws as `testConnection` does. */
  async renewed(id: string, signal: AbortSignal): Promise<Account> {
    const account = this.snapshot.accounts.find((one) => one.id === id);
    if (!account) throw new SignInRequired({ reason: 'signedOut' });
    return account.method === 'qwen-oauth' ? await this.#accessTokens.fresh(id, undefined, signal) : account;
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  /** To be called where something has changed that was read: keychain, files, settings, or what servers name. */
  #update(): void {
    this.#snapshots.forget();
    this.#show();
  }

  /** To be called where an attempt or a test has gone on. */
  #show(): void {
    this.#snapshot = undefined;
    this.#changed.fire();
  }

  /** Stores what a sign-in brought, and selects a model of it. Answers what it replaced. Throws `Cancelled`. */
  async #keep(signedIn: SignedIn, signal: AbortSignal): Promise<Trashed | undefined> {
    const { account, model, instead } = signedIn;
    const { selected } = this.snapshot;
    const replaced = await this.#store(signedIn, signal);
    const choice = instead
      ? choiceAfterChange(account, selected?.baseUrl === instead.baseUrl ? selected : undefined, this.snapshot)
      : choiceAfterSignIn(account, model, this.snapshot);
    if (choice) await this.#select(choice.model, choice.by);
    this.#test.reset();
    this.#signedIn.fire();
    return replaced;
  }

  /** Stores an account that was checked, and what its server said of its limits meanwhile. */
  async #store(checked: CheckedAccount, signal: AbortSignal): Promise<Trashed | undefined> {
    const replaced = await this.#accounts.keep(checked, signal);
    const { account, check } = checked;
    if (check.proof) {
      const model = { id: check.proof.model, baseUrl: account.baseUrl };
      this.#chats.noteEnd({ model, credential: credentialOf(account) }, check.proof.error);
    }
    return replaced;
  }

  async #select(model: ModelIdentity, by?: 'signIn'): Promise<void> {
    const { models, accounts } = this.snapshot;
    await selectModel(this.#ports.selection, model, (one) => findModel(one, models, accounts) !== undefined, by);
    this.#snapshots.forget();
  }

  #credentialFor(model: Model, about: Snapshot = this.snapshot): Credential {
    return credentialFor(model, about, this.#ports.selection.workspace);
  }
}
