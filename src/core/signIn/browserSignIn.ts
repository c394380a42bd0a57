import { randomBytes } from 'node:crypto';
import { ConfigurationError, SignInRequired } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { authorizationRequestUrl, exchangeCode } from '../oauth/authorizationCode';
import { type AuthorizationServer, type Client, discover } from '../oauth/authorizationServer';
import { requestDeviceCode } from '../oauth/deviceAuthorization';
import { pollForTokens } from '../oauth/devicePolling';
import { exchangeForKey, openRouterCallback, openRouterUrl } from '../oauth/openRouter';
import { createPkce } from '../oauth/pkce';
import { codeOf, createState, fingerprintOf } from '../oauth/redirect';
import { hostOf, originOf } from '../base/origin';
import { type Abilities, type Flow, flowsFor } from './flows';
import type { PendingSignIn } from './pendingSignIns';
import {
  aboutOf,
  type AuthorizationRequest,
  type AuthorizationResponse,
  type RedirectPorts,
  type Redirects,
} from './redirects';
import {
  keyTarget,
  type SignedIn,
  signedInWithTokens,
  signInWithKey,
  type SignInPorts,
  type SignInStep,
} from './signIn';
import { type SignInRequest, withoutKey } from './signInRequest';

/** Tells where a sign-in stands. */
export interface Progress {
  readonly onStep: (step: SignInStep) => void;
  /** Called once it is known which flows would work. */
  readonly onFlows: (flows: readonly Flow[]) => void;
}

/** What a server that signs people in with a browser can do. */
interface Grant {
  readonly request: AuthorizationRequest;
  readonly target: string;
  readonly abilities: Abilities;
  /** Signs in by device authorization (RFC 8628); undefined where the server has no such grant. */
  readonly authorizeDevice?: (
    redirects: Redirects,
    kept: Pick<PendingSignIn, 'request' | 'target' | 'others'>,
  ) => Promise<SignedIn>;
  /** Finishes the sign-in that a redirect answers. */
  exchangeCode(response: AuthorizationResponse): Promise<SignedIn>;
}

/** Whether a request asks for a sign-in in the browser rather than one with a key. */
export function isInBrowser({ method, provider, flow, apiKey }: SignInRequest): boolean {
  if (method === 'qwen-oauth') return true;
  const canBe = method === 'api-key' && findProvider(provider ?? '')?.browserSignIn === true;
  return canBe && flow !== undefined && flow !== 'key' && !apiKey;
}

/**
 * Signs in with the browser, by the flow of the request or the first that works here. Throws `OAuthError`, `RequestError`,
 * `SignInRequired`, `ConfigurationError` or `Cancelled`; stores nothing.
 */
