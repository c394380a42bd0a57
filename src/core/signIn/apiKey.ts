import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { canBeKeyOf } from '../providers/keyOwner';
import { readKey } from '../config/keyText';
import { ConfigurationError } from '../base/errors';
import type { Provider } from '../providers/provider';
import type { Secret } from '../base/secret';

const PLACEHOLDERS = {
  example: l10n.t('This only shows where a key would stand.'),
  reference: l10n.t('This refers to a key that is kept elsewhere.'),
  masked: l10n.t('A part of this key is hidden.'),
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
      throw invalid(l10n.t('Enter the API key of {label}.', { label: provider.label }));
    case 'placeholder':
      throw invalid(
        joinSentences(
          PLACEHOLDERS[read.what],
          l10n.t('Enter the whole key of {label} itself.', { label: provider.label }),
        ),
      );
    case 'unusable':
      throw invalid(read.why);
    case 'key':
      if (canBeKeyOf(read.key.reveal(), provider)) return read.key;
      throw invalid(
        l10n.t(
          'A {label} key begins with "{keyPrefix}", this one does not. ' +
            'Copy it from the console of the plan; other keys belong under "API key".',
          { label: provider.label, keyPrefix: provider.keyPrefix ?? '' },
        ),
      );
  }
}

function invalid(message: string): ConfigurationError {
  return new ConfigurationError({ field: 'apiKey' }, message);
}
