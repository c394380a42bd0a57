import * as l10n from '@vscode/l10n';
import { Cancelled, ConfigurationError, SignInRequired, type UnfinishedSignIn } from '../base/errors';
import type { Disposable } from '../base/events';
import { listenOnLoopback, type Loopback } from '../oauth/loopback';
import { createPkce, type Pkce } from '../oauth/pkce';
import { createState, fingerprintOf, isFor, readPastedRedirect, type Redirect } from '../oauth/redirect';
import { hostOf } from '../base/origin';
import type { Clock, Log, UserAgent } from '../base/ports';
import type { Secret } from '../base/secret';
import type { Host, RedirectFlow } from './flows';
import { PENDING_LIFE_MS, type PendingSignIn, type PendingSignIns } from './pendingSignIns';
import type { SignInStep } from './signIn';

/** How a person comes back from the browser to where this code runs. */
export interface RedirectPorts {
  readonly host: Host;
  /** An address of the editor's URI handler as a browser reaches it: a fresh one each time. */
  callbackUri(): Promise<string>;
  /** Absent where there are no other windows that could finish a sign-in. */
  readonly pending?: PendingSignIns;
  readonly log?: Log;
}

/** A terminal, to which no browser comes back. */
export const TERMINAL: RedirectPorts = {
  host: { ui: 'none', remote: true, knownScheme: false, hasNode: true },
  callbackUri: () => Promise.reject(unusable(l10n.t('No browser comes back to a terminal.'))),
};

/** The page of a server that the browser is sent to (RFC 6749 §4.1.1). */
export interface AuthorizationRequest {
  /** Who is asked, for the person. */
  readonly host: string;
  /** The issuer whose redirects are accepted. */
  readonly issuer: string;
  /** Where the browser is to come back to on this machine; its port is free to choose where it has none. */
  readonly loopbackUri: string;
  /** The redirect URI as it is sent, of the one that we can be reached at. */
  redirectUri(reachable: string, state: Secret): string;
  url(request: { readonly redirectUri: string; readonly pkce: Pkce }, state: Secret): string;
}

/**
 * The redirect that answers an authorization request (RFC 6749 §4.1.2), and what its code is exchanged together with.
 */
export interface AuthorizationResponse {
  readonly redirect: Redirect;
  readonly redirectUri: string;
  readonly codeVerifier: Secret;
}

/** What is kept of a sign-in while it waits. */
type PendingAbout = Pick<PendingSignIn, 'request' | 'target' | 'others'>;

/** How long the waiting window may take to claim its redirect before another one does. */
const PRECEDENCE_MS = 1000;

interface Waiting {
  readonly id: string;
  readonly state: Secret;
  readonly issuer: string;
  /** Ends the waiting with this redirect; a second call does nothing. */
  receive(redirect: Redirect): void;
}

/** The redirects that come from browsers, and the one sign-in of this window that waits for one. */
export class Redirects implements Disposable {
  readonly #ports: RedirectPorts & { readonly clock: Clock; readonly browser: UserAgent };
  /** The sign-ins of other windows that this window has claimed. */
  readonly #claimed = new Set<string>();
  #waiting: Waiting | undefined;
  #isDisposed = false;

  constructor(ports: RedirectPorts & { readonly clock: Clock; readonly browser: UserAgent }) {
    this.#ports = ports;
  }

