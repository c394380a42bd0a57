import { canBeKeyOf } from '../providers/keyOwner';
import type { Settings } from '../config/settings';
import { ConfigurationError } from '../base/errors';
import { endpointName, PROVIDERS } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import { hostOf } from '../base/origin';
import type { Secret } from '../base/secret';

/** A place where a key may be good. */
export interface KeyPlace {
  readonly provider: Provider;
  readonly region: Region;
  readonly baseUrl: string;
}

/**
 * The other places of a vendor where a key that one of them refused may be good: the provider's other regions, then the
 * vendor's other plans. A plan whose keys all begin otherwise is none.
 */
export function otherPlaces(
  at: Pick<KeyPlace, 'provider' | 'region'>,
  key: Secret,
  settings: Pick<Settings, 'endpoint'>,
): readonly KeyPlace[] {
  const others = PROVIDERS.filter((one) => one.vendor === at.provider.vendor && one !== at.provider);
  const here = endpointName(at.provider, at.region);
  return [at.provider, ...others]
    .filter((provider) => provider.baseUrl === 'fixed' && canBeKeyOf(key.reveal(), provider))
    .flatMap((provider) => provider.regions.map((region) => ({ provider, region })))
    .filter(({ provider, region }) => endpointName(provider, region) !== here)
    .flatMap((place) => withBaseUrl(place, settings));
}

/** The place of the catalogue that has a base URL, with a company's gateways in the places of theirs. */
export function placeAt(baseUrl: string, settings: Pick<Settings, 'endpoint'>): KeyPlace | undefined {
  return PROVIDERS.filter((provider) => provider.baseUrl === 'fixed')
    .flatMap((provider) => provider.regions.flatMap((region) => withBaseUrl({ provider, region }, settings)))
    .find((place) => place.baseUrl === baseUrl);
}

/** A place by its name, with the provider's where it is another one than `from`. */
export function placeName({ provider, region }: Pick<KeyPlace, 'provider' | 'region'>, from?: Provider): string {
  if (provider.regions.length === 1) return provider.label;
  return provider === from ? region.label : `${provider.label}, ${region.label}`;
}

/** A place by its name and the host that a key is sent to. */
export function placeText(place: KeyPlace, from?: Provider): string {
  return `${placeName(place, from)} at ${hostOf(place.baseUrl)}`;
}

/** None where the address in its place cannot be used. */
function withBaseUrl(place: Omit<KeyPlace, 'baseUrl'>, settings: Pick<Settings, 'endpoint'>): readonly KeyPlace[] {
  try {
    return [{ ...place, baseUrl: settings.endpoint(place.provider, place.region).baseUrl }];
  } catch (error) {
    if (error instanceof ConfigurationError) return [];
    throw error;
  }
}
