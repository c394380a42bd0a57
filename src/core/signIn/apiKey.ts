import { canBeKeyOf } from '../providers/keyOwner';
import { readKey } from '../config/keyText';
import { ConfigurationError } from '../base/errors';
import type { Provider } from '../providers/provider';
import type { Secret } from '../base/secret';

const PLACEHOLDERS = {
  example: 'This only shows where a key would stand.',
  reference: 'This refers to a key that is kept elsewhere.',
  masked: 'A part of this key is hidden.',
} as const;

/**
 * The key in what a person pasted. Undefined where nothing is left and the provider needs none. Throws
 * `ConfigurationError` for what cannot be a key of the provider; the message never holds what was pasted.
 */
export function readApiKey(pasted: Secret | undefined, provider: Provider): Secret | undefined {
  const read = readKey(pasted?.reveal() ?? '');
  switch (read.kind) {
    case 'empty':
      if (provider.key === 'optional') return undefined;
      throw invalid(`Enter the API key of ${provider.label}.`);
    case 'placeholder':
      throw invalid(`${PLACEHOLDERS[read.what]} Enter the whole key of ${provider.label} itself.`);
    case 'unusable':
      throw invalid(read.why);
    case 'key':
      if (canBeKeyOf(read.key.reveal(), provider)) return read.key;
      throw invalid(
        `A ${provider.label} key begins with "${provider.keyPrefix}", this one does not. ` +
          'Copy it from the console of the plan; other keys belong under "API key".',
      );
  }
}

function invalid(message: string): ConfigurationError {
  return new ConfigurationError({ field: 'apiKey' }, message);
}