  /**
   * Sends the browser away and waits for it to come back, ten minutes at most. Throws `SignInRequired` when they are
   * over, `Cancelled` on abort, or where another window goes on with this sign-in.
   */
  async authorize(
    request: AuthorizationRequest,
    about: PendingAbout,
    flow: RedirectFlow,
    onStep: (step: SignInStep) => void,
    signal: AbortSignal,
  ): Promise<AuthorizationResponse> {
    const { browser } = this.#ports;
    const [state, pkce] = [createState(), createPkce()];
    const id = fingerprintOf(state);
    let receive: (redirect: Redirect) => void = () => undefined;
    const response = new Promise<Redirect>((resolve) => (receive = resolve));
    const waiting = (this.#waiting = { id, state, issuer: request.issuer, receive });
    const receiver = { accepts: (redirect: Redirect) => isFor(redirect, id), receive };
    const over = new AbortController();
    let loopback: Loopback | undefined;
    try {
      if (flow === 'loopback') loopback = await listenOnLoopback(request.loopbackUri, receiver);
      const reachable =
        flow === 'uriHandler' ? await this.#ports.callbackUri() : (loopback?.redirectUri ?? request.loopbackUri);
      const redirectUri = request.redirectUri(reachable, state);
      const url = request.url({ redirectUri, pkce }, state);
      const kept = { ...about, id, redirectUri, codeVerifier: pkce.codeVerifier };
      const redirect = await this.remember(kept, async (claimed) => {
        await this.#confirmHost(url, request);
        if (signal.aborted) throw new Cancelled();
        onStep({ kind: 'redirect', host: request.host, url, flow });
        // Whether it opened or not: the person sees the step, and may open it again.
        void browser.open(url).catch(() => undefined);
        return await Promise.race([response, claimed, this.#tooLate(about, AbortSignal.any([signal, over.signal]))]);
      });
      return { redirect, redirectUri, codeVerifier: pkce.codeVerifier };
    } finally {
      over.abort();
      loopback?.dispose();
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  }

  /**
   * Does work that waits for the person. Meanwhile it keeps what another window, or this one after a reload, must know
   * to finish it. `claimed` rejects with `Cancelled` when another window claims the sign-in.
   */
  async remember<T>(
    kept: Omit<PendingSignIn, 'createdAt' | 'owner'>,
    work: (claimed: Promise<never>) => Promise<T>,
  ): Promise<T> {
    const { pending, clock, log } = this.#ports;
    // Best effort: without this record, only the hand-over between windows is lost.
    const keeper = await pending?.save({ ...kept, createdAt: clock.now(), owner: pending.owner }).then(
      () => pending,
      (error: unknown) => {
        log?.error(String(error));
        return undefined;
      },
    );
    let watching: Disposable | undefined;
    const claimed = new Promise<never>((_, reject) => {
      watching = keeper?.watch(kept.id, () => reject(new Cancelled()));
    });
    // The work may not wait for it; then its rejection must not count as unhandled.
    claimed.catch(() => undefined);
    try {
      return await work(claimed);
    } finally {
      watching?.dispose();
      // A reload leaves the record: the browser may still come back.
      if (!this.#isDisposed) await keeper?.claim(kept.id);
    }
  }

  /**
   * Receives the address or the code that a person pasted. Throws `ConfigurationError` where it is
   * neither, or where none is waited for.
   */
  paste(text: string): void {
    const waiting = this.#waiting;
    if (!waiting) throw unusable(l10n.t('No sign-in waits for an address. Start it again.'));
    const redirect = readPastedRedirect(text, waiting);
    if (!redirect) {
      throw unusable(
        l10n.t(
          'This is not what the browser was sent back with. Copy the whole address of the last page, or its code.',
        ),
      );
    }
    if (!isFor(redirect, waiting.id)) {
      throw unusable(l10n.t('This address belongs to another sign-in. Copy it from the page that was opened last.'));
    }
    waiting.receive(redirect);
  }

  /** Receives a redirect; false where this window does not wait for it. */
  receive(redirect: Redirect): boolean {
    const waiting = this.#waiting;
    if (!waiting || !isFor(redirect, waiting.id)) return false;
    waiting.receive(redirect);
    return true;
  }

  /**
   * Claims the sign-in of another window that a redirect belongs to; undefined where none does, or that window finishes
   * it.
   */
  async claim(redirect: Redirect, signal: AbortSignal): Promise<PendingSignIn | undefined> {
    const { pending, clock } = this.#ports;
    const found = (await pending?.list())?.find(({ id }) => isFor(redirect, id));
    if (!pending || !found) return undefined;
    if (pending.isWaitedFor(found)) await clock.sleep(PRECEDENCE_MS, signal);
    if (!(await pending.claim(found.id))) return undefined;
    this.#claimed.add(found.id);
    return found;
  }

  /** Claims the sign-ins whose windows are gone, each once: the person has not been told of them yet. */
  async claimInterrupted(): Promise<readonly PendingSignIn[]> {
    const { pending } = this.#ports;
    if (!pending) return [];
    const untold = (await pending.list()).filter(({ told }) => !told);
    const orphans = untold.filter((one) => one.owner !== pending.owner && !pending.isWaitedFor(one));
    for (const orphan of orphans) {
      await pending.save({ ...orphan, owner: pending.owner, told: true }).catch(() => undefined);
      // Its redirect may have started this window and been claimed already; `save` must not bring a used state back.
      if (this.#claimed.has(orphan.id)) await pending.claim(orphan.id);
    }
    return orphans.filter(({ id }) => !this.#claimed.has(id));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#waiting = undefined;
  }

  /** A document of the issuer may name a page of anybody's. */
  async #confirmHost(url: string, { host, issuer }: AuthorizationRequest): Promise<void> {
    if (new URL(url).host === new URL(issuer).host) return;
    if ((await this.#ports.browser.confirmHost?.(hostOf(url), host)) === false) throw new Cancelled();
  }

  async #tooLate(about: PendingAbout, signal: AbortSignal): Promise<never> {
    await this.#ports.clock.sleep(PENDING_LIFE_MS, signal);
    throw new SignInRequired({ reason: 'expired', ...aboutOf(about) });
  }
}

/** What an error says of the sign-in that it ended. */
export function aboutOf({ request, target }: Pick<PendingSignIn, 'request' | 'target'>): UnfinishedSignIn {
  return { method: request.method, host: new URL(target).host };
}

function unusable(message: string): ConfigurationError {
  return new ConfigurationError({ field: 'redirect' }, message);
}
