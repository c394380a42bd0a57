import { ConfigurationError } from '../base/errors';

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
  /** The scopes that the server advertises; undefined where it names none. */
  readonly scopesSupported: readonly string[] | undefined;
}

/** How this client presents itself to an authorization server (RFC 6749 §2.2, §3.3). */
export interface OAuthClient {
  readonly clientId: string;
  /** The scopes to ask for; undefined where the person names none, and `scopesFor` chooses. */
  readonly scopes: readonly string[] | undefined;
  /** The one redirect URI that is registered; undefined where any will do. */
  readonly redirectUri?: string;
}

/** The issuer of Qwen accounts. */
export const QWEN_ISSUER = 'https://chat.qwen.ai';

/**
 * The scope for requests to models. A server that has it speaks Qwen's dialect: its tokens name their API themselves.
 */
export const MODEL_SCOPE = 'model.completion';

/** The client that Qwen's authorization server knows command-line tools by; public, without a secret. */
export const QWEN_CLIENT: OAuthClient = { clientId: 'f0304373b74a44d2b584a3fb70ca9e56', scopes: undefined };

/** The endpoints of Qwen accounts. */
export const QWEN_SERVER: AuthorizationServer = {
  issuer: QWEN_ISSUER,
  tokenEndpoint: `${QWEN_ISSUER}/api/v1/oauth2/token`,
  deviceAuthorizationEndpoint: `${QWEN_ISSUER}/api/v1/oauth2/device/code`,
  authorizationEndpoint: undefined,
  revocationEndpoint: undefined,
  namesIssuer: false,
  scopesSupported: ['openid', 'profile', 'email', MODEL_SCOPE],
};

/** The error for a server of the settings that cannot do what it is wanted for. */
export function unusableServer(message: string): ConfigurationError {
  return new ConfigurationError({ setting: 'qwen.oauth.issuer' }, message);
}
