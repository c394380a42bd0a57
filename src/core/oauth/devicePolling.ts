import { OAuthError, RequestError } from '../base/errors';
import type { Answer } from '../base/http';
import { stringIn } from '../base/json';
import type { Clock, Fetch } from '../base/ports';
import type { AuthorizationServer, OAuthClient } from './authorizationServer';
import type { DeviceAuthorization } from './deviceAuthorization';
import { postForm } from './endpoint';
import { errorCodeIn, isTemporary } from './errorResponse';
import type { Pkce } from './pkce';
import { readTokens } from './tokenEndpoint';
import type { TokenSet } from './tokenSet';

const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628 §3.5: what `slow_down` adds to the interval. */
const SLOW_DOWN_SECONDS = 5;
/** How far the wait between polls may grow while the server is down. */
const LONGEST_BACKOFF_SECONDS = 60;

interface Ports {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/**
 * Polls the token endpoint until the person has approved (RFC 8628 §3.4–3.5). Waits the interval first; outages are
 * waited out until the code expires. Throws `OAuthError` with `access_denied` or `expired_token` when it is over,
 * the `RequestError` of an outage that outlasts the code, and `Cancelled` at once on abort.
 */
export async function pollForTokens(
  ports: Ports,
  server: Pick<AuthorizationServer, 'tokenEndpoint'>,
  client: Pick<OAuthClient, 'clientId'>,
  device: DeviceAuthorization,
  pkce: Pkce,
  signal: AbortSignal,
): Promise<TokenSet> {
  const { clock } = ports;
  let interval = device.intervalSeconds;
  let backoff = 0;
  let outage: Error | undefined;
  for (;;) {
    const wait = (interval + backoff) * 1000;
    if (clock.now() + wait >= device.expiresAt) {
      await clock.sleep(Math.max(0, device.expiresAt - clock.now()), signal);
      throw outage ?? new OAuthError('expired_token', new URL(server.tokenEndpoint).host, 400);
    }
    await clock.sleep(wait, signal);
    const poll = await pollOnce(ports, server, client, device, pkce, signal);
    if (poll.kind === 'granted') return poll.tokens;
    outage = poll.kind === 'outage' ? poll.error : undefined;
    backoff =
      poll.kind === 'outage'
        ? Math.min(Math.max(backoff * 2, poll.retryAfterSeconds, interval), LONGEST_BACKOFF_SECONDS)
        : 0;
    // RFC 8628 §3.5: for this and all following requests.
    if (poll.kind === 'slowDown') interval += SLOW_DOWN_SECONDS;
  }
}

type Poll =
  | { readonly kind: 'granted'; readonly tokens: TokenSet }
  | { readonly kind: 'pending' }
  | { readonly kind: 'slowDown' }
  | { readonly kind: 'outage'; readonly error: Error; readonly retryAfterSeconds: number };

async function pollOnce(
  { fetch, clock }: Ports,
  { tokenEndpoint }: Pick<AuthorizationServer, 'tokenEndpoint'>,
  { clientId }: Pick<OAuthClient, 'clientId'>,
  { deviceCode }: DeviceAuthorization,
  { codeVerifier }: Pkce,
  signal: AbortSignal,
): Promise<Poll> {
  const form = {
    grant_type: DEVICE_CODE_GRANT,
    client_id: clientId,
    device_code: deviceCode.reveal(),
    code_verifier: codeVerifier.reveal(),
  };
  let answer: Answer | undefined;
  try {
    answer = await postForm(fetch, tokenEndpoint, form, signal);
    const waiting = waitingIn(answer);
    if (waiting) return { kind: waiting };
    return { kind: 'granted', tokens: readTokens(answer, clock.now(), deviceCode, codeVerifier) };
  } catch (error) {
    if (!isOutage(error)) throw error;
    return { kind: 'outage', error, retryAfterSeconds: answer?.retryAfterSeconds ?? 0 };
  }
}

/** What an answer says that asks to go on polling. */
function waitingIn({ ok, json }: Answer): 'pending' | 'slowDown' | undefined {
  const error = errorCodeIn(json);
  if (error === 'slow_down') return 'slowDown';
  // Qwen's server may have a status of `pending` on a 200 as well.
  const isPending = error === 'authorization_pending' || (ok && !error && stringIn(json, 'status') === 'pending');
  return isPending ? 'pending' : undefined;
}

/** Whether the server has not decided anything: it is not reached, down, or something else answers in its place. */
function isOutage(error: unknown): error is OAuthError | RequestError {
  if (error instanceof OAuthError) return isTemporary(error);
  if (!(error instanceof RequestError)) return false;
  const { failure, reason, details } = error;
  const { status = 0 } = details;
  if (failure !== 'status') return failure !== 'redirect' && failure !== 'unusable';
  return status >= 500 || IN_BETWEEN.has(status) || reason === 'page';
}

/** What firewalls, proxies and rate limits in front of a server answer (RFC 9110 §15.5, RFC 6585 §4). */
const IN_BETWEEN: ReadonlySet<number> = new Set([403, 405, 408, 429]);
