import * as l10n from '@vscode/l10n';
import { Cancelled, ConfigurationError, RequestError, SignInRequired } from '../base/errors';
import type { Disposable } from '../base/events';
import type { KeyAccount } from '../credentials/account';
import type { Trashed } from '../credentials/trash';
import { findProvider } from '../providers/catalogue';
import type { Provider } from '../providers/provider';
import { readRedirect } from '../oauth/redirect';
import type { Clock, StateStore, UserAgent } from '../base/ports';
import type { SignInAttempt } from './signInAttempt';
import { heedRefusal } from './earlierRefusal';
import { finishSignIn, isInBrowser, signInWithBrowser } from './browserSignIn';
import type { Progress } from './grant';
import type { Flow } from './flows';
import { KeptKey } from './keptKey';
import { type AccountChange, changedAccount, isChecked } from './accountChange';
import { checkOtherRegions } from './otherRegions';
import type { OAuthPorts } from './oauthGrant';
import type { PendingSignIn } from './pendingSignIns';
import { aboutOf, type RedirectPorts, Redirects } from './redirects';
import { type SignedIn, signInWithKey, type SignInStep } from './signIn';
import { type SignInRequest, withoutKey } from './signInRequest';

/** What sign-ins need from outside, and where they report to. */
interface SignInsPorts extends OAuthPorts {
  readonly clock: Clock;
  readonly browser: UserAgent;
  readonly redirects: RedirectPorts;
  readonly state: StateStore;
  /** Called whenever `current` has become another. */
  changed(): void;
  /**
   * Stores what a sign-in brought, and answers what it replaced. Throws `Cancelled` where it was called off meanwhile;
   * then nothing is stored.
   */
  keep(signedIn: SignedIn, signal: AbortSignal): Promise<Trashed | undefined>;
  /** Gives an account another name. */
  rename(id: string, name: string): Promise<void>;
}

/** How long a person is waited for before they are offered other ways. */
const OVERDUE_MS = 15_000;

type Run = (progress: Progress, signal: AbortSignal) => Promise<SignedIn>;

/** The sign-in that is under way, one at a time: a new one calls off the one before. */
export class SignIns implements Disposable {
  readonly #ports: SignInsPorts;
  readonly #redirects: Redirects;
  readonly #kept: KeptKey;
  #current: SignInAttempt = { kind: 'none' };
  #running = new AbortController();
  #waiting = new AbortController();

  constructor(ports: SignInsPorts) {
    this.#ports = ports;
    this.#kept = new KeptKey(ports.clock);
    this.#redirects = new Redirects({ ...ports.redirects, clock: ports.clock, browser: ports.browser });
  }

  /** The sign-in that is under way, or the last one that failed. */
  get current(): SignInAttempt {
    return this.#current;
  }

