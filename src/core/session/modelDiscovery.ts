import { type Account, isUsable } from '../credentials/account';
import type { AccessTokens } from '../credentials/accessTokens';
import { findAccount } from '../credentials/accountStore';
import { fingerprint } from '../credentials/fingerprint';
import { openAccess } from '../credentials/openAccess';
import { credentialRefusal } from '../credentials/credentialRefusal';
import { type Credential, credentialOf } from '../credentials/resolve';
import { Cancelled } from '../base/errors';
import { isDue, listOwner, noteFailure, saveDiscovered } from '../models/discovered';
import { findProvider } from '../providers/catalogue';
import type { Model } from '../providers/model';
import { listServerModels, type ServerModels } from '../models/serverModels';
import type { Clock, Fetch, SecretStore, StateStore } from '../base/ports';
import { isUnauthorized } from '../chat/authorizedChat';
import type { Snapshot } from './snapshot';

/** What asking servers for their models needs. */
interface DiscoveryPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly state: StateStore;
  readonly accessTokens: AccessTokens;
  /** The credential for a model. Throws `SignInRequired` or `ConfigurationError` where none may go to its server. */
  credentialFor(model: Model): Credential;
  snapshot(): Snapshot;
  /** Called once the snapshot has to be made anew. */
  changed(): void;
}

/** Why a server did not say which models it has. */
interface Undiscovered {
  readonly baseUrl: string;
  readonly error: Error;
}

/** Asks servers for their models, as the state of being signed in has it. */
export class ModelDiscovery {
  readonly #ports: DiscoveryPorts;
  #undiscovered: Undiscovered | undefined;

  constructor(ports: DiscoveryPorts) {
    this.#ports = ports;
  }

  /** Why `discoverModel` found no model at a server. */
  failureAt(server: Model | undefined): Error | undefined {
    return server?.baseUrl === this.#undiscovered?.baseUrl ? this.#undiscovered?.error : undefined;
  }

  /**
   * Asks the server of a model, in use or not, which models it has, and keeps nothing. Throws `RequestError`,
   * `SignInRequired` where there is no key or it may not go there, or `Cancelled`.
   */
  async serverModels(model: Model, signal: AbortSignal): Promise<ServerModels> {
    const credential = this.#ports.credentialFor(model);
    return await askForModels(this.#ports, { baseUrl: model.baseUrl, credential }, signal);
  }

  /**
   * Asks the server that the variables name for its models, else that of a sign-in, where no model is in use. A server
   * that says nothing, or may not be asked, leaves everything as it is.
   */
  async discoverModel(signal: AbortSignal): Promise<void> {
    const { selected, environmentServer: server, accounts } = this.#ports.snapshot();
    if (selected) return;
    const account = accounts.find((one) => one.method === 'qwen-oauth' && isUsable(one));
    if (server?.id === '') this.#undiscovered = await failureOf(this.#ports, server, signal);
    else if (account) await refreshAccount(this.#ports, account, signal).catch(() => undefined);
    else return;
    this.#ports.changed();
  }

  /**
   * Asks the servers of all accounts, and that of the variables where it is in use, for their models again; `due`: only
   * those whose list is old. Throws the first error; the lists that could not be had stay as they were.
   */
  async refresh(which: 'all' | 'due' = 'all'): Promise<void> {
    const { signal } = new AbortController();
    try {
      if (await refreshLists(this.#ports, which, signal)) this.#ports.changed();
    } catch (error) {
      this.#ports.changed();
      throw error;
    }
  }
}

/** Asks a server which models it has. Throws `RequestError`, `SignInRequired` or `Cancelled`. */
async function askForModels(
  { fetch, accessTokens }: Pick<DiscoveryPorts, 'fetch' | 'accessTokens'>,
  { baseUrl, credential }: { readonly baseUrl: string; readonly credential: Credential },
  signal: AbortSignal,
): Promise<ServerModels> {
  const access = await openAccess(accessTokens, credential, baseUrl, undefined, signal);
  const provider = credential.kind === 'key' && findProvider(credential.account?.provider);
  const asked = { ...access, ...(provider && { modelsPath: provider.modelsPath }) };
  return await listServerModels(fetch, asked, signal).catch((error: unknown) => {
    throw isUnauthorized(error) ? credentialRefusal(credential, baseUrl, error) : error;
  });
}

/** Asks for the lists as `ModelDiscovery.refresh` says; answers whether there were any. Throws once all are asked. */
async function refreshLists(ports: DiscoveryPorts, which: 'all' | 'due', signal: AbortSignal): Promise<boolean> {
  const { accounts, selected, environmentServer: server, discovered } = ports.snapshot();
  const isWanted = (place: string): boolean => which === 'all' || isDue(discovered.get(place), ports.clock.now());
  const isInUse = server && (!selected || selected.baseUrl === server.baseUrl);
  const asked = await Promise.allSettled([
    ...accounts
      .filter((account) => isWanted(account.id) && (which === 'all' || isUsable(account)))
      .map((account) => refreshAccount(ports, account, signal)),
    ...(isInUse && isWanted(server.baseUrl) ? [refreshServer(ports, server, signal)] : []),
  ]);
  const failed = asked.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return asked.length > 0;
}

/**
 * Asks the server that a model stands for, as `refreshServer` does; undefined where it answered, or was not waited for.
 */
async function failureOf(ports: DiscoveryPorts, server: Model, signal: AbortSignal): Promise<Undiscovered | undefined> {
  try {
    await refreshServer(ports, server, signal);
    return undefined;
  } catch (error) {
    const isToTell = error instanceof Error && !(error instanceof Cancelled);
    return isToTell ? { baseUrl: server.baseUrl, error } : undefined;
  }
}

/** Asks the server that a model stands for, and keeps what it names. Throws as `askForModels` does. */
async function refreshServer(ports: DiscoveryPorts, server: Model, signal: AbortSignal): Promise<void> {
  const { baseUrl } = server;
  const credential = ports.credentialFor(server);
  await refresh(ports, { place: baseUrl, baseUrl, credential }, async () => true, signal);
}

/** Asks the server of an account, and keeps what it names. Throws as `askForModels` does. */
async function refreshAccount(ports: DiscoveryPorts, account: Account, signal: AbortSignal): Promise<void> {
  const { id: place, baseUrl } = account;
  // Whoever signed out meanwhile leaves nothing behind, and another key has a list of its own.
  const isWanted = async (): Promise<boolean> => {
    const now = await findAccount(ports.secrets, place);
    return now?.baseUrl === baseUrl && fingerprint(credentialOf(now)) === fingerprint(credentialOf(account));
  };
  await refresh(ports, { place, baseUrl, credential: credentialOf(account) }, isWanted, signal);
}

async function refresh(
  ports: DiscoveryPorts,
  server: { readonly place: string; readonly baseUrl: string; readonly credential: Credential },
  isWanted: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, state } = ports;
  const owner = listOwner(server.place, server.baseUrl, server.credential);
  try {
    const listed = await askForModels(ports, server, signal);
    if (await isWanted()) await saveDiscovered(state, owner, listed, clock.now());
  } catch (error) {
    if (!(error instanceof Cancelled) && (await isWanted())) await noteFailure(state, owner, clock.now());
    throw error;
  }
}
