import { Cancelled, OAuthError, RequestError } from '../base/errors';
import { type Answer, form } from '../base/http';
import { numberIn, stringIn } from '../base/json';
import { hostOf, isSecure } from '../base/origin';
import type { Clock, Fetch } from '../base/ports';
import { Secret } from '../base/secret';
import { type AuthorizationServer, type Client, unusable } from './authorizationServer';
import { sendOAuth, unreadable } from './endpoint';
import type { Pkce } from './pkce';
import { tokenError } from './tokenEndpoint';
import { readTokenResponse, type TokenSet } from './tokenSet';

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

const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628 §3.2: the interval where the server names none, and (§3.5) what `slow_down` adds to it. */
const FIVE_SECONDS = 5;
/** RFC 8628 requires `expires_in`; a server that leaves it out still gets an end to the waiting. */
const DEFAULT_LIFE_SECONDS = 600;
const LONGEST_LIFE_SECONDS = 3600;
/** What a person can compare and type; nothing that could hide in a dialog or the clipboard. */
const USER_CODE = /^[\w-][\w -]{0,62}[\w-]$/;
/** How far the wait between polls may grow while the server is down. */
const LONGEST_BACKOFF_SECONDS = 60;

interface Ports {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/**
 * Asks for a device code (RFC 8628 §3.1), with the challenge of RFC 7636 as Qwen's server wants it. Throws
 * `ConfigurationError` where the server has no such grant.
 */
export async function requestDeviceCode(
  { fetch, clock }: Ports,
  server: Pick<AuthorizationServer, 'issuer' | 'deviceAuthorizationEndpoint'>,
  client: Client,
  pkce: Pkce,
  signal: AbortSignal,
): Promise<DeviceAuthorization> {
  const request = form({
    client_id: client.clientId,
    scope: client.scopes.join(' '),
    code_challenge: pkce.codeChallenge,
    code_challenge_method: pkce.codeChallengeMethod,
  });
  const endpoint = server.deviceAuthorizationEndpoint;
  if (!endpoint) throw unusable(`The server at ${hostOf(server.issuer)} does not offer sign-in with a code.`);
  const answer = await sendOAuth(fetch, endpoint, request, signal);
  return readDeviceAuthorization(answer, clock.now());
}

/** The device authorization response (RFC 8628 §3.2); throws what the server said instead of one. */
export function readDeviceAuthorization(answer: Answer, now: number): DeviceAuthorization {
  const { json } = answer;
  const deviceCode = stringIn(json, 'device_code');
  const userCode = stringIn(json, 'user_code');
  // `verification_url` is what servers built on the draft still say.
  const verificationUri = stringIn(json, 'verification_uri') ?? stringIn(json, 'verification_url');
  if (!answer.ok || !deviceCode || !userCode || !verificationUri) throw tokenError(answer);
  if (!USER_CODE.test(userCode)) throw unreadable(answer.host, { text: 'its code cannot be typed' });
  const complete = stringIn(json, 'verification_uri_complete');
  if (!isSecure(verificationUri) || (complete && !isSecure(complete))) {
    throw unreadable(answer.host, { text: 'its sign-in page is not on https' });
  }
  const life = Math.min(Math.max(0, numberIn(json, 'expires_in') ?? DEFAULT_LIFE_SECONDS), LONGEST_LIFE_SECONDS);
  const interval = numberIn(json, 'interval');
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    verificationUriComplete: complete,
    expiresAt: now + life * 1000,
    intervalSeconds: interval !== undefined && interval > 0 ? Math.max(1, interval) : FIVE_SECONDS,
  };
}

/**
 * Polls the token endpoint until the person has approved (RFC 8628 §3.4–3.5). Waits the interval first; outages are
 * waited out until the code expires. Throws `OAuthError` with `access_denied` or `expired_token` when it is over,
 * `Cancelled` at once on abort.
 */
export async function pollForTokens(
  { fetch, clock }: Ports,
  server: Pick<AuthorizationServer, 'tokenEndpoint'>,
  client: Client,
  device: DeviceAuthorization,
  pkce: Pkce,
  signal: AbortSignal,
): Promise<TokenSet> {
  const request = form({
    grant_type: DEVICE_CODE_GRANT,
    client_id: client.clientId,
    device_code: device.deviceCode.reveal(),
    code_verifier: pkce.codeVerifier.reveal(),
  });
  let interval = device.intervalSeconds;
  let backoff = 0;
  for (;;) {
    const wait = (interval + backoff) * 1000;
    if (clock.now() + wait >= device.expiresAt) {
      await clock.sleep(Math.max(0, device.expiresAt - clock.now()), signal);
      throw new OAuthError('expired_token', new URL(server.tokenEndpoint).host, 400);
    }
    await clock.sleep(wait, signal);
    const poll = await readPoll(sendOAuth(fetch, server.tokenEndpoint, request, signal), clock, device, pkce);
    switch (poll.kind) {
      case 'granted':
        return poll.tokens;
      case 'pending':
        backoff = 0;
        break;
      case 'slowDown':
        // RFC 8628 §3.5: for this and all following requests.
        interval += FIVE_SECONDS;
        backoff = 0;
        break;
      case 'outage':
        backoff = Math.min(Math.max(backoff * 2, poll.retryAfterSeconds, interval), LONGEST_BACKOFF_SECONDS);
        break;
    }
  }
}

type Poll =
  | { readonly kind: 'granted'; readonly tokens: TokenSet }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slowDown' }
  | { readonly kind: 'outage'; readonly retryAfterSeconds: number };

async function readPoll(sent: Promise<Answer>, clock: Clock, device: DeviceAuthorization, pkce: Pkce): Promise<Poll> {
  let answer: Answer;
  try {
    answer = await sent;
  } catch (error) {
    if (error instanceof Cancelled || (error instanceof RequestError && error.failure === 'redirect')) throw error;
    return { kind: 'outage', retryAfterSeconds: 0 };
  }
  const error = stringIn(answer.json, 'error');
  if (error === 'authorization_pending') return { kind: 'pending' };
  if (error === 'slow_down') return { kind: 'slowDown' };
  // Qwen's server may say so on a 200 as well.
  if (answer.ok && stringIn(answer.json, 'status') === 'pending') return { kind: 'pending' };
  const tokens = answer.ok ? readTokenResponse(answer.json, clock.now()) : undefined;
  if (tokens) return { kind: 'granted', tokens };
  if (answer.status >= 500 || answer.status === 429 || (answer.ok && !error)) {
    return { kind: 'outage', retryAfterSeconds: answer.retryAfterSeconds ?? 0 };
  }
  throw tokenError(answer, device.deviceCode, pkce.codeVerifier);
}
