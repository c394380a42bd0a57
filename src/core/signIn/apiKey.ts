import { canBeKeyOf } from '../config/keyShape';
import { ConfigurationError } from '../base/errors';
import type { Provider } from '../providers/catalogue';
import { Secret } from '../base/secret';

/**
 * The key in what a person pasted: blanks, quotes, `Bearer` and `export NAME=` around it taken off. Undefined where
 * nothing is left and the provider needs none. Throws `ConfigurationError` for what cannot be a key of the provider;
 * the message never holds what was pasted.
 */
export function readApiKey(pasted: Secret | undefined, provider: Provider): Secret | undefined {
  const key = (pasted?.reveal() ?? '')
    .trim()
    // What follows the sign must not be the end: `=` also fills up the end of a key in base64.
    .replace(/^(export\s+|set\s+|\$env:)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(?=[^=\s])/, '')
    .replace(/^["'`]+|["'`;]+$/g, '')
    .replace(/^bearer\s+/i, '')
    .trim();
  if (key === '') {
    if (provider.key === 'optional') return undefined;
    throw invalid(`Enter the API key of ${provider.label}.`);
  }
  // A header value may hold visible ASCII only (RFC 9110 §5.5); anything else came along with the copying.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw invalid('The key holds a space, a line break or a letter that no key has. Copy it again, the key alone.');
  }
  if (/^(https?:)?\/\//i.test(key)) throw invalid('This is a web address, not a key.');
  if (!canBeKeyOf(key, provider)) {
    throw invalid(
      `A ${provider.label} key begins with "${provider.keyPrefix}", this one does not. ` +
        'Copy it from the console of the plan; other keys belong under "API key".',
    );
  }
  return new Secret(key);
}

function invalid(message: string): ConfigurationError {
  return new ConfigurationError({ field: 'apiKey' }, message);
}
