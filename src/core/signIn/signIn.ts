import * as l10n from '@vscode/l10n';
import { listText } from '../../language/listText';
import { joinSentences } from '../../language/joinSentences';
import { type KeyAccount, OAUTH_ACCOUNT, type OAuthAccount } from '../credentials/account';
import type { Trashed } from '../credentials/trash';
import { readBaseUrl, usualBaseUrl } from '../config/baseUrl';
import { foreignOwner } from '../providers/keyOwner';
import { quoted } from '../config/keyShape';
import type { Endpoint, Settings } from '../config/settings';
import { ConfigurationError, type RefusedKey, RequestError, SignInRequired } from '../base/errors';
import { endpointName, findProvider, usualModelId } from '../providers/catalogue';
import { CODING_PLAN, QWEN_OAUTH_MODELS } from '../providers/alibaba';
import { CUSTOM_SERVER } from '../providers/ownServers';
import type { Provider, Region } from '../providers/provider';
import { keyHeaderAt } from '../providers/azure';
import { type AccessCheck, checkAccess, type ProofModel } from './checkAccess';
import type { AuthorizationServer, OAuthClient } from '../oauth/authorizationServer';
import type { DeviceAuthorization } from '../oauth/deviceAuthorization';
import { apiBaseUrl, isQwensDialect } from '../oauth/resourceUrl';
import type { TokenSet } from '../oauth/tokenSet';
import { hostOf } from '../base/origin';
import type { Clock } from '../base/ports';
import type { ChatPorts } from '../chat/sdkClient';
import { isUnauthorized } from '../chat/authorizedChat';
import { refusedWith } from '../credentials/credentialRefusal';
import { readApiKey } from './apiKey';
import type { SignInOptions, SignInRequest } from './signInRequest';
import type { RedirectFlow } from './flows';
import { otherPlaces, placeText } from './keyPlaces';

/** Where a sign-in stands. */
export type SignInStep =
  | { readonly kind: 'contacting'; readonly host: string }
  | { readonly kind: 'userCode'; readonly host: string; readonly device: DeviceAuthorization }
  /** The browser was sent to `host`, and its redirect is waited for. */
  | { readonly kind: 'redirect'; readonly host: string; readonly url: string; readonly flow: RedirectFlow }
  | { readonly kind: 'checking'; readonly host: string };

/** A sign-in that worked: what is to be stored, and which models the server named. */
export interface SignedIn {
  readonly account: OAuthAccount | KeyAccount;
  readonly check: AccessCheck;
  /** The model asked for, by the request or in the pasted address. */
  readonly model: string | undefined;
  /** The account that was stored in its place before, where that had another secret: it can be restored for a while. */
  readonly replaced?: Trashed;
  /** The account of which this is a change, and in whose place it is kept. */
  readonly instead?: KeyAccount;
}

/** A sign-in with a key. */
interface SignedInWithKey extends SignedIn {
  readonly account: KeyAccount;
}

/** An account to be stored, and what its server said of it. */
export type CheckedAccount = Pick<SignedIn, 'account' | 'check' | 'instead'>;

/** What a sign-in needs. */
export interface SignInPorts extends ChatPorts {
  readonly clock: Clock;
  readonly settings: Settings;
}

/** Where a key would go, before it is checked. */
interface KeyTarget {
  readonly provider: Provider;
  readonly region: Region;
  readonly endpoint: Omit<Endpoint, 'from'> & { readonly from: KeyAccount['baseUrlFrom'] };
  readonly model?: string;
  readonly note?: string;
}

/**
 * Makes one request with tokens that were granted: only that makes a sign-in true. Throws `RequestError`,
 * `SignInRequired`, `ConfigurationError` or `Cancelled`; stores nothing.
 */
export async function signedInWithTokens(
  ports: SignInPorts,
  from: { readonly server: AuthorizationServer; readonly client: OAuthClient; readonly request: SignInRequest },
  tokens: TokenSet,
  onStep: (step: SignInStep) => void,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { issuer, tokenEndpoint } = from.server;
  const baseUrl = ports.settings.oauthApi() ?? apiBaseUrl(tokens.resourceUrl, issuer);
  onStep({ kind: 'checking', host: hostOf(baseUrl) });
  const access = { baseUrl, key: tokens.accessToken, keyHeader: 'authorization' } as const;
  const { model } = from.request;
  const isQwens = isQwensDialect(tokens, issuer);
  // Every other API is asked which models it has.
  const asked = proofModel(model, isQwens ? QWEN_OAUTH_MODELS[0]?.id : undefined);
  const check = await checkAccess(ports, access, asked, signal).catch((error: unknown): AccessCheck => {
    // A firewall's page says nothing of the tokens, which the person has approved.
    if (error instanceof RequestError && error.details.page) return { kind: 'unverified', models: [], error };
    // The person did everything right; the API refuses what its own authorization server granted.
    throw isUnauthorized(error)
      ? new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host: error.host })
      : error;
  });
  const { clientId } = from.client;
  const status = statusOf(check);
  const known = isQwens ? undefined : (model ?? check.models[0]?.id);
  const account = {
    id: OAUTH_ACCOUNT,
    method: 'qwen-oauth',
    issuer,
    tokenEndpoint,
    clientId,
    tokens,
    baseUrl,
  } as const;
  return { account: { ...account, status, ...(known && { model: known }) }, check, model };
}

