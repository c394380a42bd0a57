import assert from 'node:assert/strict';

import { Cancelled } from '../../../src/core/base/errors';
import { SystemFiles } from '../../../src/core/base/files';
import { Limits } from '../../../src/core/limits/limits';
import { isCountedApi } from '../../../src/core/session/countedApi';
import { limitsText, limitsView } from '../../../src/core/views/limitsView';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench } from '../../fakes/bench';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const CHAT = '/v1/chat/completions';

describe('limits of a session', () => {
  let bench: Bench;
  let folder: TemporaryFolder;
  let limits: Limits;

  beforeEach(async () => {
    folder = createTemporaryFolder();
    bench = await openBench({
      wrap: (fetch, clock) => {
        limits = new Limits({
          // Its waking is no sleep of the sign-in's.
          clock: { now: () => clock.now(), sleep: () => Promise.reject(new Cancelled()) },
          fetch,
          files: new SystemFiles(10),
          folder: folder.at('limits'),
          isCounted: (baseUrl) => isCountedApi(bench.session.snapshot, baseUrl),
        });
        return limits.fetch;
      },
    });
    bench.reader.set('oauth.requestsPerMinute', 60);
    bench.reader.set('oauth.requestsPerDay', 1000);
  });
  afterEach(async () => {
    await limits.load();
    limits.dispose();
    await bench.stop();
    folder.remove();
  });

  const shown = () => {
    const view = limitsView(bench.session.snapshot, (baseUrl) => limits.status(baseUrl), bench.settings);
    return view && limitsText(view).replaceAll(new URL(bench.sandbox.origin).host, 'the sandbox').split('\n');
  };
  /** Waits until the first line is that one. */
  const first = async (line: string): Promise<void> => {
    while (shown()?.[0] !== line)
      await new Promise<void>((resolve) => {
        const subscription = limits.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
  };
  const refuse = (status: number, body: object, headers: Record<string, string> = {}) =>
    bench.sandbox.faults.add({ on: CHAT, reply: { status, body: JSON.stringify(body), headers } });
  const readsOf = async (): Promise<string> => {
    const error: unknown = await bench.session.testConnection().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const problem = problemOf(error, { during: 'test' });
    return problem ? problemText(problem).replaceAll(new URL(bench.sandbox.origin).host, 'the sandbox') : 'no problem';
  };

  it('hold every request of the OAuth sign-in, the one that checks it included', async () => {
    await bench.signInWithDevice();
    await first('Last 60 seconds: 1 of 60 requests (counted here)');
    await bench.session.testConnection();

    await first('Last 60 seconds: 2 of 60 requests (counted here)');
    assert.equal(shown()?.[1], 'Last 24 hours: 2 of 1,000 requests (counted here)');
    assert.equal(bench.sandbox.requests.filter(({ path }) => path === CHAT).length, 2);
  });

  it('hold none of a key', async () => {
    await bench.signInWithKey('openai');
    await bench.session.testConnection();
    await limits.load();

    assert.equal(shown(), undefined);
    assert.equal(limits.status(`${bench.sandbox.origin}/openai/v1`).lastDay, 0);
  });

  it('hold what a server said to a key', async () => {
    await bench.signInWithKey('openai');
    const headers = { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '59' };
    bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 500, body: '{}', headers } });
    await assert.rejects(bench.session.testConnection());

    assert.deepEqual(shown(), ['Requests: 59 of 60 left (said by the sandbox)']);
  });

  it('tell too many requests from a quota that is used up', async () => {
    await bench.signInWithDevice();
    refuse(429, { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } }, { 'Retry-After': '7' });
    assert.equal(
      await readsOf(),
      'the sandbox gets too many requests from you right now (429). It says: Slow down. It takes requests again in 7 s.',
    );
    assert.match(shown()?.[2] ?? '', /^Next request: not before .* \(said by the sandbox\)$/);

    const quota = { error: { code: 'insufficient_quota', message: 'Free allocated quota exceeded.' } };
    refuse(429, quota, { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '3h0m0s' });
    assert.match(
      await readsOf(),
      /^Your account at the sandbox has no balance or quota left \(429\)\. It says: Free .* It takes requests again in 3 h \(.*\)\.$/,
    );
  });
});
