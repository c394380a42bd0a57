import { OAuthError, type RequestError } from '../base/errors';
import type { Answer } from '../base/http';
import { serverWords, statusError } from '../base/refusalError';
import { isRecord, stringIn } from '../base/json';
import { Secret } from '../base/secret';
import { ofAuthorizationServer, unreadableAnswer } from './endpoint';

/** Errors that say nothing against the request: the same request may succeed later. */
const TEMPORARY: ReadonlySet<string> = new Set([
  'authorization_pending',
  'slow_down',
  'server_error',
  'temporarily_unavailable',
]);
/** Errors of the grant or the client, which no firewall makes: Auth0 refuses a dead refresh token with 403. */
const OF_THE_GRANT: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_token',
  'invalid_client',
  'unauthorized_client',
]);
/** RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, RFC 8628 §3.5, and OpenID Connect Core §3.1.2.6. */
const STANDARD: ReadonlySet<string> = new Set([
  ...TEMPORARY,
  ...OF_THE_GRANT,
  'invalid_request',
  'invalid_scope',
  'invalid_target',
  'insufficient_scope',
  'unsupported_grant_type',
  'unsupported_response_type',
  'access_denied',
  'expired_token',
  'login_required',
  'consent_required',
  'interaction_required',
]);
/** Names that servers have for these errors. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  // Microsoft Entra and OpenAM
  ['authorization_declined', 'access_denied'],
  ['code_expired', 'expired_token'],
  ['device_code_expired', 'expired_token'],
  // GitHub
  ['bad_refresh_token', 'invalid_grant'],
  ['incorrect_client_credentials', 'invalid_client'],
  ['device_flow_disabled', 'unauthorized_client'],
  // Gateways in front of a server
  ['too_many_requests', 'temporarily_unavailable'],
  ['rate_limit_exceeded', 'temporarily_unavailable'],
]);
/** Longer than this, no error has a name. */
const LONGEST_NAME = 64;

/**
 * The error of a response (RFC 6749 §5.2), in the protocol's own letters. It is also found in the places where some
 * servers put it: `errorCode` (Okta), `error.code`, or `message` (Twitch). Undefined where there is none: what Spring
 * and others have in `error` is the phrase of the HTTP status.
 */
export function errorCodeIn(json: unknown): string | undefined {
  const error = stringIn(json, 'error');
  if (error) return standardName(error) ?? (/^[a-z][a-z\d_.:-]*$/.test(error) ? error : undefined);
  const object = isRecord(json) ? json['error'] : undefined;
  const elsewhere = [
    stringIn(object, 'code'),
    stringIn(object, 'type'),
    ...['errorCode', 'code', 'message', 'msg'].map((name) => stringIn(json, name)),
  ];
  return elsewhere.flatMap((text) => standardName(text) ?? [])[0];
}

/**
 * What an OAuth endpoint's answer without a grant means: the error that it names, in whatever status it comes, else a
 * `RequestError`; a status that is no error, without what was promised, is `unreadable`, with the words that it has.
 */
export function errorResponse(answer: Answer, ...sent: readonly Secret[]): OAuthError | RequestError {
  const { host, status, json } = answer;
  const secrets = [...sent, ...secretsIn(json)];
  const error = errorCodeIn(json);
  const description = descriptionIn(json, error);
  const words = description && serverWords(description, ...secrets);
  if (error) return new OAuthError(serverWords(error, ...secrets), host, status, words);
  // Casdoor says no with 200, and in words.
  if (status < 400) return unreadableAnswer(host, { status, ...(words && { text: words }) });
  return ofAuthorizationServer(statusError(description ? { ...answer, text: description } : answer, ...secrets));
}

/** What an answer grants, be it one that is not used. */
export function secretsIn(json: unknown): readonly Secret[] {
  return ['device_code', 'access_token', 'refresh_token', 'id_token'].flatMap((name) => {
    const value = stringIn(json, name);
    return value ? [new Secret(value)] : [];
  });
}

/** Whether an error says nothing against the request, which may succeed later. */
export function isTemporary({ error, status }: OAuthError): boolean {
  return TEMPORARY.has(error) || (!OF_THE_GRANT.has(error) && (status === 429 || status >= 500));
}

/**
 * Whether a token endpoint has refused a grant for good, rather than failed, or never seen it. Servers name a dead
 * refresh token in many ways (`invalid_request` at Qwen, an empty 400 at Glewlwyd), so 400 and 401 decide. A web page,
 * 403, 405 and 429 are what firewalls answer.
 */
export function isFinal(error: OAuthError | RequestError): boolean {
  const isRefusal = (status = 0): boolean => status === 400 || status === 401;
  if (!(error instanceof OAuthError))
    return error.failure === 'status' && isRefusal(error.details.status) && !error.details.page;
  if (OF_THE_GRANT.has(error.error)) return true;
  return !isTemporary(error) && isRefusal(error.status);
}

function standardName(text: string | undefined): string | undefined {
  if (!text || text.length > LONGEST_NAME) return undefined;
  const name = text
    .trim()
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
  const standard = SYNONYMS.get(name) ?? name;
  return STANDARD.has(standard) ? standard : undefined;
}

/** What a server says beside the error's name, under the names that servers have for it. */
function descriptionIn(json: unknown, error: string | undefined): string | undefined {
  const object = isRecord(json) ? json['error'] : undefined;
  const texts = [
    stringIn(json, 'error_description'),
    stringIn(object, 'message'),
    stringIn(object, 'description'),
    ...['errorSummary', 'message', 'description', 'detail', 'msg'].map((name) => stringIn(json, name)),
  ];
  return texts.find((text) => text !== undefined && (!error || standardName(text) !== error));
}
