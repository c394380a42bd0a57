import * as l10n from '@vscode/l10n';
import { Cancelled } from '../base/errors';
import { hostOf } from '../base/origin';
import { listedIn, type EntryFields } from '../config/entryFields';
import { resolveCredential } from '../credentials/resolve';
import type { ServerModels } from '../models/serverModels';
import type { Model } from '../providers/model';
import type { ModelDiscovery } from '../session/modelDiscovery';
import type { Session } from '../session/session';
import type { Snapshot } from '../session/snapshot';
import type { Problem } from './action';
import { cutText } from './cutList';
import type { EntryRef } from './entryTarget';
import { problemOf } from './problem';

/** What servers are asked for their models with. */
export interface FetchedModelsPorts {
  readonly session: Pick<Session, 'snapshot'> & { readonly discovery: Pick<ModelDiscovery, 'serverModels'> };
  /** Asks the person whether a key may go where a workspace sends it, and remembers the yes. */
  askToSend(about: Pick<Snapshot, 'selected' | 'credential'>): Promise<void>;
}

/** The entry whose server was asked, and what came of it. */
type Fetched = { readonly entry: EntryRef; readonly host: string } & (
  | { readonly kind: 'running' }
  | { readonly kind: 'found'; readonly found: ServerModels }
  | { readonly kind: 'failed'; readonly error: unknown }
);

/** The models that the server of one entry was asked for, one entry at a time. */
export class FetchedModels {
  readonly #ports: FetchedModelsPorts;
  readonly #changed: () => void;
  #fetched: Fetched | undefined;
  #fetching = new AbortController();

  constructor(ports: FetchedModelsPorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  /**
   * Asks the server of an entry, with the key that the entry is answered with; where that is held back, and the person
   * wants to be asked, they are.
   */
  async fetch(entry: EntryRef, model: Model, wantsToBeAsked: boolean): Promise<void> {
    this.#fetching.abort();
    const { signal } = (this.#fetching = new AbortController());
    const { session } = this.#ports;
    const about = { entry, host: hostOf(model.baseUrl) };
    this.#update({ kind: 'running', ...about });
    try {
      const { accounts, configuration } = session.snapshot;
      const credential = resolveCredential(model, { accounts, variables: configuration.variables });
      if (wantsToBeAsked) await this.#ports.askToSend({ selected: model, credential });
      const found = await session.discovery.serverModels(model, signal);
      if (!signal.aborted) this.#update({ kind: 'found', ...about, found });
    } catch (error) {
      if (!signal.aborted) this.#update(error instanceof Cancelled ? undefined : { kind: 'failed', ...about, error });
    }
  }

  /** Calls off what is asked, or puts the answer away. */
  stop(): void {
    this.#fetching.abort();
    this.#update(undefined);
  }

  /**
   * What the page shows of it; undefined where nothing was asked. `beside` answers what models of that entry are added
   * with, and the list that they would stand in.
   */
  view(beside: (entry: EntryRef) => { readonly fields: EntryFields; readonly list: readonly unknown[] }) {
    if (!this.#fetched) return undefined;
    const { kind, entry, host } = this.#fetched;
    if (kind === 'running') return { kind, entry, host } as const;
    if (kind === 'failed') return { kind, entry, host, ...failureView(this.#fetched.error) } as const;
    const { found } = this.#fetched;
    const { fields, list } = beside(entry);
    const isListed = listedIn(list);
    const models = found.models.map(({ id }) => ({ id, listed: isListed({ ...fields, id }) }));
    const cut = cutText(found);
    return { kind, entry, host, models, ...(cut && { cut }) } as const;
  }

  /** Tokens, as a form has them; empty where the server did not say. */
  contextWindowOf(wanted: string): string {
    const found = this.#fetched?.kind === 'found' ? this.#fetched.found.models : [];
    return String(found.find(({ id }) => id === wanted)?.contextWindowSize ?? '');
  }

  #update(fetched: Fetched | undefined): void {
    this.#fetched = fetched;
    this.#changed();
  }
}

/** What went wrong; its button is the page's own, for it is about this entry and not about the model in use. */
function failureView(error: unknown): { readonly problem: Problem; readonly asks: boolean } {
  const { message, cause, action } = problemOf(error, { during: 'test' }) ?? { message: l10n.t('Cancelled.') };
  return { problem: { message, ...(cause && { cause }) }, asks: action?.intent.type === 'allowWorkspace' };
}
