import * as l10n from '@vscode/l10n';
import { ConfigurationError, RequestError } from '../base/errors';
import type { Answer } from '../base/http';
import { serverWords, statusError } from '../base/refusalError';
import { isRecord, stringIn } from '../base/json';
import { hostOf, isSameOrigin, isSecure, withoutSlashes } from '../base/origin';
import type { Fetch } from '../base/ports';
import { redact } from '../base/redaction';
import { type AuthorizationServer, QWEN_ISSUER, QWEN_SERVER, unusableServer } from './authorizationServer';
import { ofAuthorizationServer, sendOAuth, unreadableAnswer } from './endpoint';
import { isIssuerOf } from './issuer';
import { pageAddress } from './pageAddress';

/**
 * The endpoints of an issuer: Qwen's own are known, every other server's come from its discovery document, RFC 8414's
 * first, then OpenID Connect's. Throws `ConfigurationError` where there is none that can be used, `RequestError` where
 * the server does not answer.
 */
export async function discoverServer(fetch: Fetch, issuer: string, signal: AbortSignal): Promise<AuthorizationServer> {
  const url = issuerUrl(issuer);
  if (url.href === new URL(QWEN_ISSUER).href) return QWEN_SERVER;
  let problem: RequestError | ConfigurationError | undefined;
  for (const document of discoveryUrls(url)) {
    try {
      const answer = await sendOAuth(fetch, document, { headers: { accept: 'application/json' } }, signal);
      if (answer.ok) return readMetadata(answer, issuer);
      const refusal = ofAuthorizationServer(statusError(answer));
      if (answer.status === 429 || answer.status >= 500 || refusal.reason === 'page') throw refusal;
    } catch (error) {
      if (!isAboutDocument(error)) throw error;
      // A document that cannot be used says more than a page that is none.
      if (!problem || error instanceof ConfigurationError) problem = error;
    }
  }
  throw (
    problem ??
    unusableServer(
      l10n.t(
        '{host} has no discovery document, so it is not an authorization server that can be used. ' +
          'Check the address.',
        { host: url.host },
      ),
    )
  );
}

/**
 * RFC 8414 §3.1 puts the well-known part before the issuer's path, OpenID Connect Discovery 1.0 §4 behind it; Okta has
 * both documents behind it.
 */
function discoveryUrls({ origin, pathname }: URL): readonly string[] {
  const path = withoutSlashes(pathname);
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
      `${origin}${path}/.well-known/oauth-authorization-server`,
    ]),
  ];
}

/** Whether another document may be good: many servers answer unknown paths with a page, an error or a redirect. */
function isAboutDocument(error: unknown): error is RequestError | ConfigurationError {
  if (error instanceof ConfigurationError) return true;
  if (!(error instanceof RequestError)) return false;
  const { failure, details } = error;
  return failure === 'redirect' || failure === 'unreadable' || (failure === 'status' && details.status !== 429);
}

/** RFC 8414 §3.3: a document for another issuer must not be used. */
function readMetadata(answer: Answer, issuer: string): AuthorizationServer {
  const { host, status, json } = answer;
  if (!isRecord(json)) throw unreadableAnswer(host, { status });
  const endpoint = (name: string): string | undefined => endpointIn(json, name, issuer);
  const named = stringIn(json, 'issuer') ?? '';
  if (!isIssuerOf(named, issuer)) throw unusableServer(otherIssuer(host, named, issuer));
  const tokenEndpoint = endpoint('token_endpoint');
  const deviceAuthorizationEndpoint = endpoint('device_authorization_endpoint');
  if (!tokenEndpoint) throw unusableServer(l10n.t('The server at {host} names no token endpoint on https.', { host }));
  const authorizationEndpoint = grantsCodes(json) ? endpoint('authorization_endpoint') : undefined;
  if (!deviceAuthorizationEndpoint && !authorizationEndpoint) {
    throw unusableServer(l10n.t('The server at {host} offers no way to sign in that is known here.', { host }));
  }
  return {
    issuer,
    tokenEndpoint,
    deviceAuthorizationEndpoint,
    authorizationEndpoint,
    revocationEndpoint: endpoint('revocation_endpoint'),
    namesIssuer: json['authorization_response_iss_parameter_supported'] === true,
    scopesSupported: listIn(json, 'scopes_supported'),
  };
}

function endpointIn(json: unknown, name: string, issuer: string): string | undefined {
  const url = stringIn(json, name);
  return url && pageAddress(url, issuer);
}

/**
 * What a document leaves out is supported (RFC 8414 §2), or at worst ignored: many servers know S256 and do not say so.
 */
function grantsCodes(json: unknown): boolean {
  const allows = (name: string, value: string): boolean => listIn(json, name)?.includes(value) ?? true;
  return allows('grant_types_supported', 'authorization_code') && allows('code_challenge_methods_supported', 'S256');
}

function listIn(json: unknown, name: string): readonly string[] | undefined {
  const list: unknown = isRecord(json) ? json[name] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : undefined;
}

function otherIssuer(host: string, named: string, issuer: string): string {
  if (isSameOrigin(named, issuer))
    return l10n.t('The issuer of the server at {host} is {href}. Use that address.', {
      host,
      href: serverWords(new URL(named).href),
    });
  const isSameHost = hostOf(named) === hostOf(issuer);
  const who = serverWords(isSameHost ? named : hostOf(named)) || l10n.t('nobody');
  return l10n.t('The server at {host} says that it is {who}. Ask whoever runs it for its issuer.', { host, who });
}

function issuerUrl(issuer: string): URL {
  const url = isSecure(issuer) ? new URL(issuer) : undefined;
  if (url && !url.username && !url.password) return url;
  throw unusableServer(
    l10n.t('"{host}" cannot be used as an authorization server. Write its address like {qwenIssuer}.', {
      host: redact(hostOf(issuer)),
      qwenIssuer: QWEN_ISSUER,
    }),
  );
}
