/** For how many days use is shown. */
export type UsageRange = 7 | 14 | 30 | 90;

/** What the page of the usage may ask of the extension. */
export type UsageIntent =
  | { readonly type: 'showUsageOf'; readonly range: UsageRange }
  | { readonly type: 'blockExtension'; readonly extension: string; readonly blocked: boolean }
  | { readonly type: 'exportUsage' }
  | { readonly type: 'resetUsage' };

/** All that the page of the usage shows. */
export interface UsageView {
  readonly range: UsageRange;
  /** The sums of all days, in a sentence. */
  readonly summary: string;
  /** Oldest first; those without use too. */
  readonly days: readonly UsageDayView[];
  readonly models: readonly UsageRowView[];
  readonly extensions: readonly ExtensionView[];
  readonly total: FiguresView;
  /** Whether tokens are among the sums that no server counted. */
  readonly isEstimated: boolean;
}

/** Sums as text; `≈` stands before those in which tokens were estimated. */
export interface FiguresView {
  readonly requests: string;
  readonly failed: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
}

/** A day, for its bar and for its row. */
export interface UsageDayView {
  readonly key: string;
  readonly label: string;
  readonly requests: number;
  readonly failed: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly figures: FiguresView;
}

/** What one model, or one extension, came to. */
export interface UsageRowView {
  readonly key: string;
  readonly label: string;
  /** Empty where the label says it all. */
  readonly detail: string;
  readonly figures: FiguresView;
}

/** An extension that asks for models; only our own cannot be blocked. */
export interface ExtensionView extends UsageRowView {
  readonly state: 'own' | 'allowed' | 'blocked';
}
