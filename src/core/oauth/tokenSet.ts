import { isRecord, numberIn, stringIn } from '../base/json';
import { Secret } from '../base/secret';

/** What a token endpoint granted (RFC 6749 §5.1). */
export interface TokenSet {
  readonly accessToken: Secret;
  readonly refreshToken: Secret | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds since the epoch; undefined where it was not noted. */
  readonly receivedAt?: number;
  /** Qwen's own: the host of the API that the access token is for. */
  readonly resourceUrl: string | undefined;
}

/** A life for tokens whose response names none; RFC 6749 §5.1 leaves it to the server's documentation. */
const DEFAULT_LIFE_SECONDS = 3600;
const LONGEST_LIFE_SECONDS = 366 * 24 * 3600;
/** RFC 6750 §2.1, and what a header can hold. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The token set of a token response received at `now`; undefined where the response is an error, grants no access token,
 * or one of a type that is not known here, which must not be used (RFC 6749 §7.1).
 */
export function readTokenResponse(json: unknown, now: number): TokenSet | undefined {
  const accessToken = stringIn(json, 'access_token');
  if (!accessToken || !TOKEN.test(accessToken) || (isRecord(json) && json['error'])) return undefined;
  if (!/^bearer$/i.test(stringIn(json, 'token_type') ?? 'bearer')) return undefined;
  const refreshToken = stringIn(json, 'refresh_token');
  const life = Math.min(Math.max(0, numberIn(json, 'expires_in') ?? DEFAULT_LIFE_SECONDS), LONGEST_LIFE_SECONDS);
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken ? new Secret(refreshToken) : undefined,
    expiresAt: now + life * 1000,
    receivedAt: now,
    resourceUrl: stringIn(json, 'resource_url'),
  };
}

/** The set after a refresh: what the server did not send again stays as it was (RFC 6749 §6). */
export function refreshed(before: TokenSet, after: TokenSet): TokenSet {
  return {
    ...after,
    refreshToken: after.refreshToken ?? before.refreshToken,
    resourceUrl: after.resourceUrl ?? before.resourceUrl,
  };
}

/** Whether the access token is not to be used any more, `marginMs` before its end. */
export function isExpired(tokens: TokenSet, now: number, marginMs: number): boolean {
  return now >= tokens.expiresAt - marginMs;
}

/** The set as it lies in the keychain. */
export function storeTokens(tokens: TokenSet): Readonly<Record<string, unknown>> {
  return {
    accessToken: tokens.accessToken.reveal(),
    refreshToken: tokens.refreshToken?.reveal(),
    expiresAt: tokens.expiresAt,
    receivedAt: tokens.receivedAt,
    resourceUrl: tokens.resourceUrl,
  };
}

/** The set that `storeTokens` stored; undefined where it is not one. */
export function readStoredTokens(json: unknown): TokenSet | undefined {
  if (!isRecord(json)) return undefined;
  const accessToken = stringIn(json, 'accessToken');
  const expiresAt = numberIn(json, 'expiresAt');
  if (!accessToken || expiresAt === undefined) return undefined;
  const refreshToken = stringIn(json, 'refreshToken');
  const receivedAt = numberIn(json, 'receivedAt');
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken ? new Secret(refreshToken) : undefined,
    expiresAt,
    ...(receivedAt !== undefined && { receivedAt }),
    resourceUrl: stringIn(json, 'resourceUrl'),
  };
}
