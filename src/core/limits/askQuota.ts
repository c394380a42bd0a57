import { send } from '../base/http';
import type { Fetch } from '../base/ports';
import type { Secret } from '../base/secret';
import type { Credential } from '../credentials/resolve';
import { accessHeaders } from '../providers/access';
import { originOf } from '../base/origin';
import { findProvider, PROVIDERS } from '../providers/catalogue';
import type { ModelIdentity } from '../providers/model';
import type { AskedQuota, Quota } from '../providers/quota';

/** Whose quota is asked for: a key, and the place of a provider that it was saved for. */
export interface QuotaAccount {
  readonly provider: string;
  readonly region: string;
  readonly baseUrl: string;
  readonly key: Secret | undefined;
}

/**
 * The account of a key that is sent to a base URL: at that place of a provider, else at its first at the same origin.
 */
export function quotaAccountAt(baseUrl: string, key: Secret | undefined): QuotaAccount | undefined {
  const places = PROVIDERS.flatMap(({ id, regions }) => regions.map((region) => ({ provider: id, region })));
  const here = places.filter(({ region }) => region.baseUrl !== '' && originOf(region.baseUrl) === originOf(baseUrl));
  const place = here.find(({ region }) => region.baseUrl === baseUrl) ?? here[0];
  return place && { provider: place.provider, region: place.region.id, baseUrl: place.region.baseUrl, key };
}

/**
 * The account whose limits count for requests to a model: that of a stored key is where it was saved for, and one of a
 * variable is at the address that its requests go to. Undefined for an OAuth sign-in and at no provider.
 */
export function quotaAccountOf({ baseUrl }: ModelIdentity, credential: Credential): QuotaAccount | undefined {
  if (credential.kind === 'oauth') return undefined;
  const place = quotaAccountAt(baseUrl, credential.key);
  return credential.account ?? (place && { ...place, baseUrl });
}

const TIMEOUT_MS = 10_000;
/** How much of an answer is read, in bytes. */
const MAX_BYTES = 64 * 1024;

/** How the provider of an account is asked for its quota; undefined where it does not answer a key. */
export function askedQuotaOf({ provider, region, key }: Omit<QuotaAccount, 'baseUrl'>): AskedQuota | undefined {
  const quota = findProvider(provider)?.quota;
  if (quota?.kind !== 'asked' || !key) return undefined;
  return quota.regions === undefined || quota.regions.includes(region) ? quota : undefined;
}

/**
 * Asks a provider what is left, at the origin that the key was saved for and at no other; nothing where its
 * answer is not understood. Throws `RequestError` where there is none, `ConfigurationError` for a key that
 * no header can hold, `Cancelled`.
 */
export async function askQuota(
  fetch: Fetch,
  account: QuotaAccount,
  now: number,
  signal: AbortSignal,
): Promise<readonly Quota[]> {
  const quota = askedQuotaOf(account);
  if (!quota || !account.key) return [];
  const bearer = accessHeaders({ key: account.key, keyHeader: 'authorization' });
  const headers = {
    accept: 'application/json',
    ...bearer,
    ...(quota.bareKey && { authorization: account.key.reveal() }),
  };
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES };
  const answer = await send(fetch, quotaUrl(quota, account.baseUrl), { headers }, signal, limits);
  return answer.ok ? quota.read(answer.json, { now, region: account.region }) : [];
}

function quotaUrl({ at, path }: AskedQuota, baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return at === 'origin' ? origin + path : origin + pathname.replace(/\/$/, '') + path;
}
