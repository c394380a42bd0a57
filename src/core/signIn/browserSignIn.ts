import * as l10n from '@vscode/l10n';
import { ConfigurationError, SignInRequired } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { type Flow, flowsFor } from './flows';
import type { Grant, Progress } from './grant';
import { oauthGrant, type OAuthPorts } from './oauthGrant';
import { openRouterGrant } from './openRouterGrant';
import type { PendingSignIn } from './pendingSignIns';
import { aboutOf, type AuthorizationResponse, type RedirectPorts, type Redirects } from './redirects';
import type { SignedIn } from './signIn';
import { type SignInRequest, withoutKey } from './signInRequest';

/** Whether a request asks for a sign-in in the browser rather than one with a key. */
export function isInBrowser({ method, provider, flow, apiKey }: SignInRequest): boolean {
  if (method === 'qwen-oauth') return true;
  return findProvider(provider)?.browserSignIn === true && flow !== undefined && flow !== 'key' && !apiKey;
}

/**
 * Signs in with the browser, by the flow of the request or the first that works here. Throws `OAuthError`,
 * `RequestError`, `SignInRequired`, `ConfigurationError` or `Cancelled`; stores nothing.
 */
export async function signInWithBrowser(
  ports: OAuthPorts & { readonly host: RedirectPorts['host'] },
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
  let response = await redirects.authorize(grant.request, about, flow, progress.onStep, signal);
  for (const narrower of grant.narrower) {
    if (response.redirect.error !== 'invalid_scope') break;
    response = await redirects.authorize(narrower, about, flow, progress.onStep, signal);
  }
  return await grant.exchangeCode(response);
}

/**
 * Goes on with a sign-in of another window, or of this one before a reload. Throws as `signInWithBrowser` does, and
 * `SignInRequired` where the settings name another server by now.
 */
export async function finishSignIn(
  ports: OAuthPorts,
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
function choose({ method, flow }: SignInRequest, flows: ReturnType<typeof flowsFor>, grant: Grant): Flow {
  const [first] = flows;
  if (!flow) return first;
  // A server without device codes says that better itself.
  if (flows.includes(flow) || (flow === 'device' && grant.authorizeDevice)) return flow;
  if (method === 'api-key') return first;
  throw unfit(grant);
}

function unfit({ request }: Grant): ConfigurationError {
  return new ConfigurationError(
    { field: 'flow' },
    l10n.t('{host} or this computer cannot sign in this way. Choose another one.', { host: request.host }),
  );
}

async function grantFor(
  ports: OAuthPorts,
  request: SignInRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  return await (request.method === 'qwen-oauth' ? oauthGrant : openRouterGrant)(ports, request, progress, signal);
}