  /** Signs in and keeps what comes of it. Throws what the sign-in throws; then nothing new is stored. */
  async signIn(request: SignInRequest): Promise<SignedIn> {
    const { host } = this.#ports.redirects;
    const run: Run = isInBrowser(request)
      ? (progress, signal) => signInWithBrowser({ ...this.#ports, host }, this.#redirects, request, progress, signal)
      : ({ onStep }, signal) => signInWithKey(this.#ports, request, onStep, signal);
    return await this.#run(request, run);
  }

  /**
   * Signs in with the key that was refused or held back: where it was meant for, with another model if one is named, or
   * where it is good or seems to be. Throws `ConfigurationError` where the key is not kept any more, or no such place
   * is known, and what the sign-in throws.
   */
  async sendKey(to: 'here' | 'there', model?: string): Promise<SignedIn> {
    const there = otherPlace(this.#current);
    const request = this.#releaseKept();
    // Nobody has agreed to any place of those that were not asked yet.
    if (to === 'there' && !there) {
      this.#kept.keep(request);
      throw new ConfigurationError({ field: 'provider' }, l10n.t('It is not known where else this key is good.'));
    }
    if (to === 'there' && there) return await this.signIn(requestThere(request, there));
    return await this.signIn({ ...request, anyway: true, ...(model !== undefined && { model }) });
  }

  /**
   * Sends the key that was refused to the other places of its vendor, until one takes it. What came of it is a failed
   * sign-in too, with another way on. Throws `ConfigurationError` where the key is not kept any more, and `Cancelled`.
   */
  async checkOtherRegions(): Promise<void> {
    const request = this.#releaseKept();
    const shown = withoutKey(request);
    const signal = this.#begin();
    const onStep = (step: SignInStep): void =>
      this.#set({ kind: 'running', request: shown, step, others: [], overdue: false });
    const error = await checkOtherRegions(this.#ports, request, onStep, signal).catch((failure: unknown) => failure);
    if (signal.aborted) throw new Cancelled();
    this.#fail(request, error, []);
  }

  /**
   * Changes an account; where that is its key or its address, its server is asked first. Answers what was stored in its
   * place. Throws as a sign-in does; then it stays as it was.
   */
  async change(account: KeyAccount, change: AccountChange, signal: AbortSignal): Promise<SignedIn | undefined> {
    if (!isChecked(account, change)) {
      await this.#ports.rename(account.id, change.name.trim());
      return undefined;
    }
    const signedIn = await changedAccount(this.#ports, account, change, signal);
    const replaced = await this.#ports.keep(signedIn, signal);
    return replaced ? { ...signedIn, replaced } : signedIn;
  }

  /** Calls off what is under way, or puts away the failure of the last one. */
  cancel(): void {
    this.#running.abort();
    this.#kept.dispose();
    this.#set({ kind: 'none' });
  }

  /** Completes the redirect that is waited for with what a person pasted. Throws `ConfigurationError`. */
  pasteRedirect(text: string): void {
    this.#redirects.paste(text);
  }

  /**
   * Receives a redirect that came to this window. One for a sign-in of another window is finished here, and answered. A
   * redirect that nobody waits for changes nothing. Throws as `signIn` does.
   */
  async receiveRedirect(query: string): Promise<SignedIn | undefined> {
    const redirect = readRedirect(query);
    if (this.#redirects.receive(redirect)) return undefined;
    const pending = await this.#redirects.claim(redirect, new AbortController().signal);
    if (!pending) {
      this.#ports.redirects.log?.info(
        'A link from a browser belongs to no sign-in that is waited for; nothing was done.',
      );
      return undefined;
    }
    return await this.#run(pending.request, (progress, signal) =>
      finishSignIn(this.#ports, pending, redirect, progress, signal),
    );
  }

  /** Says what became of a sign-in that was under way when its window was reloaded or closed. */
  async reportInterrupted(): Promise<void> {
    const [orphan] = await this.#redirects.claimInterrupted();
    if (orphan && this.#current.kind === 'none') this.#set(interrupted(orphan));
  }

  /** Opens the page of the step, again if need be; a user code is copied first. */
  async openPage(): Promise<void> {
    const { browser } = this.#ports;
    const step = this.#current.kind === 'running' ? this.#current.step : undefined;
    if (step?.kind === 'redirect') await browser.open(step.url);
    if (step?.kind !== 'userCode') return;
    await browser.copy(step.device.userCode);
    await browser.open(step.device.verificationUriComplete ?? step.device.verificationUri);
  }

  dispose(): void {
    this.#redirects.dispose();
    this.#kept.dispose();
    this.#running.abort();
  }

  async #run(request: SignInRequest, run: Run): Promise<SignedIn> {
    const signal = this.#begin();
    const shown = withoutKey(request);
    let flows: readonly Flow[] | undefined;
    let flow = request.flow;
    const others = (): readonly Flow[] => flows?.filter((other) => other !== flow) ?? [];
    const show = (step: SignInStep | undefined, overdue = false): void => {
      if (!signal.aborted) this.#set({ kind: 'running', request: shown, step, others: others(), overdue });
    };
    const onStep = (step: SignInStep): void => {
      flow = step.kind === 'redirect' ? step.flow : step.kind === 'userCode' ? 'device' : flow;
      show(step);
      if (step.kind === 'redirect' || step.kind === 'userCode') this.#whenOverdue(signal, () => show(step, true));
    };
    show(undefined);
    try {
      const progress = { onStep, onFlows: (found: readonly Flow[]) => void (flows = found) };
      const { state, settings } = this.#ports;
      const signedIn = await heedRefusal(state, settings.issuer(), request, () => run(progress, signal));
      const replaced = await this.#ports.keep(signedIn, signal);
      if (!signal.aborted) this.#set({ kind: 'none' });
      return replaced ? { ...signedIn, replaced } : signedIn;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof Cancelled) this.#set({ kind: 'none' });
      else this.#fail(request, error, isInBrowser(request) ? wayOut(others()) : []);
      throw error;
    }
  }

  #releaseKept(): SignInRequest {
    const request = this.#kept.release();
    if (request) return request;
    const error = new ConfigurationError({ field: 'apiKey' }, l10n.t('The key is not kept any more. Enter it again.'));
    if (this.#current.kind === 'failed') this.#fail(this.#current.request, error, []);
    throw error;
  }

  #begin(): AbortSignal {
    this.#running.abort();
    this.#kept.dispose();
    this.#running = new AbortController();
    return this.#running.signal;
  }

  #fail(request: SignInRequest, error: unknown, others: readonly Flow[]): void {
    if (isKeyWanted(error)) this.#kept.keep(request);
    this.#set({ kind: 'failed', request: withoutKey(request), error, others });
  }

  #whenOverdue(signal: AbortSignal, overdue: () => void): void {
    this.#waiting = new AbortController();
    this.#ports.clock.sleep(OVERDUE_MS, AbortSignal.any([signal, this.#waiting.signal])).then(overdue, () => undefined);
  }

  #set(attempt: SignInAttempt): void {
    this.#waiting.abort();
    this.#current = attempt;
    this.#ports.changed();
  }
}

/** Whether there is more to do with a key than to forget it. */
function isKeyWanted(error: unknown): boolean {
  if (error instanceof RequestError) return error.reason === 'unknownModel' || error.reason === 'deniedModel';
  if (!(error instanceof SignInRequired)) return false;
  const { about } = error;
  return about.reason === 'goodElsewhere' || about.reason === 'foreignKey' || 'places' in about;
}

/** Another place; without a region it is the provider's first. */
interface OtherPlace {
  readonly provider: Provider;
  readonly region?: string;
}

/** Where the key of a failed sign-in is good, or seems to be. */
function otherPlace(attempt: SignInAttempt): OtherPlace | undefined {
  if (attempt.kind !== 'failed' || !(attempt.error instanceof SignInRequired)) return undefined;
  const { about } = attempt.error;
  const provider = findProvider('otherProvider' in about ? about.otherProvider : undefined);
  return provider && { provider, ...('otherRegion' in about && { region: about.otherRegion }) };
}

/**
 * The address and the model of a request are those of one place; another plan of the vendor may well have the model.
 */
function requestThere({ apiKey, model }: SignInRequest, { provider, region }: OtherPlace): SignInRequest {
  return {
    method: provider.method,
    provider: provider.id,
    ...(region !== undefined && { region }),
    ...(apiKey !== undefined && { apiKey }),
    ...(region !== undefined && model !== undefined && { model }),
  };
}

/** Where a server could not even be asked what it can, a key still works. */
function wayOut(others: readonly Flow[]): readonly Flow[] {
  return others.length > 0 ? others : ['key'];
}

function interrupted(orphan: PendingSignIn): SignInAttempt {
  const { request, others } = orphan;
  return { kind: 'failed', request, error: new SignInRequired({ reason: 'interrupted', ...aboutOf(orphan) }), others };
}
