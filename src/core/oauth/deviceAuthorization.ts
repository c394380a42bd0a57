import * as l10n from '@vscode/l10n';
import type { Answer } from '../base/http';
import { isRecord, numberIn, stringIn } from '../base/json';
import { isHiding } from '../base/oneLine';
import { hostOf, isSameOrigin } from '../base/origin';
import type { Clock, Fetch } from '../base/ports';
import { withoutSecrets } from '../base/redaction';
import { Secret } from '../base/secret';
import { type AuthorizationServer, unusableServer } from './authorizationServer';
import { postForm, unreadableAnswer } from './endpoint';
import { errorResponse } from './errorResponse';
import { pageAddress } from './pageAddress';
import type { Pkce } from './pkce';

/** What a person needs to approve a sign-in on another screen (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  /** The page with the code filled in; to be opened as received (RFC 8628 §3.3.1). */
  readonly verificationUriComplete: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly intervalSeconds: number;
}

/** RFC 8628 §3.2: the interval where the server names none. */
const DEFAULT_INTERVAL_SECONDS = 5;
/** No server means to be asked more seldom: a longer interval is one in milliseconds, or a mistake. */
const LONGEST_INTERVAL_SECONDS = 60;
/** RFC 8628 requires `expires_in`; a server that leaves it out still gets an end to the waiting. */
const DEFAULT_LIFE_SECONDS = 600;
const LONGEST_LIFE_SECONDS = 3600;
/** What a person can compare and type; letters that nobody sees are none of it. */
const USER_CODE = /^[\p{L}\p{N}]([\p{L}\p{N} ._~+*/#-]{0,62}[\p{L}\p{N}])?$/u;
/** A page named without its scheme, as people write it. */
const WITHOUT_SCHEME = /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/;

/**
 * Asks for a device code (RFC 8628 §3.1), with the challenge of RFC 7636 as Qwen's server wants it. Throws
 * `ConfigurationError` where the server has no such grant.
 */
export async function requestDeviceCode(
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  server: Pick<AuthorizationServer, 'issuer' | 'deviceAuthorizationEndpoint'>,
  client: { readonly clientId: string; readonly scopes: readonly string[] },
  pkce: Pkce,
  signal: AbortSignal,
): Promise<DeviceAuthorization> {
  const endpoint = server.deviceAuthorizationEndpoint;
  if (!endpoint)
    throw unusableServer(
      l10n.t('The server at {host} does not offer sign-in with a code.', { host: hostOf(server.issuer) }),
    );
  const form = {
    client_id: client.clientId,
    scope: client.scopes.join(' ') || undefined,
    code_challenge: pkce.codeChallenge,
    code_challenge_method: pkce.codeChallengeMethod,
  };
  return readDeviceAuthorization(await postForm(fetch, endpoint, form, signal), server.issuer, clock.now());
}

/** The device authorization response (RFC 8628 §3.2) of an issuer; throws what the server said instead of one. */
export function readDeviceAuthorization(answer: Answer, issuer: string, now: number): DeviceAuthorization {
  const { json } = answer;
  const deviceCode = stringIn(json, 'device_code');
  const userCode = codeIn(json);
  const completePage = pageIn(json, 'verification_uri_complete');
  // Google and servers built on the draft say `verification_url`.
  const namedPage = pageIn(json, 'verification_uri') ?? pageIn(json, 'verification_url') ?? completePage;
  if (!answer.ok || !deviceCode || !userCode || !namedPage) throw errorResponse(answer);
  if (!USER_CODE.test(userCode) || isHiding(userCode))
    throw unreadableAnswer(answer.host, { text: l10n.t('its code cannot be typed') });
  const [page, complete] = [namedPage, completePage].map((named) => named && pageAddress(named, issuer));
  if (!page || (completePage && !complete)) {
    throw unreadableAnswer(answer.host, {
      text: l10n.t('its sign-in page is not on https, or no address to be opened'),
    });
  }
  const secret = new Secret(deviceCode);
  if ([userCode, page, complete ?? ''].some((shown) => withoutSecrets(shown, secret) !== shown)) {
    throw unreadableAnswer(answer.host, { text: l10n.t('it shows the device code, which is secret') });
  }
  const named = numberIn(json, 'expires_in') ?? 0;
  const life = Math.min(named > 0 ? named : DEFAULT_LIFE_SECONDS, LONGEST_LIFE_SECONDS);
  return {
    deviceCode: secret,
    userCode,
    verificationUri: page,
    // The person is told one host.
    verificationUriComplete: complete && isSameOrigin(complete, page) ? complete : undefined,
    expiresAt: now + life * 1000,
    intervalSeconds: intervalSeconds(numberIn(json, 'interval') ?? 0, life),
  };
}

/** How long to wait between polls, a second at least, so that a code is asked for once while it lives. */
function intervalSeconds(named: number, life: number): number {
  const interval = named > 0 ? Math.min(Math.max(1, named), LONGEST_INTERVAL_SECONDS) : DEFAULT_INTERVAL_SECONDS;
  return interval < life ? interval : Math.max(1, life / 2);
}

/** The user code; some servers send one of digits as a number. */
function codeIn(json: unknown): string | undefined {
  const code = isRecord(json) ? json['user_code'] : undefined;
  return typeof code === 'number' ? String(code) : stringIn(json, 'user_code')?.trim();
}

function pageIn(json: unknown, name: string): string | undefined {
  const page = stringIn(json, name);
  return page !== undefined && WITHOUT_SCHEME.test(page) ? `https://${page}` : page;
}
