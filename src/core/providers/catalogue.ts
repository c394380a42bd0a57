import type { CatalogueModel, Provider, Region } from './provider';
import { ALIBABA_PROVIDERS } from './alibaba';
import { GATEWAY_PROVIDERS } from './gateways';
import { OWN_SERVERS } from './ownServers';
import { VENDOR_PROVIDERS } from './vendors';

/** Every provider whose keys can be saved, in the order in which they are offered. */
export const PROVIDERS: readonly Provider[] = [
  ...ALIBABA_PROVIDERS,
  ...VENDOR_PROVIDERS,
  ...GATEWAY_PROVIDERS,
  ...OWN_SERVERS,
];

/** The provider of that id, if there is one. */
export function findProvider(id: string | undefined): Provider | undefined {
  return PROVIDERS.find((provider) => provider.id === id);
}

/**
 * The id of the model of a provider to begin with: its best for code among those that its server named, where it named
 * any, else the catalogue's first.
 */
export function usualModelId(
  { bestForCode, models }: Pick<Provider, 'bestForCode' | 'models'>,
  named: readonly Pick<CatalogueModel, 'id'>[] = [],
): string | undefined {
  const isThere = (id: string): boolean => named.length === 0 || named.some((one) => one.id === id);
  return bestForCode.find(isThere) ?? models[0]?.id;
}

/** Asked for with every model: the first provider of a base URL has it. */
const atBaseUrl: ReadonlyMap<string, Provider> = new Map(
  PROVIDERS.toReversed().flatMap((provider) => provider.regions.map(({ baseUrl }) => [baseUrl, provider] as const)),
);

/** The provider that has a place at a base URL. */
export function providerAt(baseUrl: string): Provider | undefined {
  return atBaseUrl.get(baseUrl);
}

/** What is known of the model of that id at a base URL. */
export function catalogueModel(id: string, baseUrl: string): CatalogueModel | undefined {
  return providerAt(baseUrl)?.models.find((model) => model.id === id);
}

/** The name of a provider's place in the setting `qwen.endpoints`: `provider/region`, or the provider alone. */
export function endpointName(provider: Provider, region: Region): string {
  return region.id ? `${provider.id}/${region.id}` : provider.id;
}
