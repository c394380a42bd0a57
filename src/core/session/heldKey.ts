import * as l10n from '@vscode/l10n';
import { type HeldKey, SignInRequired } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
import { USUAL_KEY_VARIABLES } from '../config/families';
import { describeSource } from '../providers/source';
import type { Credential } from '../credentials/resolve';
import type { Model } from '../providers/model';

/** A key and the model that it is for; neither where nothing is in use. */
interface InUse {
  readonly credential: Credential | undefined;
  readonly selected: Model | undefined;
}

/** The error where a key may not go to the server that a workspace names. */
export function notAllowed(about: InUse): SignInRequired {
  return new SignInRequired(heldKey(about));
}

/** The key that is held back, and what a person has to know to let it go. */
export function heldKey({ credential, selected }: InUse): HeldKey {
  const { account, key, source } = credential?.kind === 'key' ? credential : {};
  const { baseUrl = '', baseUrlSource, envKey } = selected ?? {};
  const isVariable = account === undefined && source?.kind !== 'argument' && envKey !== undefined;
  return {
    reason: 'notAllowed',
    host: account ? addressText(baseUrl) : hostOf(baseUrl),
    keyFrom: account
      ? l10n.t('the keychain, where it was saved for {address}', { address: addressText(account.baseUrl) })
      : describeSource(source ?? { kind: 'none' }),
    addressFrom: describeSource(baseUrlSource ?? { kind: 'none' }),
    ...(key && { keyLast4: key.last4 }),
    ...(isVariable && { variable: { name: envKey, isUsual: USUAL_KEY_VARIABLES.has(envKey) } }),
  };
}
