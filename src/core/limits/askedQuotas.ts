import type { Account, KeyAccount } from '../credentials/account';
import { Cancelled } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Clock, Fetch } from '../base/ports';
import type { Quota } from '../providers/quota';
import { askedQuotaOf, askQuota, type QuotaAccount } from './askQuota';

/** What asking for quotas needs from outside. */
interface AskedQuotasPorts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Whether the person lets providers be asked. */
  readonly isOn: () => boolean;
}

/** What a provider has said is left, and when, in milliseconds since the epoch. */
export interface QuotaReading {
  readonly at: number;
  readonly quotas: readonly Quota[];
}

/** An account that was asked for, and what was answered to its key. */
interface Asked {
  readonly account: KeyAccount;
  readonly at: number;
  readonly reading?: QuotaReading;
}

/** What providers say is left for the accounts of this window. Nothing is asked by itself. */
export class AskedQuotas implements Disposable {
  readonly #ports: AskedQuotasPorts;
  readonly #changed = new Emitter<void>();
  readonly #asked = new Map<string, Asked>();
  readonly #over = new AbortController();

  /** Fires whenever `of` answers otherwise for an account. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: AskedQuotasPorts) {
    this.#ports = ports;
  }

  /** What was said to a key last; undefined where nothing was, or the setting has been turned off since. */
  of(account: QuotaAccount): QuotaReading | undefined {
    if (!this.#ports.isOn()) return undefined;
    return [...this.#asked.values()].find((asked) => isSame(asked.account, account))?.reading;
  }

  /**
   * Asks the provider of an account, unless that was done within `restMs` milliseconds. Where there is no answer,
   * nothing is known any more. Never throws.
   */
  async refresh(account: KeyAccount, restMs: number): Promise<void> {
    const { clock, fetch, isOn } = this.#ports;
    const before = this.#asked.get(account.id);
    const last = before && isSame(before.account, account) ? before : undefined;
    const at = clock.now();
    if (!isOn() || !askedQuotaOf(account) || (last && at - last.at < restMs)) return;
    const now: Asked = { ...last, account, at };
    this.#asked.set(account.id, now);
    const quotas = await askQuota(fetch, account, at, this.#over.signal).catch((error: unknown) =>
      error instanceof Cancelled ? undefined : [],
    );
    // A later question knows better.
    if (!quotas || this.#asked.get(account.id) !== now) return;
    this.#asked.set(account.id, { account, at, ...(quotas.length > 0 && { reading: { at, quotas } }) });
    this.#changed.fire();
  }

  /** Lets go of what is known of all other accounts, and of their keys: to be called when accounts have changed. */
  retain(accounts: readonly Account[]): void {
    for (const [id, { account }] of this.#asked) {
      const isThere = accounts.some((one) => one.id === id && one.method !== 'qwen-oauth' && isSame(one, account));
      if (!isThere) this.#asked.delete(id);
    }
  }

  dispose(): void {
    this.#over.abort();
    this.#asked.clear();
    this.#changed.dispose();
  }
}

/** Whether it is the same key at the same place: one that was entered anew may be of another account. */
function isSame(one: QuotaAccount, other: QuotaAccount): boolean {
  const isSameKey = one.key ? one.key.equals(other.key) : other.key === undefined;
  return isSameKey && one.baseUrl === other.baseUrl && one.provider === other.provider;
}
