import type { Provider } from '../providers/provider';

/** The headings that providers are offered under. */
export const PROVIDER_GROUPS: Readonly<Record<Provider['group'], string>> = {
  alibaba: 'Alibaba Cloud',
  vendor: 'Makers of models',
  gateway: 'Gateways to many models',
  own: 'Servers of your own',
};
