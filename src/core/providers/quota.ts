import type { PlanWindow } from '../base/calendar';

/**
 * What is left of what a provider lets somebody use. `balance`: money of the account, negative where it owes some.
 * `spending`: money that was spent with a key, and its limit, where it has one. `share`: how much of a window is used,
 * from 0 to 100 percent. `requests`: how many were made in a window, and its limit, where that is known. `resetsAt`, in
 * milliseconds since the epoch, is when it goes on at the latest, where that is known.
 */
export type Quota =
  | { readonly kind: 'balance'; readonly amount: number; readonly currency: Currency }
  | {
      readonly kind: 'spending';
      readonly spent: number;
      readonly currency: Currency;
      /** For which time the limit is, where it is for one. */
      readonly window?: PlanWindow;
      readonly limit?: number;
      readonly resetsAt?: number;
    }
  | {
      readonly kind: 'share';
      readonly window: PlanWindow;
      readonly usedPercent: number;
      readonly resetsAt?: number;
    }
  | {
      readonly kind: 'requests';
      readonly window: PlanWindow;
      readonly used: number;
      readonly limit?: number;
      readonly resetsAt?: number;
    };

/** A currency that providers bill in, by its code (ISO 4217). */
type Currency = 'CNY' | 'USD';

/** What is known where an answer is read: when, and of which of the provider's regions. */
interface QuotaContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly region: string;
}

/** Reads a provider's answer, which may be anything: what is not understood is left out. */
export type QuotaReader = (json: unknown, context: QuotaContext) => readonly Quota[];

/** How a provider is asked what is left: by a GET at the origin of an account, or below its base URL. */
export interface AskedQuota {
  readonly kind: 'asked';
  readonly at: 'origin' | 'baseUrl';
  /** Begins with a slash. */
  readonly path: string;
  /** Whether the key stands in `Authorization` without a scheme before it. */
  readonly bareKey?: true;
  /** The regions that answer; all of them unless given. */
  readonly regions?: readonly string[];
  readonly read: QuotaReader;
}

/** How many requests an edition of a plan allows in each of its windows. */
export type PlanLimits = Readonly<Record<'fiveHours' | 'week' | 'month', number>>;

/** The editions of a plan that has some. */
export type PlanEdition = 'lite' | 'pro';

/** A plan whose requests are counted here, as the settings name it. */
export type PlanName = 'codingPlan' | 'tokenPlan';

/** A plan of which no server tells a key what is left, so that its requests are counted here. */
export interface CountedQuota {
  readonly kind: 'counted';
  readonly plan: PlanName;
  /** Absent where nobody says how many requests it allows. */
  readonly editions?: Readonly<Record<PlanEdition, PlanLimits>>;
}

/** How it is known what is left with a provider. */
export type ProviderQuota = AskedQuota | CountedQuota;
