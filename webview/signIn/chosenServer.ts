import type { ProviderView, RegionView } from '../../src/shared/signInViews';

/** A server as far as a form says which: its provider, where that is, and the base URL as typed. */
export interface ChosenServer {
  readonly provider: ProviderView;
  readonly region: string;
  readonly typedUrl: string;
}

/** What an intent names the server by; what the provider leaves no choice of is left out. */
export function endpoint({ provider, region, typedUrl }: ChosenServer) {
  return {
    provider: provider.id,
    ...(provider.regions.length > 1 && { region }),
    ...(provider.baseUrl !== 'fixed' && typedUrl !== '' && { baseUrl: typedUrl }),
  };
}

/** Whether a URL is still to be typed, which is not an error yet. */
export const isUrlAwaited = (server: ChosenServer | undefined) =>
  server?.provider.baseUrl === 'required' && server.typedUrl === '';

/** The region with the id, or else the first. */
export const regionOf = ({ regions }: ProviderView, id: string): RegionView | undefined =>
  regions.find((region) => region.id === id) ?? regions[0];
