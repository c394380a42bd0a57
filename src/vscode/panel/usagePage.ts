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
export class UsagePage implements Disposable {
  readonly #parts: UsagePageParts;
  readonly #commands: UsageParts;
  readonly #changed: () => void;
  #range: UsageRange = 14;
  #days: readonly UsageDay[] = [];
  #readings = 0;
  #following: Disposable | undefined;

  /** The page of a panel; `changed` is called whenever its view has become another. */
  constructor(parts: UsagePageParts, commands: UsageParts, changed: () => void) {
    this.#parts = parts;
    this.#commands = commands;
    this.#changed = changed;
  }

  /** All that is shown. */
  view(): UsageView {
    const { clock, spending } = this.#parts;
    return usageView(this.#days, clock.now(), this.#range, spending.initiators());
  }

  /** Follows the log while the page is shown, and only then. */
  follow(isShown: boolean): void {
    if (isShown === (this.#following !== undefined)) return;
    this.#following?.dispose();
    this.#following = isShown ? this.#parts.log.follow(() => void this.#read()) : undefined;
    if (isShown) void this.#read();
  }

  /** Does what the page asks for. */
  async handle(intent: UsageIntent): Promise<void> {
    switch (intent.type) {
      case 'showUsageOf':
        this.#range = intent.range;
        return this.#changed();
      case 'blockExtension':
        return await this.#parts.spending.block(intent.extension, intent.blocked);
      case 'exportUsage':
        return void (await exportUsage(this.#commands, undefined));
      case 'resetUsage':
        return void (await resetUsage(this.#commands, undefined));
    }
  }

  dispose(): void {
    this.#following?.dispose();
  }

  async #read(): Promise<void> {
    const turn = ++this.#readings;
    const days = await this.#parts.log.read();
    // A later reading knows better.
    if (turn !== this.#readings) return;
    this.#days = days;
    this.#changed();
  }
}
