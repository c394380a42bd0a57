import { RequestError } from '../base/errors';
import { type Answer, send } from '../base/http';

/** `send` to an endpoint of an authorization server, whose failures are told apart from those of a model's server. */
export async function sendOAuth(...request: Parameters<typeof send>): Promise<Answer> {
  try {
    return await send(...request);
  } catch (error) {
    throw error instanceof RequestError ? ofAuthorizationServer(error) : error;
  }
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
export function unreadable(host: string, details: { readonly status?: number; readonly text?: string }): RequestError {
  return ofAuthorizationServer(new RequestError(host, 'unreadable', details));
}
