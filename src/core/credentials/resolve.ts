import { keyHeaderAt } from '../providers/azure';
import type { Model } from '../providers/model';
import { argumentIn } from '../config/arguments';
import type { KeyCommand } from '../config/keyCommands';
import type { VariablePlaces } from '../config/variables';
import { isLoopback, originOf } from '../base/origin';
import type { Secret } from '../base/secret';
import { type Account, isUsable, type KeyAccount, type OAuthAccount } from './account';
import { keyVariables } from './keyVariables';
import type { Side, Source } from '../providers/source';

/** What a request to a model is signed with, and where it came from. */
export type Credential =
  | { readonly kind: 'oauth'; readonly account: OAuthAccount; readonly source: Source }
  | {
      readonly kind: 'key';
      readonly account: KeyAccount | undefined;
      readonly key: Secret | undefined;
      readonly keyHeader: 'authorization' | 'api-key';
      readonly source: Source;
      /** Whose key it is. */
      readonly side: Side;
    }
  /** A key that a command prints, which is asked when a request is made. */
  | {
      readonly kind: 'command';
      readonly account: undefined;
      readonly key: undefined;
      readonly keyHeader: 'authorization' | 'api-key';
      readonly source: Source;
      readonly command: KeyCommand;
    };

/** What credentials are looked for in. */
export interface CredentialPlaces {
  readonly accounts: readonly Account[];
  readonly variables: VariablePlaces;
}

type CredentialSource = (model: Model, places: CredentialPlaces) => readonly Credential[];

/** The order in which sources answer; the first that has a credential wins. */
const CREDENTIAL_SOURCES: readonly CredentialSource[] = [
  fromArgument,
  fromKeychain,
  fromCommand,
  fromVariable,
  fromLoopback,
];

/** The credential for a model; undefined where no source has one. */
export function resolveCredential(model: Model, places: CredentialPlaces): Credential | undefined {
  for (const source of CREDENTIAL_SOURCES) {
    const [first] = source(model, places);
    if (first) return first;
  }
  return undefined;
}

/** The credential for a model, and behind it those that it shadows. */
export function resolveCredentials(model: Model, places: CredentialPlaces): readonly Credential[] {
  return CREDENTIAL_SOURCES.flatMap((source) => source(model, places));
}

/** A key that was given with the command is for this request, whatever else there is. */
function fromArgument({ baseUrl }: Model, { variables }: CredentialPlaces): readonly Credential[] {
  const argument = argumentIn(variables.commandLine, '--openai-api-key');
  if (!argument) return [];
  const { value: key, source, side } = argument;
  return [{ kind: 'key', account: undefined, key, keyHeader: keyHeaderAt(baseUrl), source, side }];
}

/** An account saved for exactly this base URL, else a key saved for its origin: a credential goes nowhere else. */
function fromKeychain(model: Model, { accounts }: CredentialPlaces): readonly Credential[] {
  const here = accounts.filter(({ baseUrl }) => baseUrl === model.baseUrl);
  const sameOrigin = accounts.filter(
    ({ method, baseUrl }) =>
      method !== 'qwen-oauth' && baseUrl !== model.baseUrl && originOf(baseUrl) === originOf(model.baseUrl),
  );
  // Of several keys for one origin it is not known which one is meant for another path.
  const found = [...here, ...(sameOrigin.length === 1 ? sameOrigin : [])];
  return found.sort((one, other) => Number(isUsable(other)) - Number(isUsable(one))).map(credentialOf);
}

/** The credential that an account is. */
export function credentialOf(account: Account): Credential {
  const source: Source = { kind: 'keychain', name: account.id, ...(account.file && { file: account.file }) };
  if (account.method === 'qwen-oauth') return { kind: 'oauth', account, source };
  const { key, keyHeader } = account;
  return { kind: 'key', account, key, keyHeader, source: key ? source : { kind: 'none' }, side: 'person' };
}

/** A command is for exactly the base URL that the person has named it for. */
function fromCommand({ baseUrl }: Model, { variables }: CredentialPlaces): readonly Credential[] {
  const command = variables.keyCommands?.find((one) => one.baseUrl === baseUrl);
  if (!command) return [];
  const { source } = command;
  return [{ kind: 'command', account: undefined, key: undefined, keyHeader: keyHeaderAt(baseUrl), source, command }];
}

/** A variable that cannot be used ends the search: the next one would be another key than the one that is meant. */
function fromVariable(model: Model, { variables }: CredentialPlaces): readonly Credential[] {
  const found = keyVariables(model, variables);
  const broken = found.findIndex(({ problem }) => problem);
  return found.slice(0, broken < 0 ? found.length : broken).map(({ value: key, source, side }) => {
    return { kind: 'key', account: undefined, key, keyHeader: keyHeaderAt(model.baseUrl), source, side };
  });
}

/** A server on this machine usually needs no key, unless one was meant for it; one that needs it says so. */
function fromLoopback(model: Model, { variables }: CredentialPlaces): readonly Credential[] {
  if (!isLoopback(new URL(model.baseUrl).hostname)) return [];
  if (keyVariables(model, variables).some(({ problem }) => problem)) return [];
  const source: Source = { kind: 'none' };
  return [{ kind: 'key', account: undefined, key: undefined, keyHeader: 'authorization', source, side: 'person' }];
}
