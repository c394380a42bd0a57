import assert from 'node:assert/strict';

import { createPatience } from '../../../src/core/chat/patience';

/** Timers in the hand of a test. */
function holdTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const held = new Map<unknown, { readonly at: number; readonly run: () => void }>();
  let now = 0;
  const put = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  put('setTimeout', (run: () => void, ms: number) => {
    const timer = {};
    held.set(timer, { at: now + ms, run });
    return timer;
  });
  put('clearTimeout', (timer: unknown) => held.delete(timer));
  return {
    tick: (ms: number): void => {
      now += ms;
      for (const [timer, { at, run }] of held) if (at <= now && held.delete(timer)) run();
    },
    release: (): void => {
      put('setTimeout', setTimeout);
      put('clearTimeout', clearTimeout);
    },
  };
}

describe('patience with a stream', () => {
  let timers: ReturnType<typeof holdTimers>;
  let given: number;
  let wake: (event: string) => void;

  beforeEach(() => {
    timers = holdTimers();
    given = 0;
  });
  afterEach(() => timers.release());

  const begin = () => {
    const patience = createPatience(() => (given += 1));
    async function* events(): AsyncGenerator<string> {
      for (;;) yield await new Promise<string>((resolve) => (wake = resolve));
    }
    const limited = patience.limit(events(), () => 1000);
    return { patience, limited };
  };
  const pass = async (ms: number): Promise<void> => {
    await new Promise(setImmediate);
    timers.tick(ms);
  };

  it('ends when nothing comes', async () => {
    const { limited } = begin();
    void limited.next();
    await pass(999);
    assert.equal(given, 0);
    await pass(1);

    assert.equal(given, 1);
  });

  it('begins anew with every sign of life', async () => {
    const { patience, limited } = begin();
    const next = limited.next();
    for (let sign = 0; sign < 5; sign += 1) {
      await pass(900);
      patience.renew();
    }
    wake('there');

    assert.equal((await next).value, 'there');
    assert.equal(given, 0);
  });

  it('does not end while the reader takes time, nor begin then with a sign of life', async () => {
    const { patience, limited } = begin();
    const next = limited.next();
    await pass(0);
    wake('there');
    await next;
    patience.renew();
    await pass(10_000);

    assert.equal(given, 0);
  });

  it('does not end behind the last event', async () => {
    const patience = createPatience(() => (given += 1));
    const limited = patience.limit((async function* () {})(), () => 1000);
    await limited.next();
    await pass(10_000);

    assert.equal(given, 0);
  });
});
