/** A timer of less than this is a pause between two steps; from here on it is somebody's patience. */
const PATIENCE_MS = 5000;
/** Longer than this nobody's patience is: such timers stand for "never". */
const NEVER_MS = 3_600_000;

/** The long timers of this process, in the hand of a test. */
export interface LongTimers {
  /** How many have been set so far. */
  readonly count: number;
  /** Lets all that wait go off, the shortest first, as if an hour had passed, or so many milliseconds. */
  goOff(passed?: number): void;
  /** Gives the process its own timers back. */
  release(): void;
}

/**
 * Keeps timers of 5 s and more from running, so that nobody has to wait until a patience is
 * exhausted. Time passes with them.
 */
export function holdLongTimers(): LongTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const kept = [
    keep(globalThis, 'setTimeout'),
    keep(globalThis, 'clearTimeout'),
    keep(AbortSignal, 'timeout'),
    keep(performance, 'now'),
  ];
  const now = performance.now.bind(performance);
  let passed = 0;
  let count = 0;
  const held = new Map<unknown, { readonly ms: number; readonly run: () => void }>();
  const put = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  };
  put(globalThis, 'setTimeout', (run: (...args: readonly unknown[]) => void, ms = 0, ...args: readonly unknown[]) => {
    if (ms < PATIENCE_MS) return setTimeout(run, ms, ...args);
    const timer = setTimeout(() => undefined, 0);
    count += 1;
    held.set(timer, { ms, run: () => run(...args) });
    return timer;
  });
  put(globalThis, 'clearTimeout', (timer: NodeJS.Timeout | undefined) => {
    held.delete(timer);
    clearTimeout(timer);
  });
  put(performance, 'now', () => now() + passed);
  put(AbortSignal, 'timeout', (ms: number) => {
    const controller = new AbortController();
    held.set(controller, { ms, run: () => controller.abort(new DOMException('Timed out.', 'TimeoutError')) });
    return controller.signal;
  });
  return {
    get count() {
      return count;
    },
    goOff: (most = NEVER_MS) => {
      const waiting = [...held].filter(([, { ms }]) => ms <= most).sort(([, a], [, b]) => a.ms - b.ms);
      passed += Math.max(0, ...waiting.map(([, { ms }]) => ms));
      for (const [timer, { run }] of waiting) if (held.delete(timer)) run();
    },
    release: () => {
      for (const putBack of kept) putBack();
    },
  };
}

function keep(target: object, name: string): () => void {
  const property = Object.getOwnPropertyDescriptor(target, name);
  return () => void (property ? Object.defineProperty(target, name, property) : Reflect.deleteProperty(target, name));
}
