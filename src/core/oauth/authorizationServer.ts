import { ConfigurationError, type RequestError } from '../base/errors';
import type { Answer } from '../base/http';
import { statusError } from '../base/refusalError';
import { isRecord, stringIn } from '../base/json';
import { hostOf, isSecure, withoutSlashes } from '../base/origin';
import type { Fetch } from '../base/ports';
import { ofAuthorizationServer, sendOAuth, unreadable } from './endpoint';

/** Endpoints of an authorization server, under the names of RFC 8414 §2. */
export interface AuthorizationServer {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  /** Undefined where the server has no device authorization grant. */
  readonly deviceAuthorizationEndpoint: string | undefined;
  /** Undefined where the server has no authorization code grant, or one without PKCE by S256. */
  readonly authorizationEndpoint: string | undefined;
  readonly revocationEndpoint: string | undefined;
  /** Whether every redirect of the server names its issuer (RFC 9207 §3). */
  readonly namesIssuer: boolean;
}

/** How this client presents itself to an authorization server (RFC 6749 §2.2, §3.3). */
export interface Client {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The one redirect URI that is registered; undefined where any will do. */
  readonly redirectUri?: string;
}

/** The issuer of Qwen accounts. */
export const QWEN_ISSUER = 'https://chat.qwen.ai';

/** The client that Qwen's authorization server knows command-line tools by; public, without a secret. */
export const QWEN_CLIENT: Client = {
  clientId: 'f0304373b74a44d2b584a3fb70ca9e56',
  scopes: ['openid', 'profile', 'email', 'model.completion'],
};

/** The endpoints of Qwen accounts. */
export const QWEN_SERVER: AuthorizationServer = {
  issuer: QWEN_ISSUER,
  tokenEndpoint: `${QWEN_ISSUER}/api/v1/oauth2/token`,
  deviceAuthorizationEndpoint: `${QWEN_ISSUER}/api/v1/oauth2/device/code`,
  authorizationEndpoint: undefined,
  revocationEndpoint: undefined,
  namesIssuer: false,
};

const SETTING = 'qwen.oauth.issuer';

/**
 * The endpoints of an issuer: Qwen's own are known, every other server's come from its discovery document, RFC 8414's
 * first, then OpenID Connect's. Throws `ConfigurationError` where there is none that can be used, `RequestError` where
 * the server does not answer.
 */
export async function discover(fetch: Fetch, issuer: string, signal: AbortSignal): Promise<AuthorizationServer> {
  const url = issuerUrl(issuer);
  if (url.href === new URL(QWEN_ISSUER).href) return QWEN_SERVER;
  let odd: RequestError | undefined;
  for (const document of discoveryUrls(url)) {
    const answer = await sendOAuth(fetch, document, { headers: { accept: 'application/json' } }, signal);
    if (answer.ok && isRecord(answer.json)) return readMetadata(answer, issuer);
    if (answer.ok) odd = unreadable(answer.host, { status: answer.status });
    else if (answer.status === 429 || answer.status >= 500) throw ofAuthorizationServer(statusError(answer));
  }
  // An address where something else answers than a document is not one without a document: a firewall may do that.
  if (odd) throw odd;
  throw unusable(
    `${url.host} has no discovery document, so it is not an authorization server that can be used. Check the address.`,
  );
}

/** RFC 8414 §3.1 puts the well-known part before the issuer's path, OpenID Connect Discovery 1.0 §4 behind it. */
function discoveryUrls({ origin, pathname }: URL): readonly string[] {
  const path = withoutSlashes(pathname);
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/** RFC 8414 §3.3: a document for another issuer must not be used. */
function readMetadata(answer: Answer, issuer: string): AuthorizationServer {
  const endpoint = (name: string): string | undefined => {
    const url = stringIn(answer.json, name);
    // Only a server of this machine may name this machine's ports.
    const isAllowed = url?.startsWith('https://') || new URL(issuer).protocol === 'http:';
    return url && isSecure(url) && isAllowed ? url : undefined;
  };
  const named = stringIn(answer.json, 'issuer') ?? '';
  if (withoutSlashes(named) !== withoutSlashes(issuer)) {
    throw unusable(
      `The server at ${answer.host} says that it is ${hostOf(named) || 'nobody'}. Ask whoever runs it for its issuer.`,
    );
  }
  const tokenEndpoint = endpoint('token_endpoint');
  const deviceAuthorizationEndpoint = endpoint('device_authorization_endpoint');
  if (!tokenEndpoint) throw unusable(`The server at ${answer.host} names no token endpoint on https.`);
  const authorizationEndpoint = grantsCodes(answer.json) ? endpoint('authorization_endpoint') : undefined;
  if (!deviceAuthorizationEndpoint && !authorizationEndpoint) {
    throw unusable(`The server at ${answer.host} offers no way to sign in that is known here.`);
  }
  return {
    issuer,
    tokenEndpoint,
    deviceAuthorizationEndpoint,
    authorizationEndpoint,
    revocationEndpoint: endpoint('revocation_endpoint'),
    namesIssuer: isRecord(answer.json) && answer.json['authorization_response_iss_parameter_supported'] === true,
  };
}

/** What a document leaves out is supported (RFC 8414 §2), or at worst ignored: many servers know S256 and do not say so. */
function grantsCodes(json: unknown): boolean {
  const allows = (name: string, value: string): boolean => {
    const list = isRecord(json) ? json[name] : undefined;
    return !Array.isArray(list) || list.includes(value);
  };
  return allows('grant_types_supported', 'authorization_code') && allows('code_challenge_methods_supported', 'S256');
}

function issuerUrl(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url && isSecure(url.href) && !url.username && !url.password) return url;
  throw unusable(
    `"${hostOf(issuer)}" cannot be used as an authorization server. Write its address like ${QWEN_ISSUER}.`,
  );
}

/** What is thrown where the server of the settings cannot do what it is wanted for. */
export function unusable(message: string): ConfigurationError {
  return new ConfigurationError({ setting: SETTING }, message);
}
