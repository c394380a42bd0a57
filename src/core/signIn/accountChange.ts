import { findBaseUrl } from '../config/baseUrl';
import { isBelow } from '../base/origin';
import type { Secret } from '../base/secret';
import type { KeyAccount } from '../credentials/account';
import { type SignedIn, type SignInPorts, signInWithKey } from './signIn';

/** What is to become of an account; an empty address or no key is the one that it has. */
export interface AccountChange {
  readonly name: string;
  readonly baseUrl: string;
  readonly apiKey?: Secret;
}

/** Whether the server has to be asked before the change is kept. */
export function isChecked(account: KeyAccount, { baseUrl, apiKey }: AccountChange): boolean {
  return apiKey !== undefined || addressAfter(account, baseUrl) !== account.baseUrl;
}

/**
 * Whether the change would send the key that is stored to where it was not saved for: the person has to say yes to that
 * first. A form of the panel alone does not decide it.
 */
export function sendsKeyElsewhere(account: KeyAccount, { baseUrl, apiKey }: AccountChange): boolean {
  if (!account.key || apiKey) return false;
  const address = addressAfter(account, baseUrl);
  return address === undefined || !isBelow(address, account.baseUrl);
}

/** The account as it is to become, taken by its server. Throws as `signInWithKey` does; stores nothing. */
export async function changedAccount(
  ports: SignInPorts,
  account: KeyAccount,
  change: AccountChange,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { method, provider, region, baseUrlFrom } = account;
  const isMoved = addressAfter(account, change.baseUrl) !== account.baseUrl;
  const baseUrl = isMoved ? change.baseUrl : baseUrlFrom === 'typed' ? account.baseUrl : undefined;
  const apiKey = change.apiKey ?? account.key;
  const request = {
    method,
    provider,
    ...(region && { region }),
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
    // That the stored key is for this provider was agreed to before.
    ...(!change.apiKey && { anyway: true as const }),
  };
  const signedIn = await signInWithKey(ports, request, () => undefined, signal);
  const name = change.name.trim();
  return { ...signedIn, account: { ...signedIn.account, ...(name && { name }) }, instead: account };
}

/** The address as it would be kept; undefined where what was typed is none. */
function addressAfter({ baseUrl }: KeyAccount, typed: string): string | undefined {
  return typed.trim() === '' ? baseUrl : findBaseUrl(typed)?.baseUrl;
}
