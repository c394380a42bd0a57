import { isRecord, numberIn, stringIn } from '../base/json';
import { withoutSecrets } from '../base/redaction';
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
 * The types of tokens that go behind `Bearer` in the header; Azure DevOps and Apigee have names of their own for it.
 */
const BEARER = /bearer|^jwt$/i;

/**
 * The token set of a token response received at `now`; undefined where the response is an error, grants no access
 * token, or one of a type that is not known here, which must not be used (RFC 6749 §7.1).
 */
export function readTokenResponse(json: unknown, now: number): TokenSet | undefined {
  const accessToken = stringIn(json, 'access_token')?.trim();
  if (!accessToken || !TOKEN.test(accessToken) || (isRecord(json) && json['error'])) return undefined;
  if (typeOfUnusable(json)) return undefined;
  const refreshToken = stringIn(json, 'refresh_token')?.trim();
  const access = new Secret(accessToken);
  const refresh = refreshToken ? new Secret(refreshToken) : undefined;
  const resourceUrl = stringIn(json, 'resource_url');
  return {
    accessToken: access,
    refreshToken: refresh,
    expiresAt: now + lifeSeconds(json, Boolean(refreshToken)) * 1000,
    receivedAt: now,
    // An address is shown, so one with a token in it is none.
    resourceUrl: resourceUrl && withoutSecrets(resourceUrl, access, refresh) === resourceUrl ? resourceUrl : undefined,
  };
}

/** The type of an access token that is granted and cannot be used here, such as `DPoP`; undefined where it can. */
export function typeOfUnusable(json: unknown): string | undefined {
  const type = stringIn(json, 'access_token') && stringIn(json, 'token_type')?.trim();
  return type && !BEARER.test(type) ? type : undefined;
}

/**
 * `expires_in`, or `expires` as drafts had it. Without one, a token that can be refreshed is refreshed after an hour,
 * and one that cannot is used until it is refused: GitHub's last for ever.
 */
function lifeSeconds(json: unknown, isRefreshable: boolean): number {
  const life = numberIn(json, 'expires_in') ?? numberIn(json, 'expires');
  if (!isRefreshable && (life === undefined || life <= 0)) return LONGEST_LIFE_SECONDS;
  return Math.min(Math.max(0, life ?? DEFAULT_LIFE_SECONDS), LONGEST_LIFE_SECONDS);
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
