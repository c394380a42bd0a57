import { Cancelled, SignInRequired } from '../errors';
import type { Disposable } from '../events';
import { heedRefusal } from '../limits/freeTier';
import type { SelectionStore } from '../models/selection';
import { readRedirect } from '../oauth/redirect';
import type { Clock, UserAgent } from '../ports';
import { finishSignIn, isInBrowser, type Progress, signInWithBrowser } from './browserSignIn';
import type { Flow } from './flows';
import type { PendingSignIn } from './pendingSignIns';
import { aboutOf, type RedirectPorts, Redirects } from './redirects';
import { type SignedIn, signInWithKey, type SignInPorts, type SignInRequest, type SignInStep } from './signIn';
import type { Attempt } from './snapshot';

/** What sign-ins need from outside, and where they report to. */
export interface AttemptsPorts extends SignInPorts {
  readonly clock: Clock;
  readonly browser: UserAgent;
  readonly redirects: RedirectPorts;
  readonly selection: SelectionStore;
  /** Called whenever `current` has become another. */
  changed(): void;
  /** Stores what a sign-in brought. Throws `Cancelled` where it was called off meanwhile; then nothing is stored. */
  keep(signedIn: SignedIn, signal: AbortSignal): Promise<void>;
}

/** How long a person is waited for before they are offered other ways. */
const OVERDUE_MS = 15_000;

type Run = (progress: Progress, signal: AbortSignal) => Promise<SignedIn>;

/** The sign-in that is under way, one at a time: a new one calls off the one before. */
export class Attempts implements Disposable {
  readonly #ports: AttemptsPorts;
  readonly #redirects: Redirects;
  #current: Attempt = { kind: 'none' };
  #running = new AbortController();
  #waiting = new AbortController();

  constructor(ports: AttemptsPorts) {
    this.#ports = ports;
    this.#redirects = new Redirects({ ...ports.redirects, clock: ports.clock, browser: ports.browser });
  }

  /** The sign-in that is under way, or the last one that failed. */
  get current(): Attempt {
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

  /** Calls off what is under way, or puts away the failure of the last one. */
  cancel(): void {
    this.#running.abort();
    this.#set({ kind: 'none' });
  }

  /** Completes the redirect that is waited for with what a person pasted. Throws `ConfigurationError`. */
  paste(text: string): void {
    this.#redirects.paste(text);
  }

  /**
   * Takes a redirect that came to this window: for the sign-in of this one, or for one that another window began, which is
   * then finished here and answered. What nobody waits for changes nothing. Throws as `signIn` does.
   */
  async receive(query: string): Promise<SignedIn | undefined> {
    const redirect = readRedirect(query);
    if (this.#redirects.take(redirect)) return undefined;
    const pending = await this.#redirects.takeOver(redirect, new AbortController().signal);
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
    const [orphan] = await this.#redirects.adopt();
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
    this.#running.abort();
  }

  async #run(request: SignInRequest, run: Run): Promise<SignedIn> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const { apiKey: _, ...rest } = request;
    let flows: readonly Flow[] | undefined;
    let flow = request.flow;
    const others = (): readonly Flow[] => flows?.filter((other) => other !== flow) ?? [];
    const show = (step: SignInStep | undefined, overdue = false): void => {
      if (!signal.aborted) this.#set({ kind: 'running', request: rest, step, others: others(), overdue });
    };
    const onStep = (step: SignInStep): void => {
      flow = step.kind === 'redirect' ? step.flow : step.kind === 'userCode' ? 'device' : flow;
      show(step);
      if (step.kind === 'redirect' || step.kind === 'userCode') this.#whenOverdue(signal, () => show(step, true));
    };
    show(undefined);
    try {
      const progress = { onStep, onFlows: (found: readonly Flow[]) => void (flows = found) };
      const { selection, settings } = this.#ports;
      const signedIn = await heedRefusal(selection.global, settings.issuer(), request, () => run(progress, signal));
      await this.#ports.keep(signedIn, signal);
      if (!signal.aborted) this.#set({ kind: 'none' });
      return signedIn;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof Cancelled) this.#set({ kind: 'none' });
      else this.#set({ kind: 'failed', request: rest, error, others: isInBrowser(request) ? wayOut(others()) : [] });
      throw error;
    }
  }

  #whenOverdue(signal: AbortSignal, overdue: () => void): void {
    this.#waiting = new AbortController();
    this.#ports.clock.sleep(OVERDUE_MS, AbortSignal.any([signal, this.#waiting.signal])).then(overdue, () => undefined);
  }

  #set(attempt: Attempt): void {
    this.#waiting.abort();
    this.#current = attempt;
    this.#ports.changed();
  }
}

/** Where a server could not even be asked what it can, a key still works. */
function wayOut(others: readonly Flow[]): readonly Flow[] {
  return others.length > 0 ? others : ['key'];
}

function interrupted(orphan: PendingSignIn): Attempt {
  const { request, others } = orphan;
  return { kind: 'failed', request, error: new SignInRequired('interrupted', aboutOf(orphan)), others };
}
