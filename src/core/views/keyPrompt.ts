import type { Provider } from '../providers/provider';
import { hostOf } from '../base/origin';

/**
 * The question for a key. It names the server where that is not the provider's own, since another extension or a
 * command may have chosen it.
 */
export function keyPrompt({ label, key }: Pick<Provider, 'label' | 'key'>, baseUrl: string | undefined): string {
  const question = `API key of ${label}${baseUrl ? ` for ${hostOf(baseUrl)}` : ''}`;
  return key === 'optional' ? `${question}; leave it empty if it needs none` : question;
}
