import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import type { Secret } from '../base/secret';

/** What a request to a model server authenticates itself with, and where it goes. */
export interface Access {
  readonly baseUrl: string;
  readonly key: Secret | undefined;
  readonly keyHeader: 'authorization' | 'api-key';
  /** The path, from the origin, of a list that says more of the models than OpenAI's does. */
  readonly modelsPath?: string | undefined;
}

/** The URL of an operation below a base URL; the query stays at the end. */
export function operationUrl({ baseUrl }: Pick<Access, 'baseUrl'>, operation: string): string {
  const [path, query] = baseUrl.split('?');
  return `${path}/${operation}${query ? `?${query}` : ''}`;
}

/**
 * The headers of a request: exactly one carries the key. Throws `ConfigurationError` for a key that no header can hold.
 */
export function accessHeaders({ key, keyHeader }: Pick<Access, 'key' | 'keyHeader'>): Readonly<Record<string, string>> {
  if (!key) return {};
  // Headers hold visible ASCII only (RFC 9110 §5.5). The platform's own error would repeat the key.
  if (!/^[\x21-\x7e]+$/.test(key.reveal())) {
    throw new ConfigurationError(
      { field: 'key' },
      l10n.t('The key holds a space, a line break or a letter that no key has. Enter or set it anew.'),
    );
  }
  return keyHeader === 'api-key' ? { 'api-key': key.reveal() } : { authorization: `Bearer ${key.reveal()}` };
}