/**
 * Checks a key against the server that it is for. Throws `ConfigurationError` with the field's name where something
 * typed cannot be used, `RequestError` where the server refuses; stores nothing.
 */
export async function signInWithKey(
  ports: SignInPorts,
  request: SignInRequest,
  onStep: (step: SignInStep) => void,
  signal: AbortSignal,
): Promise<SignedInWithKey> {
  const target = keyTarget(request, ports.settings);
  const { provider, region, endpoint } = target;
  const key = readApiKey(request.apiKey, provider);
  const model = request.model?.trim() || target.model;
  const { baseUrl } = endpoint;
  const owner = key && !request.anyway ? foreignOwner(key.reveal(), provider) : undefined;
  if (owner) {
    const { name, provider: other } = owner;
    throw new SignInRequired({
      reason: 'foreignKey',
      method: provider.method,
      here: provider.label,
      there: name,
      ...(other && { otherProvider: other.id }),
    });
  }
  onStep({ kind: 'checking', host: hostOf(baseUrl) });
  const keyHeader = provider.keyHeader === 'api-key' ? provider.keyHeader : keyHeaderAt(baseUrl);
  const access = { baseUrl, key, keyHeader, modelsPath: provider.modelsPath };
  const asked = proofModel(model, usualModelId(provider));
  const check = await checkAccess(ports, access, asked, signal).catch((error: unknown) => {
    const places = key ? otherPlaces({ provider, region }, key, ports.settings) : [];
    const isForbidden = places.length > 0 && isForbiddenKey(error);
    if (!isUnauthorized(error) && !isForbidden) throw error;
    throw new SignInRequired({
      ...refusedKey(target),
      ...(key && { keyLast4: key.last4 }),
      ...(places.length > 0 && { places: places.map((place) => placeText(place, provider)) }),
      ...refusedWith(error),
    });
  });
  return {
    account: {
      id: accountId(provider, region, endpoint),
      method: provider.method,
      provider: provider.id,
      region: region.id,
      baseUrl,
      baseUrlFrom: endpoint.from,
      key,
      keyHeader,
      status: statusOf(check),
    },
    check,
    model,
  };
}

/** The provider, region and base URL that a request means. Throws `ConfigurationError` with the field's name. */
export function keyTarget(request: SignInOptions, settings: Settings): KeyTarget {
  const named = request.provider ?? (request.method === 'coding-plan' ? CODING_PLAN.id : CUSTOM_SERVER.id);
  const provider = findProvider(named);
  if (!provider || provider.method !== request.method) {
    throw new ConfigurationError(
      { field: 'provider' },
      l10n.t('{named} is not a provider that is known. Choose one from the list.', { named: quoted(named) }),
    );
  }
  const region = request.region ? provider.regions.find(({ id }) => id === request.region) : provider.regions[0];
  if (!region) {
    const known = listText(provider.regions.map(({ id }) => `"${id}"`));
    throw new ConfigurationError(
      { field: 'region' },
      joinSentences(
        l10n.t('{label} has no region {name}.', {
          label: provider.label,
          name: quoted(request.region ?? '', l10n.t('of that name')),
        }),
        l10n.t('Its regions are {known}.', { known }),
      ),
    );
  }
  const typed = request.baseUrl?.trim();
  if (typed && provider.baseUrl !== 'fixed') {
    const { baseUrl, ...rest } = readBaseUrl(typed, 'baseUrl');
    return { provider, region, endpoint: { baseUrl, from: 'typed' }, ...rest };
  }
  if (typed && usualBaseUrl(typed) !== settings.endpoint(provider, region).baseUrl) {
    throw new ConfigurationError(
      { field: 'baseUrl' },
      l10n.t('The address of {label} is fixed. For another server choose "Another OpenAI-compatible server".', {
        label: provider.label,
      }),
    );
  }
  const endpoint = settings.endpoint(provider, region);
  if (endpoint.baseUrl) return { provider, region, endpoint };
  throw new ConfigurationError(
    { field: 'baseUrl' },
    l10n.t('Enter the base URL of your server, such as {baseUrlHint}.', { baseUrlHint: provider.baseUrlHint }),
  );
}

/** What is said of a key that a server refused. */
export function refusedKey({ provider, region, endpoint }: KeyTarget): RefusedKey {
  const { id, method } = provider;
  return { reason: 'refused', method, provider: id, region: region.id, host: hostOf(endpoint.baseUrl) };
}

function accountId(provider: Provider, region: Region, endpoint: KeyTarget['endpoint']): string {
  const name = endpointName(provider, region);
  return endpoint.from === 'typed' ? `${name}@${endpoint.baseUrl}` : name;
}

/** Whether a server said 403 to a key, and not to the model or to an account without money. */
export function isForbiddenKey(error: unknown): error is RequestError {
  return error instanceof RequestError && error.details.status === 403 && error.reason === 'notYours';
}

/** A model that was asked for must exist; one that is only the catalogue's first is a guess. */
function proofModel(asked: string | undefined, guess: string | undefined): ProofModel | undefined {
  const id = asked || guess;
  return id ? { id, required: Boolean(asked) } : undefined;
}

function statusOf(check: AccessCheck): 'verified' | 'unverified' {
  return check.kind === 'accepted' ? 'verified' : 'unverified';
}
