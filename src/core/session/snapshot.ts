import type { Method } from '../base/method';
import type { Account } from '../credentials/account';
import type { Configuration } from '../config/configuration';
import { type Consent, consentFor } from '../credentials/consent';
import { credentialRefusal } from '../credentials/credentialRefusal';
import { keyVariables } from '../credentials/keyVariables';
import { type Credential, resolveCredential } from '../credentials/resolve';
import type { Sources } from '../providers/source';
import { type ConfigurationError, SignInRequired } from '../base/errors';
import type { Verdict } from '../chat/verdicts';
import { FAMILIES } from '../config/families';
import type { FullWindow } from '../limits/fullWindow';
import type { Discovered } from '../models/discovered';
import type { Model } from '../providers/model';
import type { Candidate } from '../models/selection';
import { hostOf } from '../base/origin';
import type { StateStore } from '../base/ports';
import type { SignInAttempt } from '../signIn/signInAttempt';
import { notAllowed } from './heldKey';
import type { SignInStep } from '../signIn/signIn';

/** A test of the connection: not yet made, under way with the text so far, or its outcome. */
export type Connection =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly model: Model; readonly text: string }
  | {
      readonly kind: 'answered';
      readonly model: Model;
      readonly text: string;
      readonly firstTokenMs: number;
      readonly sources: Sources;
      readonly folderLabel: string | undefined;
    }
  | { readonly kind: 'failed'; readonly model: Model | undefined; readonly error: unknown };

/** All that is known at one moment; every view is a function of it. */
export interface Snapshot {
  /** False until the keychain has been read for the first time. */
  readonly loaded: boolean;
  readonly accounts: readonly Account[];
  /** The ids of keychain entries that cannot be read. */
  readonly unreadable: readonly string[];
  readonly problems: readonly ConfigurationError[];
  readonly models: readonly Model[];
  /** What servers named when they were last asked, by account id, and by base URL for that of the variables. */
  readonly discovered: ReadonlyMap<string, Discovered>;
  /** The model in use. */
  readonly selected: Model | undefined;
  /** What could be in use, in the order of precedence; the first is in use. */
  readonly candidates: readonly Candidate[];
  /** What its requests are signed with; where no model is known, what the person signed in with. */
  readonly credential: Credential | undefined;
  /** Whether the credential may go to the model's base URL. */
  readonly consent: Consent;
  /** What files and the process say. */
  readonly configuration: Configuration;
  /** Stands for the server of the variables; its id is empty where nobody names the model. */
  readonly environmentServer: Model | undefined;
  /** Why that server did not say which models it has, where it was asked; an `Error`. */
  readonly undiscovered: Error | undefined;
  readonly signInAttempt: SignInAttempt;
  readonly connection: Connection;
  /** What the server of the model in use last said to the credential in use, where that has no account to note it with. */
  readonly verdict: Verdict | undefined;
  /** Why a key that was kept could not be verified, by account id. */
  readonly doubts: ReadonlyMap<string, unknown>;
  /**
   * The limits of hours or more that are used up, as servers said when they refused a request. Known to the moment:
   * other windows of the editor change it, and none of them says so.
   */
  readonly full: readonly FullWindow[];
}

/** The state of being signed in. `verified` is whether the server has taken the credential. */
export type SessionState =
  | { readonly state: 'signedOut' }
  | { readonly state: 'signingIn'; readonly method: Method; readonly step: SignInStep | undefined }
  | { readonly state: 'signedIn'; readonly method: Method; readonly verified: boolean }
  | { readonly state: 'expired'; readonly method: Method; readonly reason: 'offline' | 'ended' }
  | { readonly state: 'failed'; readonly method: Method; readonly error: unknown };

/**
 * The state that a snapshot means for the person. The credential in use decides, and not an attempt that failed.
 */
export function sessionState(snapshot: Snapshot): SessionState {
  const { signInAttempt, credential } = snapshot;
  if (signInAttempt.kind === 'running')
    return { state: 'signingIn', method: signInAttempt.request.method, step: signInAttempt.step };
  if (credential && (snapshot.consent === 'needed' || snapshot.consent === 'refused')) {
    return { state: 'failed', method: 'api-key', error: notAllowed(snapshot) };
  }
  if (credential) return credentialState(snapshot, credential);
  if (signInAttempt.kind === 'failed')
    return { state: 'failed', method: signInAttempt.request.method, error: signInAttempt.error };
  return { state: 'signedOut' };
}

function credentialState({ verdict }: Snapshot, credential: Credential): SessionState {
  const { account } = credential;
  const method = account?.method ?? 'api-key';
  switch (account?.status) {
    case 'offline':
    case 'ended':
      return { state: 'expired', method, reason: account.status };
    case 'refused':
      return { state: 'failed', method, error: credentialRefusal(credential, account.baseUrl) };
    case 'verified':
    case 'unverified':
      return { state: 'signedIn', method, verified: account.status === 'verified' };
    case undefined:
      return verdict instanceof SignInRequired
        ? { state: 'failed', method, error: verdict }
        : { state: 'signedIn', method, verified: verdict === 'accepted' };
  }
}

/**
 * The model in use, and what signs its requests. Throws `SignInRequired` or `ConfigurationError` where there is none,
 * or where the person has not allowed it.
 */
export function modelInUse(snapshot: Snapshot): { readonly model: Model; readonly credential: Credential } {
  const { selected: model, credential, consent } = snapshot;
  if (!model) throw noModel(snapshot);
  if (!credential) throw noKey(model, snapshot);
  if (consent === 'needed' || consent === 'refused') throw notAllowed(snapshot);
  return { model, credential };
}

/**
 * What signs requests to a model, in use or not. Throws `SignInRequired` or `ConfigurationError` where there is
 * nothing, or where the person has not allowed it, as `consents` says.
 */
export function credentialFor(model: Model, snapshot: Snapshot, consents: StateStore | undefined): Credential {
  const { accounts, configuration, selected } = snapshot;
  const credential =
    model === selected
      ? snapshot.credential
      : resolveCredential(model, { accounts, variables: configuration.variables });
  if (!credential) throw noKey(model, snapshot);
  const consent = consentFor(consents, credential, model);
  if (consent === 'needed' || consent === 'refused') throw notAllowed({ selected: model, credential });
  return credential;
}

/** The error where no model is in use: why the server could not be asked for its models, where that is the reason. */
export function noModel({
  accounts,
  environmentServer: server,
  undiscovered,
}: Pick<Snapshot, 'accounts' | 'environmentServer' | 'undiscovered'>): Error {
  if (server && undiscovered) return undiscovered;
  const ended = accounts.find(({ status }) => status === 'ended');
  if (!server && ended?.method === 'qwen-oauth')
    return new SignInRequired({ reason: 'ended', host: hostOf(ended.issuer) });
  const envKey = FAMILIES.find(({ key }) => key === server?.envKey)?.models[0];
  if (!server || !envKey) return new SignInRequired({ reason: accounts.length > 0 ? 'noModel' : 'signedOut' });
  return new SignInRequired({ reason: 'noModel', server: { host: hostOf(server.baseUrl), envKey } });
}

/** The error where a model has no key; where its variable cannot be used, that variable's problem. */
export function noKey(
  model: Model,
  { configuration }: Pick<Snapshot, 'configuration'>,
): SignInRequired | ConfigurationError {
  const { baseUrl, envKey } = model;
  const [variable] = keyVariables(model, configuration.variables);
  return variable?.problem ?? new SignInRequired({ reason: 'noKey', host: hostOf(baseUrl), ...(envKey && { envKey }) });
}
