import * as l10n from '@vscode/l10n';
import type { ProviderView } from '../../src/shared/signInViews';

/** What the places of a provider, or of any, are called above the field to choose one. */
export function regionsLabel(are: ProviderView['regionsAre'] | undefined): string {
  return are === 'plan' ? l10n.t('Plan') : l10n.t('Region');
}
