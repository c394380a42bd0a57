/** Waits for a stream, but not for ever. */
export interface Patience {
  /** Something has come: the waiting begins anew. */
  renew(): void;
  /** The same events; how long each is waited for, in milliseconds, is asked each time. Whoever reads them may take any time. */
  limit<T>(events: AsyncIterable<T>, wait: () => number): AsyncGenerator<T, void>;
}

/** A patience that calls `giveUp` when it ends. */
export function createPatience(giveUp: () => void): Patience {
  let timer: NodeJS.Timeout | undefined;
  let waiting: number | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    waiting = undefined;
  };
  const renew = (ms = waiting): void => {
    if (ms === undefined) return;
    stop();
    waiting = ms;
    timer = setTimeout(giveUp, ms);
  };
  return {
    renew: () => renew(),
    async *limit(events, wait) {
      const iterator = events[Symbol.asyncIterator]();
      try {
        for (;;) {
          renew(wait());
          const next = await iterator.next();
          stop();
          if (next.done) return;
          yield next.value;
        }
      } finally {
        stop();
        await iterator.return?.();
      }
    },
  };
}
