import * as l10n from '@vscode/l10n';
import type { Provider } from '../providers/provider';

/** The headings that providers are offered under. */
export const PROVIDER_GROUPS: Readonly<Record<Provider['group'], string>> = {
  alibaba: l10n.t('Alibaba Cloud'),
  vendor: l10n.t('Makers of models'),
  gateway: l10n.t('Gateways to many models'),
  own: l10n.t('Servers of your own'),
};
