import { hostOf } from '../base/origin';
import type { OAuthAccount } from '../credentials/account';
import { authorizationRequestUrl, exchangeCode } from '../oauth/authorizationCode';
import type { AuthorizationServer, OAuthClient } from '../oauth/authorizationServer';
import { type DeviceAuthorization, requestDeviceCode } from '../oauth/deviceAuthorization';
import { pollForTokens } from '../oauth/devicePolling';
import { discoverServer } from '../oauth/discovery';
import { createPkce, type Pkce } from '../oauth/pkce';
import { codeOf, createState, fingerprintOf } from '../oauth/redirect';
import { missingApi, namesApi } from '../oauth/resourceUrl';
import { revokeUnfinished } from '../oauth/revocation';
import { isScopeRefusal, scopeError, scopesInTurn } from '../oauth/scopes';
import type { TokenSet } from '../oauth/tokenSet';
import type { Abilities } from './flows';
import type { Grant, Progress } from './grant';
import type { AuthorizationRequest } from './redirects';
import { type SignedIn, signedInWithTokens, type SignInPorts } from './signIn';
import type { SignInRequest } from './signInRequest';

/** What a sign-in at an authorization server needs. */
export interface OAuthPorts extends SignInPorts {
  /** Whether a sign-in of that client at that server is stored, and has not ended. */
  readonly isSignedIn: (at: Pick<OAuthAccount, 'issuer' | 'clientId'>) => Promise<boolean>;
}

/**
 * The sign-in at the authorization server of the settings. Whatever the person still has to name is asked for here,
 * before they approve anything: throws `ConfigurationError` then, and what `discoverServer` throws.
 */
export async function oauthGrant(
  ports: OAuthPorts,
  request: SignInRequest,
  { onStep }: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  const { fetch, settings } = ports;
  const [issuer, client, api] = [settings.issuer(), settings.client(), settings.oauthApi()];
  const host = hostOf(issuer);
  onStep({ kind: 'contacting', host });
  const server = await discoverServer(fetch, issuer, signal);
  if (api === undefined && !namesApi(server)) throw missingApi(issuer);
  const [scopes, ...narrower] = scopesInTurn(client, server);
  const finish = async (tokens: TokenSet): Promise<SignedIn> => {
    try {
      return await signedInWithTokens(ports, { server, client, request }, tokens, onStep, signal);
    } catch (error) {
      void abandon(ports, server, { clientId: client.clientId, tokens });
      throw error;
    }
  };
  return {
    request: authorizationRequest(server, client, scopes),
    narrower: narrower.map((fewer) => authorizationRequest(server, client, fewer)),
    target: issuer,
    abilities: abilitiesOf(server, client),
    authorizeDevice: async (redirects, about) => {
      const pkce = createPkce();
      const device = await deviceCode(ports, server, client, pkce, signal);
      // Nobody comes back with it: it is for telling that a reload ended the sign-in.
      const kept = { ...about, id: fingerprintOf(createState()), redirectUri: '', codeVerifier: pkce.codeVerifier };
      const tokens = await redirects.remember(kept, async () => {
        onStep({ kind: 'userCode', host, device });
        return await withScopes(scopes, server, () => pollForTokens(ports, server, client, device, pkce, signal));
      });
      return await finish(tokens);
    },
    exchangeCode: async ({ redirect, ...proof }) => {
      onStep({ kind: 'checking', host });
      const tokens = await withScopes(scopes, server, async () => {
        const code = codeOf(redirect, server);
        return await exchangeCode(ports, server, client, { ...proof, code }, signal);
      });
      return await finish(tokens);
    },
  };
}

/** Revokes tokens that are not kept, unless that may end the sign-in which is stored; never throws. */
async function abandon(
  { fetch, isSignedIn }: OAuthPorts,
  server: AuthorizationServer,
  unfinished: { readonly clientId: string; readonly tokens: TokenSet },
): Promise<void> {
  const { clientId } = unfinished;
  if (await isSignedIn({ issuer: server.issuer, clientId })) return;
  await revokeUnfinished(fetch, server, unfinished);
}

function authorizationRequest(
  server: AuthorizationServer,
  { clientId, redirectUri }: OAuthClient,
  scopes: readonly string[],
): AuthorizationRequest {
  return {
    host: hostOf(server.issuer),
    issuer: server.issuer,
    loopbackUri: redirectUri ?? 'http://127.0.0.1/callback',
    redirectUri: (reachable) => reachable,
    url: (code, state) => authorizationRequestUrl(server, { clientId, scopes }, code, state),
  };
}

/** Asks for a device code, with fewer scopes where the server refuses those that nobody named. */
async function deviceCode(
  ports: SignInPorts,
  server: AuthorizationServer,
  client: OAuthClient,
  pkce: Pkce,
  signal: AbortSignal,
): Promise<DeviceAuthorization> {
  const { clientId } = client;
  const inTurn = scopesInTurn(client, server);
  for (const scopes of inTurn.slice(0, -1)) {
    try {
      return await requestDeviceCode(ports, server, { clientId, scopes }, pkce, signal);
    } catch (error) {
      if (!isScopeRefusal(error)) throw error;
    }
  }
  const scopes = inTurn.at(-1) ?? [];
  return await withScopes(scopes, server, () => requestDeviceCode(ports, server, { clientId, scopes }, pkce, signal));
}

/** Does work that a server may refuse because of these scopes; the error names them then. */
async function withScopes<T>(
  scopes: readonly string[],
  server: AuthorizationServer,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isScopeRefusal(error) ? scopeError(scopes, server, error.description) : error;
  }
}

function abilitiesOf(server: AuthorizationServer, { redirectUri }: OAuthClient): Abilities {
  return {
    device: server.deviceAuthorizationEndpoint !== undefined,
    code: server.authorizationEndpoint !== undefined,
    redirectUri,
  };
}
