import { RequestError } from '../base/errors';
import { type Answer, send } from '../base/http';
import type { Fetch } from '../base/ports';
import { readResponseBody } from './responseBody';

/** `send` to an endpoint of an authorization server, whose failures are told apart from those of a model's server. */
export async function sendOAuth(...request: Parameters<typeof send>): Promise<Answer> {
  try {
    return await send(...request);
  } catch (error) {
    throw error instanceof RequestError ? ofAuthorizationServer(error) : error;
  }
}

/**
 * Sends a form to an OAuth endpoint (RFC 6749 §4, appendix B); `json` of the answer is what `readResponseBody` makes of
 * its text. Members that are undefined are left out. Throws as `send` does.
 */
export async function postForm(
  fetch: Fetch,
  endpoint: string,
  members: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== undefined) body.set(name, value);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const answer = await sendOAuth(fetch, endpoint, { method: 'POST', headers, body: body.toString() }, signal);
  return { ...answer, json: readResponseBody(answer.text) };
}

/** The error as one of an authorization server. */
export function ofAuthorizationServer(error: RequestError): RequestError {
  return inRole('authorizationServer', error);
}

/** The error as one of a server that is for something else. */
export function inRole(role: RequestError['role'], { host, failure, details, cause }: RequestError): RequestError {
  return new RequestError(host, failure, details, { cause, role });
}

/** An answer of an authorization server that is not what the protocol promises; `text` says in what. */
export function unreadableAnswer(host: string, details: RequestError['details']): RequestError {
  return ofAuthorizationServer(new RequestError(host, 'unreadable', details));
}