export async function signInWithBrowser(
  ports: SignInPorts & { readonly host: RedirectPorts['host'] },
  redirects: Redirects,
  request: SignInRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<SignedIn> {
  const grant = await grantFor(ports, request, progress, signal);
  const flows = flowsFor(ports.host, grant.abilities);
  progress.onFlows(flows);
  const flow = choose(request, flows, grant);
  const about = { request: withoutKey(request), target: grant.target, others: flows.filter((other) => other !== flow) };
  if (flow === 'device' && grant.authorizeDevice) return await grant.authorizeDevice(redirects, about);
  if (flow === 'key' || flow === 'device') throw unfit(grant);
  return await grant.exchangeCode(await redirects.authorize(grant.request, about, flow, progress.onStep, signal));
}

/**
 * Goes on with a sign-in of another window, or of this one before a reload. Throws as `signInWithBrowser` does, and
 * `SignInRequired` where the settings name another server by now.
 */
export async function finishSignIn(
  ports: SignInPorts,
  pending: PendingSignIn,
  redirect: AuthorizationResponse['redirect'],
  progress: Progress,
  signal: AbortSignal,
): Promise<SignedIn> {
  const grant = await grantFor(ports, pending.request, progress, signal);
  if (grant.target !== pending.target) throw new SignInRequired({ reason: 'interrupted', ...aboutOf(pending) });
  return await grant.exchangeCode({ ...pending, redirect });
}

/** What was chosen by name must work; where a provider's page was asked for, any way to it will do. */
function choose({ method, flow }: SignInRequest, flows: readonly Flow[], grant: Grant): Flow {
  const [first = 'key'] = flows;
  if (!flow) return first;
  // A server without device codes says that better itself.
  if (flows.includes(flow) || (flow === 'device' && grant.authorizeDevice)) return flow;
  if (method === 'api-key') return first;
  throw unfit(grant);
}

function unfit({ request }: Grant): ConfigurationError {
  return new ConfigurationError(
    { field: 'flow' },
    `${request.host} or this computer cannot sign in this way. Choose another one.`,
  );
}

async function grantFor(
  ports: SignInPorts,
  request: SignInRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  return await (request.method === 'qwen-oauth' ? oauthGrant : openRouterGrant)(ports, request, progress, signal);
}

async function oauthGrant(
  ports: SignInPorts,
  request: SignInRequest,
  { onStep }: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  const issuer = ports.settings.issuer();
  const client = ports.settings.client();
  const host = hostOf(issuer);
  onStep({ kind: 'contacting', host });
  const server = await discover(ports.fetch, issuer, signal);
  const from = { server, client, request };
  return {
    request: {
      host,
      issuer,
      loopbackUri: client.redirectUri ?? 'http://127.0.0.1/callback',
      redirectUri: (reachable) => reachable,
      url: (code, state) => authorizationRequestUrl(server, client, code, state),
    },
    target: issuer,
    abilities: abilitiesOf(server, client),
    authorizeDevice: async (redirects, about) => {
      const pkce = createPkce();
      const device = await requestDeviceCode(ports, server, client, pkce, signal);
      // Nobody comes back with it: it is for telling that a reload ended the sign-in.
      const kept = { ...about, id: fingerprintOf(createState()), redirectUri: '', codeVerifier: pkce.codeVerifier };
      const tokens = await redirects.remember(kept, async () => {
        onStep({ kind: 'userCode', host, device });
        return await pollForTokens(ports, server, client, device, pkce, signal);
      });
      return await signedInWithTokens(ports, from, tokens, onStep, signal);
    },
    exchangeCode: async ({ redirect, ...proof }) => {
      onStep({ kind: 'checking', host });
      const code = codeOf(redirect, server);
      const tokens = await exchangeCode(ports, server, client, { ...proof, code }, signal);
      return await signedInWithTokens(ports, from, tokens, onStep, signal);
    },
  };
}

function abilitiesOf(server: AuthorizationServer, { redirectUri }: Client): Abilities {
  return {
    device: server.deviceAuthorizationEndpoint !== undefined,
    code: server.authorizationEndpoint !== undefined,
    redirectUri,
  };
}

async function openRouterGrant(
  ports: SignInPorts,
  request: SignInRequest,
  { onStep }: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  const { baseUrl } = keyTarget(request, ports.settings).endpoint;
  const host = hostOf(baseUrl);
  return {
    request: {
      host,
      issuer: originOf(baseUrl),
      loopbackUri: `http://127.0.0.1/${randomBytes(16).toString('hex')}`,
      redirectUri: openRouterCallback,
      url: (code) => openRouterUrl(baseUrl, code),
    },
    target: baseUrl,
    abilities: { device: false, code: true, redirectUri: undefined },
    exchangeCode: async ({ redirect, codeVerifier }) => {
      onStep({ kind: 'checking', host });
      const code = codeOf(redirect, { issuer: originOf(baseUrl), namesIssuer: false });
      const key = await exchangeForKey(ports.fetch, baseUrl, { code, codeVerifier }, signal);
      return await signInWithKey(ports, { ...request, apiKey: key }, onStep, signal).catch((error: unknown) => {
        if (!(error instanceof SignInRequired) || error.about.reason !== 'refused') throw error;
        throw new SignInRequired({ reason: 'refused', method: 'api-key', host, made: true });
      });
    },
  };
}
