import type { Disposable } from '../../core/base/events';
import type { Clock } from '../../core/base/ports';
import type { UsageDay } from '../../core/usage/usageFiles';
import type { UsageLog } from '../../core/usage/usageLog';
import { type UsageRange, usageView } from '../../core/views/usageView';
import type { UsageIntent, UsageView } from '../../shared/usageMessages';
import type { Spending } from '../usage/spending';
import { exportUsage, resetUsage, type UsageParts } from '../usage/usageCommands';

/** What the page works on. */
export interface UsagePageParts {
  readonly log: UsageLog;
  readonly spending: Spending;
  readonly clock: Clock;
}

/** The page of the usage in one panel. */
export interface UsagePage extends Disposable {
  view(): UsageView;
  /** Follows the log while the page is shown, and only then. */
  follow(isShown: boolean): void;
  handle(intent: UsageIntent): Promise<void>;
}

/** Makes the page for a panel; `changed` is called whenever its view has become another. */
export function createUsagePage(
  { log, spending, clock }: UsagePageParts,
  parts: UsageParts,
  changed: () => void,
): UsagePage {
  let range: UsageRange = 14;
  let days: readonly UsageDay[] = [];
  let readings = 0;
  let following: Disposable | undefined;
  const read = async (): Promise<void> => {
    const turn = ++readings;
    const known = await log.read();
    // A later reading knows better.
    if (turn !== readings) return;
    days = known;
    changed();
  };
  return {
    view: () => usageView(days, clock.now(), range, spending.initiators()),
    follow: (isShown) => {
      if (isShown === (following !== undefined)) return;
      following?.dispose();
      following = isShown ? log.follow(() => void read()) : undefined;
      if (isShown) void read();
    },
    handle: async (intent) => {
      switch (intent.type) {
        case 'showUsageOf':
          range = intent.range;
          return changed();
        case 'blockExtension':
          return await spending.block(intent.extension, intent.blocked);
        case 'exportUsage':
          await exportUsage(parts, undefined);
          return;
        case 'resetUsage':
          await resetUsage(parts, undefined);
      }
    },
    dispose: () => following?.dispose(),
  };
}
