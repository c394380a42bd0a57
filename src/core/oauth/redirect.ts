import * as l10n from '@vscode/l10n';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { OAuthError } from '../base/errors';
import { serverWords } from '../base/refusalError';
import { Secret } from '../base/secret';
import type { AuthorizationServer } from './authorizationServer';
import { isSameIssuer } from './issuer';
import { hostOf } from '../base/origin';
import { pastedAddress } from '../base/pasted';

/** The parameters of an authorization response (RFC 6749 §4.1.2, RFC 9207 §2), as anybody may have sent them. */
export interface Redirect {
  readonly state: Secret | undefined;
  readonly code: Secret | undefined;
  readonly error: string | undefined;
  readonly description: string | undefined;
  readonly iss: string | undefined;
}

/** How much of a link is read: it comes from outside. */
const LONGEST_QUERY = 8192;
/** RFC 6749 appendix A: what state, codes and errors are made of, without the space that none of them has. */
const PLAIN = /^[\x21-\x7e]{1,4096}$/;

/** A `state` (RFC 6749 §10.12) of 256 random bits, good for one sign-in. */
export function createState(): Secret {
  return new Secret(randomBytes(32).toString('base64url'));
}

/** The fingerprint by which a state is known without being kept. */
export function fingerprintOf(state: Secret): string {
  return createHash('sha256').update(state.reveal()).digest('base64url');
}

/** Whether a redirect carries the state of that fingerprint, in the same time whatever it carries. */
export function isFor({ state }: Redirect, fingerprint: string): boolean {
  const given = Buffer.from(state ? fingerprintOf(state) : '');
  const expected = Buffer.from(fingerprint);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * The parameters in the query of a redirect; never throws. What is there twice is not there (RFC 6749 §3.1). A plus
 * sign stands for itself, as in codes that were not encoded: none of the values has a space but the description.
 */
export function readRedirect(query: string): Redirect {
  const parameters = new URLSearchParams(query.slice(0, LONGEST_QUERY).replaceAll('+', '%2B'));
  const one = (name: string): string | undefined => {
    const [value, ...more] = parameters.getAll(name);
    return more.length === 0 && value !== undefined && PLAIN.test(value) ? value : undefined;
  };
  const [state, code] = ['state', 'code'].map((name) => {
    const value = one(name);
    return value === undefined ? undefined : new Secret(value);
  });
  const description = parameters.get('error_description')?.replaceAll('+', ' ');
  return {
    state,
    code,
    // An error is one however it is written; a code beside it is not for using.
    error: parameters.getAll('error').some(Boolean) ? (one('error') ?? 'invalid_request') : undefined,
    description: (description && serverWords(description, state, code)) || undefined,
    iss: one('iss'),
  };
}

/**
 * The redirect in what a person pasted: the whole address, its query, or the code alone, which then counts as the
 * answer to what was asked last. Undefined where it is none of them.
 */
export function readPastedRedirect(
  text: string,
  { state, issuer }: { readonly state: Secret; readonly issuer: string },
): Redirect | undefined {
  const pasted = pastedAddress(text);
  const query = /^(code|state|error|iss)=/.test(pasted) ? pasted : /\?(.*)$/s.exec(pasted)?.[1];
  if (query !== undefined) {
    const redirect = readRedirect(query.replace(/#.*$/s, ''));
    return redirect.state && (redirect.code || redirect.error) ? redirect : undefined;
  }
  // An address without a query is one that was copied too early, and a sentence is no code.
  if (!PLAIN.test(pasted) || pasted.length < 4 || pasted.includes('://')) return undefined;
  return { state, code: new Secret(pasted), error: undefined, description: undefined, iss: issuer };
}

/**
 * The code that a server sent. Throws `OAuthError` with the error that it sent instead. Throws it with `wrong_issuer`
 * where the redirect names another server, or names none although this server promises to (RFC 9207 §2.4).
 */
export function codeOf(redirect: Redirect, server: Pick<AuthorizationServer, 'issuer' | 'namesIssuer'>): Secret {
  const host = hostOf(server.issuer);
  if (redirect.iss === undefined ? server.namesIssuer : !isSameIssuer(redirect.iss, server.issuer)) {
    throw new OAuthError('wrong_issuer', host, 400);
  }
  const { error, description, state, code } = redirect;
  if (error) throw new OAuthError(serverWords(error, state, code), host, 400, description);
  if (!code) throw new OAuthError('invalid_request', host, 400, l10n.t('it sent neither a code nor an error'));
  return code;
}
