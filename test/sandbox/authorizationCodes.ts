// Authorization codes (RFC 6749 §4.1): the request that a person is looking at, and the code that came of it.
import { clients, knowsScope } from './clients';
import { secret } from './pkce';

/** A sound request for a code. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | undefined;
  readonly codeChallenge: string;
}

/** A request that can be shown, one that goes back to the client as an error, or one that must not go anywhere. */
type ReadRequest =
  | { readonly kind: 'valid'; readonly request: AuthorizationRequest }
  | { readonly kind: 'error'; readonly location: string }
  | { readonly kind: 'refused'; readonly sentence: string };

/**
 * Reads an authorization request; without known client and sound redirect URI nothing goes back (RFC 6749 §4.1.2.1).
 */
export function readAuthorizationRequest(query: Readonly<Record<string, string>>, issuer: string): ReadRequest {
  const { client_id: clientId = '', redirect_uri: redirectUri = '', state, scope = '' } = query;
  if (!clients.has(clientId)) return { kind: 'refused', sentence: `The client “${clientId}” is not known here.` };
  if (!isSoundRedirectUri(redirectUri)) {
    return { kind: 'refused', sentence: `A sign-in cannot return to “${redirectUri}”.` };
  }

  const fail = (error: string): ReadRequest => ({
    kind: 'error',
    location: authorizationResponse(redirectUri, { error, state, iss: issuer }),
  });
  if (query['response_type'] !== 'code') return fail('unsupported_response_type');
  if (!query['code_challenge'] || query['code_challenge_method'] !== 'S256') return fail('invalid_request');
  if (!knowsScope(scope)) return fail('invalid_scope');
  const request = { clientId, redirectUri, scope, state, codeChallenge: query['code_challenge'] };
  return { kind: 'valid', request };
}

/** The redirect URI with the answer behind its own query, which stays as it is; `iss` by RFC 9207. */
export function authorizationResponse(redirectUri: string, answer: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) query.append(name, value);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
}

function isSoundRedirectUri(uri: string): boolean {
  return URL.canParse(uri) && !uri.includes('#') && !/^(?:javascript|data|blob|file|about):/i.test(uri);
}

interface Issued extends AuthorizationRequest {
  readonly expiresAt: number;
  /** What was given for the code, to be revoked when the code comes back (RFC 6749 §4.1.2). */
  spentFor?: string | undefined;
}

/** The codes that were issued. */
export class AuthorizationCodes {
  readonly #issued = new Map<string, Issued>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A code for an approved request, good once and for one minute. */
  issue(request: AuthorizationRequest): string {
    const code = secret('code');
    this.#issued.set(code, { ...request, expiresAt: this.#now() + 60_000 });
    return code;
  }

  /** What a code was issued for, and spent for; undefined when it is unknown or has expired. */
  find(code: string): Issued | undefined {
    const issued = this.#issued.get(code);
    return issued && this.#now() < issued.expiresAt ? issued : undefined;
  }
}
