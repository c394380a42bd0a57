import * as l10n from '@vscode/l10n';
import { PROVIDERS } from '../providers/catalogue';
import type { Source } from '../providers/source';
import { FAMILIES } from './families';
import { strayAddress } from './otherNames';
import type { Variable } from './variable';
import { findVariables, type VariablePlaces } from './variables';

/** Where requests with OpenAI's variable go where nobody names a base URL. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/** The address of a server that nobody wrote beside its model, and who says so. */
export interface DefaultAddress {
  readonly baseUrl: string;
  readonly source: Source;
  readonly side: Variable['side'];
}

/**
 * Where the key of a variable goes that an entry without a base URL names: to the base URL beside that variable, else
 * to the provider whose variable it is. Answers why it goes nowhere, to go on after a name, where neither is known.
 */
export function defaultAddress(envKey: string, places: VariablePlaces | undefined): DefaultAddress | string {
  const family = FAMILIES.find(({ key }) => key === envKey);
  const given = family && places ? findVariables(family.baseUrl, places)[0] : undefined;
  if (family && given?.problem) return l10n.t('{baseUrl} cannot be used', { baseUrl: family.baseUrl });
  if (given) return { baseUrl: given.value.reveal(), source: given.source, side: given.side };
  if (family && places && strayAddress(family, places))
    return l10n.t('{baseUrl} is written in another way', { baseUrl: family.baseUrl });
  const provider = PROVIDERS.find((one) => one.envKey === envKey && one.regions[0].baseUrl !== '');
  if (!provider) return l10n.t('{envKey} is the variable of no provider that is known here', { envKey });
  const why = l10n.t('{label}\'s, as the entry has no "baseUrl"', { label: provider.label });
  return { baseUrl: provider.regions[0].baseUrl, source: { kind: 'default', why }, side: 'person' };
}
