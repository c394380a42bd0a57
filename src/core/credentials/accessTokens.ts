import { OAuthError, RequestError, SignInRequired } from '../base/errors';
import { isFinal } from '../oauth/errorResponse';
import { refreshTokens } from '../oauth/tokenEndpoint';
import { apiBaseUrl } from '../oauth/resourceUrl';
import { isExpired, type TokenSet } from '../oauth/tokenSet';
import { untilAborted } from '../base/untilAborted';
import { hostOf } from '../base/origin';
import type { Clock, Fetch, SecretStore } from '../base/ports';
import type { Secret } from '../base/secret';
import type { OAuthAccount } from './account';
import { changeAccount, findAccount, locked } from './accountStore';
import { CommandKeys } from './commandKeys';

/**
 * Refreshes before the end, so that a token does not run out on the way; one with a short life serves for most of it.
 */
const MARGIN_MS = 60_000;
const MARGIN_PART = 0.1;

interface Ports {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly secrets: SecretStore;
}

/**
 * Gives out OAuth accounts with access tokens that are still good, refreshed on use; one refresh serves all callers.
 */
export class AccessTokens {
  readonly #ports: Ports;
  readonly #flights = new Map<string, Promise<OAuthAccount>>();
  /** The accounts as last read, until the store tells of a change: it is not opened anew for each request. */
  #lastRead = new Map<string, Promise<OAuthAccount>>();

  /** The keys that are no tokens, and come from commands. */
  readonly commandKeys: CommandKeys;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.commandKeys = new CommandKeys(ports.clock);
    ports.secrets.onDidChange(() => {
      this.#lastRead = new Map();
    });
  }

  /**
   * The account of that id, refreshed when due, or when its access token is the one that a server just `refused`.
   * Throws `SignInRequired` where only a new sign-in helps, `RequestError` where the server cannot be reached.
   */
  async fresh(id: string, refused: Secret | undefined, signal: AbortSignal): Promise<OAuthAccount> {
    const account = await (this.#lastRead.get(id) ?? this.#read(id));
    if (isGood(account, refused, this.#ports.clock.now())) return account;
    const ofOthers = this.#flights.get(id);
    const flight = ofOthers ?? this.#refresh(id, refused);
    this.#flights.set(id, flight);
    const renewed = await untilAborted(flight, signal);
    // Others may be content with a token that is still valid, and that this caller was refused.
    const isRefused = ofOthers !== undefined && renewed.tokens.accessToken.equals(refused);
    return isRefused ? await this.fresh(id, refused, signal) : renewed;
  }

  /** One reading serves all callers, and is not kept beyond a change or where it fails. */
  #read(id: string): Promise<OAuthAccount> {
    const lastRead = this.#lastRead;
    const reading = storedAccount(this.#ports.secrets, id);
    lastRead.set(id, reading);
    void reading.catch(() => lastRead.delete(id));
    return reading;
  }

  #refresh(id: string, refused: Secret | undefined): Promise<OAuthAccount> {
    const refreshing = locked(this.#ports.secrets, id, () => refreshAccount(this.#ports, id, refused));
    return this.#orRead(refreshing, id, refused).finally(() => this.#flights.delete(id));
  }

  /** What another window has stored meanwhile, where that is sooner: who only reads need not wait for the lock. */
  #orRead(refreshing: Promise<OAuthAccount>, id: string, refused: Secret | undefined): Promise<OAuthAccount> {
    return new Promise((resolve, reject) => {
      const look = async (): Promise<void> => {
        const account = await (this.#lastRead.get(id) ?? this.#read(id));
        if (isGood(account, refused, this.#ports.clock.now())) resolve(account);
      };
      // What is wrong with the store is said by the refresh itself.
      const following = this.#ports.secrets.onDidChange(() => void look().catch(() => undefined));
      void refreshing.then(resolve, reject).finally(() => following.dispose());
    });
  }
}

/**
 * The refresh belongs to no single caller, so that cancelling does not end it: a rotated refresh token that arrives
 * must be kept.
 */
async function refreshAccount(ports: Ports, id: string, refused: Secret | undefined): Promise<OAuthAccount> {
  const account = await storedAccount(ports.secrets, id);
  if (isGood(account, refused, ports.clock.now())) return account;
  const { refreshToken } = account.tokens;
  if (!refreshToken)
    return isGood(account, refused, ports.clock.now(), 0) ? account : await end(ports.secrets, account);
  try {
    const unending = new AbortController().signal;
    const tokens = await refreshTokens(ports, account, account.clientId, { ...account.tokens, refreshToken }, unending);
    return await put(ports.secrets, account, {
      ...account,
      tokens,
      baseUrl: renewedBaseUrl(account, tokens),
      status: 'verified',
    });
  } catch (error) {
    if (!(error instanceof OAuthError) && !(error instanceof RequestError)) throw error;
    if (isFinal(error)) return await end(ports.secrets, account);
    // The token is due for renewal, but still valid.
    if (isGood(account, refused, ports.clock.now(), 0)) return await put(ports.secrets, account, account);
    const kept = await put(ports.secrets, account, { ...account, status: 'offline' });
    if (kept.status !== 'offline') return kept;
    throw error;
  }
}

/** Ends a session whose refresh token is dead. */
async function end(secrets: SecretStore, dead: OAuthAccount): Promise<OAuthAccount> {
  const current = await put(secrets, dead, { ...dead, status: 'ended' });
  if (current.status === 'ended') throw endedError(current);
  return current;
}

/**
 * Stores the new state of an account, unless somebody has signed in again meanwhile: then their account stays, and is
 * returned. Throws `SignInRequired` where the account was forgotten meanwhile.
 */
async function put(secrets: SecretStore, before: OAuthAccount, after: OAuthAccount): Promise<OAuthAccount> {
  const stored = await changeAccount(secrets, before.id, (current) => {
    const isSame = current?.method === 'qwen-oauth' && current.tokens.accessToken.equals(before.tokens.accessToken);
    return isSame && after !== before ? after : undefined;
  });
  if (stored?.method !== 'qwen-oauth') throw new SignInRequired({ reason: 'signedOut', method: 'qwen-oauth' });
  return stored;
}

/** An unusable new API address must not lose the tokens that came with it. */
function renewedBaseUrl({ issuer, baseUrl, tokens }: OAuthAccount, { resourceUrl }: TokenSet): string {
  try {
    // The same address again is no news, and the person may have set another one.
    return resourceUrl === tokens.resourceUrl ? baseUrl : apiBaseUrl(resourceUrl, issuer);
  } catch {
    return baseUrl;
  }
}

async function storedAccount(secrets: SecretStore, id: string): Promise<OAuthAccount> {
  const account = await findAccount(secrets, id);
  if (account?.method !== 'qwen-oauth') throw new SignInRequired({ reason: 'signedOut', method: 'qwen-oauth' });
  if (account.status === 'ended') throw endedError(account);
  return account;
}

function endedError({ issuer }: OAuthAccount): SignInRequired {
  return new SignInRequired({ reason: 'ended', host: hostOf(issuer) });
}

function isGood(
  { tokens }: OAuthAccount,
  refused: Secret | undefined,
  now: number,
  marginMs = marginOf(tokens),
): boolean {
  return !tokens.accessToken.equals(refused) && !isExpired(tokens, now, marginMs);
}

function marginOf({ expiresAt, receivedAt }: TokenSet): number {
  return receivedAt === undefined ? MARGIN_MS : Math.min(MARGIN_MS, (expiresAt - receivedAt) * MARGIN_PART);
}
