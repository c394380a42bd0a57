import { type Disposable, Emitter, type Event } from '../../core/base/events';
import type { Settings } from '../../core/config/settings';
import type { QuotaAccount } from '../../core/limits/askQuota';
import type { AskedQuotas } from '../../core/limits/askedQuotas';
import type { Limits } from '../../core/limits/limits';
import { QuotaRefresh } from '../../core/session/quotaRefresh';
import type { Session } from '../../core/session/session';
import { type LimitsView, limitsView } from '../../core/views/limitsView';

/** What the limits are known from. */
interface ShownLimitsParts {
  readonly session: Session;
  readonly limits: Limits;
  readonly quotas: AskedQuotas;
  readonly settings: Settings;
}

/** The limits of the model in use, as far as they are known now. */
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
    const { session, limits, quotas, settings } = this.#parts;
    const known = {
      status: (baseUrl: string) => limits.status(baseUrl),
      countSince: (baseUrl: string, start: number) => limits.countSince(baseUrl, start),
      firstSince: (baseUrl: string, start: number) => limits.firstSince(baseUrl, start),
      asked: (account: QuotaAccount) => quotas.of(account),
    };
    return limitsView(session.snapshot, known, settings);
  }

  /** To be called when the person looks at what is left, or does something where it is shown: it may be asked for again. */
  look(): void {
    void this.#refresh.look();
  }

  dispose(): void {
    for (const one of this.#following) one.dispose();
    this.#changed.dispose();
  }
}
