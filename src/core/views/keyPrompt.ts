import * as l10n from '@vscode/l10n';
import type { Provider } from '../providers/provider';
import { hostOf } from '../base/origin';

/**
 * The question for a key. It names the server where that is not the provider's own, since another extension or a
 * command may have chosen it.
 */
export function keyPrompt({ label, key }: Pick<Provider, 'label' | 'key'>, baseUrl: string | undefined): string {
  const question = baseUrl
    ? l10n.t('API key of {provider} for {host}', { provider: label, host: hostOf(baseUrl) })
    : l10n.t('API key of {0}', label);
  return key === 'optional' ? l10n.t('{0}; leave it empty if it needs none', question) : question;
}
