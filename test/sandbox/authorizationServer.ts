// The authorization server without its page: discovery, device authorization, tokens and revocation, in Qwen's dialect.
import type { ServerResponse } from 'node:http';

import type { AuthorizationCodes } from './authorizationCodes';
import type { Behavior } from './behavior';
import { clients, knowsScope, scopes } from './clients';
import type { DeviceAuthorizations } from './deviceAuthorizations';
import { replyJson, type RecordedRequest, type Routes } from './http';
import { s256 } from './pkce';
import type { TokenResponse, Tokens } from './tokens';

/** What the endpoints and the page share. */
export interface AuthorizationServer {
  readonly issuer: string;
  readonly behavior: Behavior;
  readonly devices: DeviceAuthorizations;
  readonly codes: AuthorizationCodes;
  readonly tokens: Tokens;
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** The endpoints at Qwen's paths, and the documents by which any client finds them. */
export function authorizationRoutes(server: AuthorizationServer): Routes {
  const metadata = (kind: 'oauth' | 'openid') => (_: RecordedRequest, response: ServerResponse) =>
    ['both', kind].includes(server.behavior.metadata)
      ? replyJson(response, 200, metadataOf(server))
      : replyJson(response, 404, { error: 'not_found' });
  return {
    'GET /.well-known/oauth-authorization-server': metadata('oauth'),
    'GET /.well-known/openid-configuration': metadata('openid'),
    'POST /api/v1/oauth2/device/code': (request, response) => answer(response, deviceAuthorization(server, request)),
    'POST /api/v1/oauth2/token': (request, response) => answer(response, token(server, request)),
    'POST /api/v1/oauth2/revoke': (request, response) => answer(response, revocation(server, request)),
  };
}

/** Authorization server metadata (RFC 8414 §2); no ID tokens are issued, so there is no key set. */
function metadataOf({ issuer, behavior: { grants, namesIssuer } }: AuthorizationServer) {
  return {
    issuer,
    ...(grants !== 'device' && { authorization_endpoint: `${issuer}/authorize` }),
    token_endpoint: `${issuer}/api/v1/oauth2/token`,
    ...(grants !== 'code' && { device_authorization_endpoint: `${issuer}/api/v1/oauth2/device/code` }),
    revocation_endpoint: `${issuer}/api/v1/oauth2/revoke`,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', deviceGrant],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: namesIssuer,
    subject_types_supported: ['public'],
  };
}

/** An answer that is no error, or an RFC 6749 §5.2 error with its status. */
type Answer =
  | { readonly body: object }
  | { readonly error: string; readonly description: string; readonly status?: number };

const refuse = (error: string, description: string, status = 400): Answer => ({ error, description, status });

function answer(response: ServerResponse, result: Answer) {
  if ('body' in result) return replyJson(response, 200, result.body);
  const { error, description, status = 400 } = result;
  replyJson(response, status, { error, error_description: description });
}

function deviceAuthorization(server: AuthorizationServer, { form }: RecordedRequest): Answer {
  const { client_id: clientId = '', scope = '', code_challenge: codeChallenge } = form;
  if (!clients.has(clientId)) return unknownClient(clientId);
  if (!codeChallenge || form['code_challenge_method'] !== 'S256') {
    return refuse('invalid_request', 'code_challenge with code_challenge_method=S256 is required.');
  }
  if (!knowsScope(scope)) return refuse('invalid_scope', `Known scopes: ${scopes.join(' ')}.`);

  const { deviceCode, userCode } = server.devices.start(clientId, scope, codeChallenge);
  const { deviceCodeLife, interval } = server.behavior;
  const page = `${server.issuer}/authorize`;
  const body = {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}&client=qwen-code`,
    expires_in: deviceCodeLife,
    ...(interval === undefined ? {} : { interval }),
  };
  return { body };
}

function token(server: AuthorizationServer, request: RecordedRequest): Answer {
  const { client_id: clientId = '', grant_type: grantType } = request.form;
  if (!clients.has(clientId)) return unknownClient(clientId);
  switch (grantType) {
    case deviceGrant:
      return redeemDeviceCode(server, request, clientId);
    case 'authorization_code':
      return redeemAuthorizationCode(server, request, clientId);
    case 'refresh_token':
      return refresh(server, request, clientId);
    case undefined:
      return refuse('invalid_request', 'grant_type is missing from the form-encoded body.');
    default:
      return refuse('unsupported_grant_type', `grant_type ${grantType} is not supported.`);
  }
}

function redeemDeviceCode(server: AuthorizationServer, { form }: RecordedRequest, clientId: string): Answer {
  const device = server.devices.byDeviceCode(form['device_code'] ?? '');
  if (!device || device.clientId !== clientId) return refuse('invalid_grant', 'The device code is not known.');
  if (s256(form['code_verifier'] ?? '') !== device.codeChallenge) return wrongVerifier;

  // slow_down is a variant of authorization_pending (RFC 8628 §3.5): once decided, a hasty poll gets its answer.
  const tooFast = server.devices.countPoll(device);
  const state = server.devices.state(device);
  switch (state) {
    case 'pending':
      if (tooFast) return refuse('slow_down', 'Wait 5 seconds longer from now on.', server.behavior.slowDownStatus);
      return refuse('authorization_pending', 'The person has not decided yet.');
    case 'approved':
      device.status = 'redeemed';
      return tokens(server, server.tokens.grant(clientId, device.scope));
    case 'denied':
      return refuse('access_denied', 'The person denied the request.');
    case 'expired':
      return refuse('expired_token', 'The device code has expired.');
    case 'redeemed':
    case 'unknown':
      return refuse('invalid_grant', 'The device code was used already.');
  }
}

function redeemAuthorizationCode(server: AuthorizationServer, { form }: RecordedRequest, clientId: string): Answer {
  const issued = server.codes.find(form['code'] ?? '');
  if (!issued || issued.clientId !== clientId) return refuse('invalid_grant', 'The code is not known or has expired.');
  if (issued.spentFor !== undefined) {
    server.tokens.revoke(issued.spentFor);
    return refuse('invalid_grant', 'The code was used already; what was issued for it is revoked.');
  }
  if (form['redirect_uri'] !== issued.redirectUri) return refuse('invalid_grant', 'The redirect_uri is another one.');
  if (s256(form['code_verifier'] ?? '') !== issued.codeChallenge) return wrongVerifier;

  const granted = server.tokens.grant(clientId, issued.scope);
  issued.spentFor = granted.refresh_token ?? '';
  return tokens(server, granted);
}

function refresh(server: AuthorizationServer, { form }: RecordedRequest, clientId: string): Answer {
  const granted = server.tokens.refresh(form['refresh_token'] ?? '', clientId);
  if (!granted) return refuse('invalid_grant', 'The refresh token is not good any more.');
  return server.behavior.resourceUrlAtRefresh ? tokens(server, granted) : { body: granted };
}

/** Forgets the token; one that nobody knows is forgotten already (RFC 7009 §2.2). */
function revocation(server: AuthorizationServer, { form }: RecordedRequest): Answer {
  const { client_id: clientId = '', token: revoked } = form;
  if (!clients.has(clientId)) return unknownClient(clientId);
  if (revoked === undefined) return refuse('invalid_request', 'token is missing from the form-encoded body.');
  server.tokens.revoke(revoked);
  return { body: {} };
}

/** A token answer with Qwen's own members. */
function tokens({ behavior, issuer }: AuthorizationServer, granted: TokenResponse): Answer {
  const url = behavior.resourceUrl === undefined ? `${issuer}/v1` : behavior.resourceUrl;
  return { body: { status: 'success', ...granted, ...(url === null ? {} : { resource_url: url }) } };
}

function unknownClient(clientId: string): Answer {
  return refuse('invalid_client', `The client ${clientId || '(none)'} is not known here.`, 401);
}

const wrongVerifier = refuse('invalid_grant', 'The code_verifier does not belong to the code_challenge.');
