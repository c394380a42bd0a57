import assert from 'node:assert/strict';

import { Patience } from '../../../src/core/chat/patience';

/** Timers and the time itself in the hand of a test. */
function holdTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const now = performance.now.bind(performance);
  const held = new Map<unknown, { readonly at: number; readonly run: () => void }>();
  let [time, count] = [0, 0];
  const put = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  put(performance, 'now', () => time);
  put(globalThis, 'setTimeout', (run: () => void, ms: number) => {
    const timer = {};
    count += 1;
    held.set(timer, { at: time + ms, run });
    return timer;
  });
  put(globalThis, 'clearTimeout', (timer: unknown) => held.delete(timer));
  return {
    pass: (ms: number): void => {
      for (const end = time + ms; time < end;) {
        time += 1;
        for (const [timer, { at, run }] of Array.from(held)) if (at <= time && held.delete(timer)) run();
      }
    },
    get count() {
      return count;
    },
    release: (): void => {
      put(globalThis, 'setTimeout', setTimeout);
      put(globalThis, 'clearTimeout', clearTimeout);
      put(performance, 'now', now);
    },
  };
}

describe('patience with a stream', () => {
  let timers: ReturnType<typeof holdTimers>;
  let patience: Patience;
  let given: number;
  let reached: string;

  beforeEach(() => {
    timers = holdTimers();
    given = 0;
    reached = '';
    patience = new Patience({ silence: 1000, signs: 5000 }, (limit) => {
      given += 1;
      reached = limit;
    });
  });
  afterEach(() => timers.release());

  it('ends when nothing comes', () => {
    patience.wait();
    timers.pass(999);
    assert.equal(given, 0);
    timers.pass(1);

    assert.deepEqual([given, reached], [1, 'silence']);
  });

  it('begins anew with everything that comes, on few timers', () => {
    for (let came = 0; came < 100; came += 1) {
      patience.wait();
      timers.pass(90);
      patience.rest();
      patience.progress();
    }

    assert.equal(given, 0);
    assert.ok(timers.count < 12, `${timers.count} timers`);
  });

  it('ends when nothing but signs of life comes', () => {
    const ping = (): void => {
      patience.wait();
      timers.pass(500);
      patience.rest();
      timers.pass(100);
    };
    for (let came = 0; came < 9; came += 1) ping();
    assert.equal(given, 0);
    for (let came = 0; came < 3; came += 1) ping();

    assert.deepEqual([given, reached], [1, 'signs']);
  });

  it('does not end while the reader takes time', () => {
    patience.wait();
    patience.rest();
    timers.pass(10_000);

    assert.equal(given, 0);
  });

  it('counts only from when something is waited for', () => {
    patience.wait();
    timers.pass(100);
    patience.rest();
    timers.pass(700);
    patience.wait();
    timers.pass(900);
    assert.equal(given, 0);
    timers.pass(200);

    assert.equal(given, 1);
  });

  it('waits as long where something came before it was waited for', () => {
    patience.rest();
    patience.wait();
    timers.pass(999);
    assert.equal(given, 0);
    timers.pass(1);

    assert.equal(given, 1);
  });

  it('is shorter behind the end, whatever comes', () => {
    patience.hurry(50);
    timers.pass(40);
    patience.wait();
    patience.hurry(50);
    timers.pass(11);

    assert.deepEqual([given, reached], [1, 'silence']);
  });

  it('is as short behind each piece that comes behind the end', () => {
    patience.hurry(50);
    for (let came = 0; came < 9; came += 1) {
      timers.pass(40);
      patience.progress();
      patience.hurry(50);
    }
    assert.equal(given, 0);
    timers.pass(50);

    assert.equal(given, 1);
  });

  it('tells of a silence behind signs of life', () => {
    patience.wait();
    timers.pass(900);
    patience.rest();
    patience.wait();
    timers.pass(1000);

    assert.deepEqual([given, reached], [1, 'silence']);
  });

  it('tells of a silence where signs of life may not last longer', () => {
    const short = new Patience({ silence: 1000, signs: 1000 }, (limit) => (reached = limit));
    short.wait();
    timers.pass(1000);

    assert.equal(reached, 'silence');
  });

  it('does not end once nothing is waited for any more', () => {
    patience.wait();
    patience.stop();
    timers.pass(10_000);

    assert.equal(given, 0);
  });
});
