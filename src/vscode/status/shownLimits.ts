import { type Disposable, Emitter, type Event } from '../../core/base/events';
import type { Settings } from '../../core/config/settings';
import type { AskedQuotas } from '../../core/limits/askedQuotas';
import type { Limits } from '../../core/limits/limits';
import { QuotaRefresh } from '../../core/session/quotaRefresh';
import type { Session } from '../../core/session/session';
import {
  type AccountLimits,
  accountLimits,
  type KnownLimits,
  type LimitsView,
  limitsView,
} from '../../core/views/limitsView';

/** What the limits are known from. */
interface ShownLimitsParts {
  readonly session: Session;
  readonly limits: Limits;
  readonly quotas: AskedQuotas;
  readonly settings: Settings;
}

/** The limits of the model in use and of all accounts, as far as they are known now. */
export class ShownLimits implements Disposable {
  readonly #parts: ShownLimitsParts;
  readonly #refresh: QuotaRefresh;
  readonly #changed = new Emitter<void>();
  readonly #following: readonly Disposable[];

  /** Fires when the view may have become another, beside where the session changes. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(parts: ShownLimitsParts) {
    const { session, limits, quotas } = (this.#parts = parts);
    this.#refresh = new QuotaRefresh(session, quotas);
    const changed = (): void => this.#changed.fire();
    this.#following = [this.#refresh, limits.onDidChange(changed), quotas.onDidChange(changed)];
  }

  /** What is shown; undefined where nothing is known. */
  view(): LimitsView | undefined {
    const { session, settings } = this.#parts;
    return limitsView(session.snapshot, this.#known(), settings);
  }

  /** What is shown of every account. */
  ofAccounts(): readonly AccountLimits[] {
    const { session, settings } = this.#parts;
    return accountLimits(session.snapshot, this.#known(), settings);
  }

  /**
   * To be called when the person looks at what is left, or does something where it is shown: it may be asked for again.
   */
  look(): void {
    void this.#refresh.look();
  }

  #known(): KnownLimits {
    const { limits, quotas } = this.#parts;
    return {
      status: (baseUrl) => limits.status(baseUrl),
      countSince: (baseUrl, start) => limits.countSince(baseUrl, start),
      firstSince: (baseUrl, start) => limits.firstSince(baseUrl, start),
      asked: (account) => quotas.of(account),
    };
  }

  dispose(): void {
    for (const one of this.#following) one.dispose();
    this.#changed.dispose();
  }
}
