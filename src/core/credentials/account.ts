import type { KeyMethod } from '../base/method';
import type { TokenSet } from '../oauth/tokenSet';
import type { Secret } from '../base/secret';

/**
 * What is known of a stored credential. `unverified`: its server could not be asked yet. `offline`: the access token
 * ran out and the authorization server cannot be reached. `ended`: the refresh token is dead. `refused`: the server
 * said no to the key.
 */
export type AccountStatus = 'verified' | 'unverified' | 'offline' | 'ended' | 'refused';

interface Stored {
  /** Unique and without secrets, e.g. `coding-plan/china`. */
  readonly id: string;
  readonly status: AccountStatus;
  /** Where its requests go; the credential is sent to this origin only. */
  readonly baseUrl: string;
  /** The file that it is kept in, where that is not the keychain. */
  readonly file?: string;
}

/** Somebody signed in at an authorization server. */
export interface OAuthAccount extends Stored {
  readonly method: 'qwen-oauth';
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly tokens: TokenSet;
  /** The model that the sign-in was checked with, where its server is not Qwen's, whose models the catalogue has. */
  readonly model?: string;
}

/** An API key, or the knowledge that a server needs none. */
export interface KeyAccount extends Stored {
  readonly method: KeyMethod;
  readonly provider: string;
  readonly region: string;
  readonly key: Secret | undefined;
  readonly keyHeader: 'authorization' | 'api-key';
  readonly baseUrlFrom: 'catalogue' | 'settings' | 'typed';
  /** What the person calls it, where they do. */
  readonly name?: string;
}

/** A credential together with what it is for. */
export type Account = OAuthAccount | KeyAccount;

/** The id of the one sign-in at an authorization server. */
export const OAUTH_ACCOUNT = 'qwen-oauth';

/** The account that counts where nobody has chosen a model: the first that works, else the first. */
export function firstAccount(accounts: readonly Account[]): Account | undefined {
  return accounts.find(isUsable) ?? accounts[0];
}

/** Whether requests may be signed with it, as far as is known. */
export function isUsable(account: Account): boolean {
  return account.status === 'verified' || account.status === 'unverified';
}
