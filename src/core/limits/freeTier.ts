import type { Credential } from '../credentials/resolve';
import { OAuthError, RequestError, SignInRequired } from '../base/errors';
import { stringIn } from '../base/json';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { apiBaseUrl } from '../oauth/resourceUrl';
import { hostOf } from '../base/origin';
import type { StateStore } from '../base/ports';

/** Which API last refused a fresh token of Qwen's own authorization server. */
const REFUSED = 'oauth/refusedBy';
const ISSUER_HOST = hostOf(QWEN_ISSUER);
/** The API of Qwen's accounts whose sign-in names none. */
const DEFAULT_API_HOST = hostOf(apiBaseUrl(undefined, QWEN_ISSUER));
/**
 * Errors of RFC 6749 §5.2 and RFC 8628 §3.5 that are about the person, this client or the moment, and not about the
 * service.
 */
const OTHER_ERRORS: ReadonlySet<string> = new Set([
  'access_denied',
  'expired_token',
  'authorization_pending',
  'slow_down',
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
]);

function isQwen(host: string): boolean {
  return /(^|\.)qwen\.ai$/.test(host);
}

/** Whether this is a refusal by Qwen's own servers that the end of their free tier explains. */
export function isFreeTierRefusal(error: unknown): error is OAuthError | RequestError | SignInRequired {
  if (error instanceof OAuthError) return isQwen(error.host) && !OTHER_ERRORS.has(error.error);
  if (error instanceof RequestError) return isQwen(error.host) && refuses(error);
  if (!(error instanceof SignInRequired)) return false;
  const { about } = error;
  if (about.reason === 'ended') return isQwen(about.host);
  const isRefused = about.reason === 'refused' && about.method === 'qwen-oauth';
  return isRefused && (isQwen(about.host) || about.host === DEFAULT_API_HOST);
}

/** The API that refused the last fresh token of Qwen's own authorization server; undefined where none did. */
export function refusedBy(state: StateStore): string | undefined {
  return stringIn(state.get(REFUSED), 'host');
}

/**
 * Remembers for the next sign-in whether an API refused a credential of Qwen's own server;
 * undefined is that it answered.
 */
export async function noteRefusal(state: StateStore, credential: Credential, error: unknown): Promise<void> {
  if (credential.kind === 'oauth' && credential.account.issuer === QWEN_ISSUER) await noteAnswer(state, error);
}

/**
 * Remembers whether an API took a fresh token of Qwen's own server: `error` is its refusal, undefined that it answered.
 */
export async function noteAnswer(state: StateStore, error: unknown): Promise<void> {
  const host = refusingApi(error);
  if (host === undefined && error !== undefined) return;
  // Writing is skipped where nothing changed: an answer waits for this. It is a hint, and fails no answer.
  if (host !== refusedBy(state)) await state.set(REFUSED, host && { host }).catch(() => undefined);
}

/** The API that refused the token; undefined where it was not asked, or its answer does not tell. */
function refusingApi(error: unknown): string | undefined {
  const host = error instanceof RequestError && refuses(error) ? error.host : undefined;
  const refused = error instanceof SignInRequired && error.about.reason === 'refused' ? error.about.host : host;
  return refused === ISSUER_HOST ? undefined : refused;
}

/**
 * Whether the service refuses everybody. At the authorization server every other 4xx counts too, since our requests
 * there are correct.
 */
function refuses(error: RequestError): boolean {
  const { status = 0, text = '' } = error.details;
  if (status === 401 || status === 403 || error.isUsedUp || /free tier/i.test(text)) return true;
  return error.host === ISSUER_HOST && status >= 400 && status < 500 && status !== 408 && status !== 429;
}
