import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { SystemFiles } from '../../../src/core/base/files';
import { Limits } from '../../../src/core/limits/limits';
import type { Fetch } from '../../../src/core/base/ports';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const BASE_URL = 'https://portal.qwen.ai/v1';
const CHAT = `${BASE_URL}/chat/completions`;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('limits', () => {
  let clock: ManualClock;
  let folder: TemporaryFolder;
  let opened: Limits[];
  let answer: Fetch;

  beforeEach(() => {
    clock = new ManualClock();
    folder = createTemporaryFolder();
    opened = [];
    answer = async () => new Response('{}');
  });
  afterEach(() => {
    for (const limits of opened) limits.dispose();
    folder.remove();
  });

  /** Counting in a window of its own, with what was counted before. */
  const open = async (place = folder.at('limits')): Promise<Limits> => {
    const limits = new Limits({
      clock,
      fetch: (url, init) => answer(url, init),
      files: new SystemFiles(10),
      folder: place,
      isCounted: (baseUrl) => baseUrl === BASE_URL,
    });
    opened.push(limits);
    await limits.load();
    return limits;
  };
  const counts = (limits: Limits) => {
    const { lastMinute, lastDay } = limits.status(BASE_URL);
    return [lastMinute, lastDay];
  };
  /** Waits until the counts are these. */
  const counted = async (limits: Limits, expected: readonly number[]): Promise<void> => {
    while (String(counts(limits)) !== String(expected))
      await new Promise<void>((resolve) => {
        const subscription = limits.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
  };
  const send = (limits: Limits, url = CHAT) => limits.fetch(url, { method: 'POST' });

  it('belong to an address with all of its query', async () => {
    const baseUrl = 'https://acme.openai.azure.com/openai/deployments/mine?api-version=2024-10-21';
    const limits = await open();
    answer = async () => new Response('{}', { headers: { 'x-ratelimit-remaining-requests': '7' } });
    await send(limits, baseUrl.replace('?', '/chat/completions?'));

    assert.deepEqual(limits.status(baseUrl).said, [{ unit: 'requests', remaining: 7 }]);
  });

  it('count chat requests of the last minute and the last 24 hours', async () => {
    const limits = await open();
    await send(limits);
    await counted(limits, [1, 1]);
    clock.advance(MINUTE);
    await send(limits);
    await counted(limits, [1, 2]);
    clock.advance(DAY - MINUTE);

    await counted(limits, [0, 1]);
  });

  it('say so when a minute has passed, when five hours have, and when a day has', async () => {
    const limits = await open();
    await send(limits);
    await counted(limits, [1, 1]);
    clock.advance(await clock.nextSleep());
    await counted(limits, [0, 1]);
    const lastHours = () => limits.countSince(BASE_URL, clock.now() - 5 * HOUR + 1);
    assert.equal(lastHours(), 1);
    const changed = new Promise<void>((resolve) => limits.onDidChange(resolve));
    clock.advance(await clock.nextSleep());
    await changed;
    assert.equal(lastHours(), 0);
    clock.advance(await clock.nextSleep());

    await counted(limits, [0, 0]);
  });

  it('count no other request and no other server', async () => {
    const limits = await open();
    await send(limits, `${BASE_URL}/models`);
    await send(limits, 'https://chat.qwen.ai/api/v1/oauth2/token');
    await send(limits, 'https://api.example.com/v1/chat/completions');
    await send(limits);

    await counted(limits, [1, 1]);
    assert.equal(readFileSync(folder.at('limits/requests-2026-06-01.log'), 'utf8'), `${clock.now()} ${BASE_URL}\n`);
  });

  it('remember the day after a reload', async () => {
    const before = await open();
    await send(before);
    await counted(before, [1, 1]);

    assert.deepEqual(counts(await open()), [1, 1]);
  });

  it('lose no request of several windows, and show each the others', async () => {
    const windows = await Promise.all([open(), open(), open()]);
    await Promise.all(windows.flatMap((window) => Array.from({ length: 20 }, () => send(window))));

    for (const window of windows) await counted(window, [60, 60]);
  });

  it('go on over midnight', async () => {
    clock.advance(DAY - 10_000);
    const limits = await open();
    const other = await open();
    await send(limits);
    await counted(other, [1, 1]);
    clock.advance(20_000);
    await send(limits);

    await counted(limits, [2, 2]);
    await counted(other, [2, 2]);
    assert.deepEqual(readdirSync(folder.at('limits')).sort(), ['requests-2026-06-01.log', 'requests-2026-06-02.log']);
  });

  it('forget what is older than any month, and nothing that is not theirs', async () => {
    const before = await open();
    await send(before);
    await counted(before, [1, 1]);
    writeFileSync(folder.at('limits/notes.txt'), 'mine');
    clock.advance(32 * DAY);
    await open();
    assert.deepEqual(readdirSync(folder.at('limits')), ['notes.txt', 'requests-2026-06-01.log']);
    clock.advance(DAY);
    await open();

    assert.deepEqual(readdirSync(folder.at('limits')), ['notes.txt']);
  });

  it('know the requests since any time of the last 31 days, each once', async () => {
    const start = clock.now();
    mkdirSync(folder.at('limits'));
    for (const day of [1, 2, 3, 4]) {
      const at = start + (day - 1) * DAY;
      const lines = [at + 15 * HOUR, at + 16 * HOUR - 1, at + 16 * HOUR].map((time) => `${time} ${BASE_URL}\n`);
      const other = `${at} https://api.example.com/v1\n`;
      writeFileSync(folder.at(`limits/requests-2026-06-0${day}.log`), [...lines, other, 'x\n'].join(''));
    }
    clock.advance(3 * DAY + 20 * HOUR);
    const limits = await open();
    const since = (hours: number) => limits.countSince(BASE_URL, start + hours * HOUR);
    const sinceStart = async (): Promise<number> => {
      for (;;) {
        const changed = new Promise<void>((resolve) => limits.onDidChange(resolve));
        const count = since(0);
        if (count !== undefined) return count;
        await changed;
      }
    };
    assert.deepEqual([since(3 * 24), since(3 * 24 + 16), since(2 * 24 + 16)], [3, 1, 4]);
    assert.equal(since(0), undefined);
    assert.equal(await sinceStart(), 12);

    assert.deepEqual([since(0), since(16), since(24), since(24 + 16)], [12, 10, 9, 7]);
    assert.equal(limits.firstSince(BASE_URL, start + 3 * DAY + 16 * HOUR), start + 3 * DAY + 16 * HOUR);
    clock.advance(DAY);
    assert.equal(await sinceStart(), 12);
  });

  it('pass over lines that are none', async () => {
    const limits = await open();
    await send(limits);
    await counted(limits, [1, 1]);
    writeFileSync(folder.at('limits/requests-2026-06-01.log'), `x\n${clock.now()} ${BASE_URL}\n17`);

    assert.deepEqual(counts(await open()), [1, 1]);
  });

  it('count in memory where no file can be written, and hinder no request', async () => {
    writeFileSync(folder.at('taken'), '');
    const limits = await open(folder.at('taken'));

    assert.equal((await send(limits)).status, 200);
    await counted(limits, [1, 1]);
  });

  it('are in their order, be the first one in no file', async () => {
    const place = folder.at('taken');
    writeFileSync(place, '');
    const limits = await open(place);
    const start = clock.now();
    await send(limits);
    await counted(limits, [1, 1]);
    rmSync(place);
    clock.advance(MINUTE);
    await send(await open(place));
    await Promise.all(opened.map((one) => one.settled()));
    await limits.load();

    assert.deepEqual(counts(limits), [1, 2]);
    assert.equal(limits.firstSince(BASE_URL, start), start);
  });

  it('count what broke off, but not what never reached its server', async () => {
    const limits = await open();
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET']) {
      answer = () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
      await assert.rejects(send(limits), { message: 'fetch failed' });
    }

    await counted(limits, [1, 1]);
  });

  it('keep what the server said until it is over', async () => {
    const limits = await open();
    const headers = { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-reset-requests': '30s', 'retry-after': '7' };
    answer = async () => new Response('{}', { status: 429, headers });
    await send(limits, 'https://api.example.com/v1/chat/completions');
    const usage = () => limits.status('https://api.example.com/v1');

    const resetsAt = clock.now() + 30_000;
    assert.deepEqual(usage().said, [{ unit: 'requests', limit: 60, resetsAt }]);
    assert.equal(usage().retryAt, clock.now() + 7000);
    clock.advance(7000);
    assert.equal(usage().retryAt, undefined);
    clock.advance(23_000);
    assert.deepEqual(usage().said, []);
  });

  it('believe no time that no calendar has', async () => {
    const limits = await open();
    const url = 'https://api.example.com/v1';
    for (const headers of [
      { 'retry-after': '1e20' },
      { 'x-ratelimit-limit': '1', 'x-ratelimit-reset': '999999999d' },
    ]) {
      answer = async () => new Response('{}', { status: 429, headers });
      await send(limits, `${url}/chat/completions`);
      const { retryAt, said } = limits.status(url);

      assert.deepEqual([retryAt, said[0]?.resetsAt], [undefined, undefined]);
    }
  });

  it('believe the newest answer', async () => {
    const limits = await open();
    answer = async () => new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
    await send(limits);
    answer = async () => new Response('{}');
    await send(limits);
    await counted(limits, [2, 2]);

    assert.equal(limits.status(BASE_URL).retryAt, undefined);
  });

  it('wait for nothing once they are disposed', async () => {
    const limits = await open();
    limits.dispose();
    await send(limits);
    await limits.load();

    assert.equal(await Promise.race([clock.nextSleep(), Promise.resolve('nobody')]), 'nobody');
  });

  it('wait for no time that a timer cannot wait', async () => {
    const limits = await open();
    answer = async () => new Response('{}', { headers: { 'x-ratelimit-limit': '1', 'x-ratelimit-reset': '99999999' } });
    await send(limits, 'https://api.example.com/v1/chat/completions');

    assert.equal(await clock.nextSleep(), DAY);
  });
});
