import { createHash } from 'node:crypto';
import path from 'node:path';
import { isRecord, numberIn } from '../base/json';
import type { StateStore } from '../base/ports';
import type { Records } from './sealedRecords';

const STATE = 'vault.versions';
const FILES = 'vault.files';
/** A computer that is reached from many others has a vault for each. */
const MOST_VAULTS = 50;

/** The version of a vault in whose place another was begun: no state of it counts any more. */
const ENDED = Number.MAX_SAFE_INTEGER;

/** How far each vault is known to have got. Compared with what is read later only. */
type Floor = Pick<Records, 'id' | 'version'>;

/** A reading of a file, from its beginning on. */
interface Reading {
  /** Whether what it brought is older than what was seen before it began. */
  readonly isOlder: (records: Floor) => boolean;
  /** Remembers that it brought this; see `VaultGenerations.see`. */
  readonly see: (records: Floor) => void;
}

/**
 * The newest version that was seen of each vault: in this window, and through the state store in those before it. Only
 * ever a lower bound, so a store with an old view notices less, and doubts nothing that is good.
 */
export class VaultGenerations {
  readonly #state: StateStore | undefined;
  readonly #seen = new Map<string, number>();
  /** The id of the vault that was seen last in each file. */
  readonly #latest = new Map<string, string>();

  constructor(state: StateStore | undefined) {
    this.#state = state;
  }

  /** Begins a reading of a file; to be called before it. */
  fromNow(file: string): Reading {
    const latest = this.#latest.get(file);
    const seen = new Map([...this.#kept(), ...this.#seen]);
    for (const [id, version] of this.#kept()) seen.set(id, Math.max(version, seen.get(id) ?? 0));
    // Only version 0.1 writes vaults without an id, and none after one that has it.
    const hasHadId = this.#latest.has(file) || this.#files().includes(nameOf(file));
    return {
      isOlder: ({ id, version }) => (id === '' ? hasHadId : version < (seen.get(id) ?? 0)),
      see: (records) => {
        // Where readings overtake each other, nobody knows which of two vaults ended the other one: the next tells.
        if (latest === this.#latest.get(file)) this.see(records, file);
        else this.#remember(records.id, records.version);
      },
    };
  }

  /**
   * Remembers that a vault was seen in a file, and that the one which was seen there before has ended. Best effort: where
   * the state store fails, this window knows.
   */
  see({ id, version }: Floor, file: string): void {
    if (id === '' || this.#seen.get(id) === ENDED) return;
    const before = this.#latest.get(file);
    this.#latest.set(file, id);
    if (before !== undefined && before !== id) this.#remember(before, ENDED);
    this.#remember(id, version);
    const files = this.#files();
    const name = nameOf(file);
    if (!files.includes(name)) this.#keep(FILES, [...files, name].slice(-MOST_VAULTS));
  }

  #remember(id: string, version: number): void {
    if (id === '' || version <= (this.#seen.get(id) ?? 0)) return;
    this.#seen.set(id, version);
    const kept = this.#kept();
    if (version <= (kept.get(id) ?? 0)) return;
    kept.delete(id);
    this.#keep(STATE, Object.fromEntries([...kept, [id, version] as const].slice(-MOST_VAULTS)));
  }

  #keep(name: string, value: unknown): void {
    void this.#state?.set(name, value).catch(() => undefined);
  }

  /** What `nameOf` makes of the files in which a vault with an id was seen. */
  #files(): readonly unknown[] {
    const stored = this.#state?.get(FILES);
    return Array.isArray(stored) ? stored : [];
  }

  #kept(): Map<string, number> {
    const stored = this.#state?.get(STATE);
    const ids = isRecord(stored) ? Object.keys(stored) : [];
    return new Map(ids.map((id) => [id, numberIn(stored, id) ?? 0]));
  }
}

/** Tells files apart. Their own names hold the id of their key, which stays in their folder. */
function nameOf(file: string): string {
  return createHash('sha256').update(path.basename(file)).digest('hex');
}
