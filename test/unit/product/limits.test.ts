import assert from 'node:assert/strict';

import { Cancelled } from '../../../src/core/base/errors';
import { SystemFiles } from '../../../src/core/base/files';
import { Limits } from '../../../src/core/limits/limits';
import { AskedQuotas } from '../../../src/core/limits/askedQuotas';
import { isCountedApi } from '../../../src/core/session/countedApi';
import { QuotaRefresh } from '../../../src/core/session/quotaRefresh';
import { accountLimits, type KnownLimits, limitsText, limitsView } from '../../../src/core/views/limitsView';
import { statusBarView } from '../../../src/core/views/statusBarView';
import { withElsewhere } from '../../../src/core/views/elsewhere';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench, platformFetch } from '../../fakes/bench';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const CHAT = '/v1/chat/completions';

describe('limits of a session', () => {
  let bench: Bench;
  let folder: TemporaryFolder;
  let limits: Limits;
  let quotas: AskedQuotas;
  let refresh: QuotaRefresh;

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
    const { clock, session, settings } = bench;
    quotas = new AskedQuotas({ clock, fetch: platformFetch, isOn: () => settings.asksForQuota() });
    refresh = new QuotaRefresh(session, quotas);
    bench.reader.set('oauth.requestsPerMinute', 60);
    bench.reader.set('oauth.requestsPerDay', 1000);
  });
  afterEach(async () => {
    await limits.load();
    for (const part of [refresh, quotas, limits]) part.dispose();
    await bench.stop();
    folder.remove();
  });

  const known = (): KnownLimits => ({
    status: (baseUrl) => limits.status(baseUrl),
    countSince: (baseUrl, start) => limits.countSince(baseUrl, start),
    firstSince: (baseUrl, start) => limits.firstSince(baseUrl, start),
    asked: (account) => quotas.of(account),
  });
  const view = () => limitsView(bench.session.snapshot, known(), bench.settings);
  const isUsedUp = ({ text }: { readonly text: string }) => text.startsWith('used up');
  const shown = () => {
    const limitsNow = view();
    return limitsNow && limitsText(limitsNow).replaceAll(new URL(bench.sandbox.origin).host, 'the sandbox').split('\n');
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

  describe('of providers and plans', () => {
    /** What was asked of the sandbox besides models and chats. */
    const asked = () =>
      bench.sandbox.requests.map(({ path }) => path).filter((path) => !/\/(models|chat\/completions)$/.test(path));
    const line = () => shown()?.[0]?.replace(/(\d+ \w+ )?at \d\d:\d\d/g, 'at …');
    /** Waits until the quotas were read again. */
    const read = () => new Promise<void>((resolve) => quotas.onDidChange(resolve));

    for (const [endpoint, path, text] of [
      ['deepseek', '/user/balance', 'Balance: CN¥54.00'],
      ['moonshot/international', '/moonshot/international/v1/users/me/balance', 'Balance: $54.00'],
      ['moonshot/china', '/moonshot/china/v1/users/me/balance', 'Balance: CN¥54.00'],
      ['openrouter', '/openrouter/v1/key', 'Spent this month: 73 % used · goes on at … · $73.00 of $100.00'],
      ['zai/coding-plan', '/api/monitor/usage/quota/limit', '5 hours: 73 % used · goes on at …'],
      ['minimax/china', '/minimax/china/v1/api/openplatform/coding_plan/remains', '5 hours: 73 % used · goes on at …'],
    ] as const) {
      it(`are what ${endpoint} says`, async () => {
        await bench.signInWithKey(endpoint);
        await refresh.look();

        assert.deepEqual(asked(), [path]);
        assert.equal(line(), `${text} (said by the sandbox at …)`);
      });
    }

    it('are asked for by nobody but the person: by looking, by using, by being refused', async () => {
      await bench.signInWithKey('deepseek');
      await limits.load();
      await bench.reopen();
      await bench.session.discovery.refresh();
      assert.deepEqual(asked(), []);
      bench.clock.advance(24 * 3_600_000);
      assert.deepEqual(asked(), []);

      await Promise.all([refresh.look(), refresh.look(), refresh.look()]);
      assert.equal(asked().length, 1);
      for (let count = 0; count < 3; count++) await bench.session.testConnection();
      assert.equal(asked().length, 1);

      bench.clock.advance(5 * 60_000);
      await Promise.all([read(), bench.session.testConnection()]);
      assert.equal(asked().length, 2);
      bench.clock.advance(30_000);
      const refused = { error: { message: 'Insufficient Balance', code: 'invalid_request_error' } };
      bench.sandbox.faults.add({
        on: '/deepseek/v1/chat/completions',
        reply: { status: 402, body: JSON.stringify(refused) },
      });
      await Promise.all([read(), assert.rejects(bench.session.testConnection())]);
      assert.equal(asked().length, 3);
    });

    it('are forgotten with the key at a sign-out, and asked for anew after the next sign-in', async () => {
      const { account } = await bench.signInWithKey('deepseek');
      await refresh.look();
      await bench.session.signOut(['deepseek']);
      assert.ok(account.method !== 'qwen-oauth');
      assert.equal(quotas.of(account), undefined);
      await bench.signInWithKey('deepseek');
      await refresh.look();

      assert.equal(asked().length, 2);
    });

    it('are asked for of every account whose key is saved here, of those not in use every five minutes at most', async () => {
      await bench.signInWithKey('openrouter');
      await bench.signInWithKey('coding-plan/china');
      await bench.signInWithKey('deepseek');
      await refresh.look();
      assert.deepEqual(asked().sort(), ['/openrouter/v1/key', '/user/balance']);

      bench.clock.advance(60_000);
      await refresh.look();
      assert.deepEqual(asked().slice(2), ['/user/balance']);
      bench.clock.advance(4 * 60_000);
      await refresh.look();
      assert.deepEqual(asked().slice(3).sort(), ['/openrouter/v1/key', '/user/balance']);
    });

    it('are asked for of no provider while the setting is off, and of none whose key is not saved here', async () => {
      bench.reader.set('limits.ask', false);
      await bench.signInWithKey('deepseek');
      await refresh.look();
      await bench.session.testConnection();
      assert.deepEqual([asked(), shown()], [[], undefined]);

      bench.reader.set('limits.ask', true);
      await bench.session.signOut(['deepseek']);
      bench.environment['OPENAI_API_KEY'] = bench.sandbox.keys['deepseek'] ?? '';
      bench.environment['OPENAI_BASE_URL'] = `${bench.sandbox.origin}/deepseek/v1`;
      bench.environment['OPENAI_MODEL'] = 'deepseek-v4-pro';
      await refresh.look();
      assert.deepEqual(asked(), []);
    });

    it('are counted for a plan that fills up, refuses, names the time, and goes on', async () => {
      bench.reader.set('codingPlan.edition', 'lite');
      await bench.signInWithKey('bailian/beijing');
      await bench.signInWithKey('coding-plan/china');
      const before = bench.sandbox.requests.filter(({ path }) => path === '/coding/china/v1/chat/completions').length;
      bench.sandbox.behavior.plan = { hour: before + 2 };
      await bench.session.testConnection();
      await bench.session.testConnection();
      await first(`Last 5 hours: 0 % used · ${before + 2} of 1,200 requests (counted here)`);

      const error = await bench.session.testConnection().catch((thrown: unknown) => thrown);
      assert.match(view()?.full?.text ?? '', /^Your 5-hour limit at .* is used up\. It goes on .* at the latest\.$/);
      const bar = statusBarView(bench.session.snapshot, view());
      assert.match(bar.text, /^\$\(clock\) qwen3-coder-plus · goes on .*\d\d:\d\d at the latest$/);
      const problem = problemOf(error, { during: 'test' });
      assert.ok(problem);
      assert.match(problemText(problem), /It takes requests again in 5 h at the latest \(.*\d\d:\d\d:\d\d\)\.$/);
      const { action } = withElsewhere(problem, error, bench.session.snapshot);
      assert.equal(action?.label, 'Use Alibaba Cloud Model Studio (Bailian) · China (Beijing)');
      assert.ok(action.intent.type === 'switchModel');

      await bench.session.switchModel(action.intent);
      assert.equal(view()?.full, undefined);
      await bench.session.testConnection();
      await bench.session.switchModel({ id: 'qwen3-coder-plus', baseUrl: `${bench.sandbox.origin}/coding/china/v1` });
      assert.ok(view()?.full);

      bench.clock.advance(5 * 3_600_000);
      assert.equal(view()?.full, undefined);
      assert.doesNotMatch(statusBarView(bench.session.snapshot, view()).text, /goes on/);
      assert.equal((await bench.session.testConnection()).model.id, 'qwen3-coder-plus');
    });

    describe('that are used up', () => {
      const CHINA = '/coding/china/v1';
      const OTHER_KEY = 'sk-sp-of-another-plan';
      const isFull = () => view()?.full !== undefined;
      /** Stands in for a server that knows the other key, for one sign-in. */
      const answerOtherKey = (reply: { readonly status: number; readonly body: string }): void => {
        const headers = { 'content-type': reply.status === 200 ? 'text/event-stream' : 'application/json' };
        bench.sandbox.faults.add({ on: `${CHINA}/models`, reply: { status: 404, body: '' } });
        bench.sandbox.faults.add({ on: `${CHINA}/chat/completions`, reply: { ...reply, headers } });
      };
      const answered = { status: 200, body: 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n' };
      const full = JSON.stringify({ error: { message: 'month allocated quota exceeded.' } });

      beforeEach(async () => {
        await bench.signInWithKey('coding-plan/china');
        bench.sandbox.behavior.plan = { month: 0 };
        await assert.rejects(bench.session.testConnection());
        assert.match(view()?.full?.text ?? '', /^Your monthly limit at .* is used up\./);
      });

      it('are none of the key of another plan that is put in its place, in any window, until it is taken back', async () => {
        const second = await bench.reopen();
        answerOtherKey(answered);
        const { account, replaced } = await bench.signInWithKey('coding-plan/china', OTHER_KEY);

        assert.deepEqual([account.status, view()?.full], ['verified', undefined]);
        assert.doesNotMatch(statusBarView(bench.session.snapshot, view()).text, /goes on/);
        await second.load();
        assert.equal(accountLimits(second.snapshot, known(), bench.settings)[0]?.rows.some(isUsedUp), false);

        await bench.session.restore(replaced?.name ?? '');
        assert.ok(isFull());
        assert.equal(accountLimits(bench.session.snapshot, known(), bench.settings)[0]?.rows.some(isUsedUp), true);
      });

      it('are those of the other key too where its server says so at the sign-in', async () => {
        answerOtherKey({ status: 429, body: full });
        const { account } = await bench.signInWithKey('coding-plan/china', OTHER_KEY);

        assert.equal(account.status, 'unverified');
        assert.ok(isFull());
      });

      it('go on once a key is taken again, at a sign-in or a check', async () => {
        bench.sandbox.behavior.plan = {};
        await bench.signInWithKey('coding-plan/china');
        assert.equal(view()?.full, undefined);

        bench.sandbox.behavior.plan = { month: 0 };
        await assert.rejects(bench.session.testConnection());
        assert.ok(isFull());
        bench.sandbox.behavior.plan = {};
        await bench.session.checkAgain('coding-plan/china', new AbortController().signal);
        assert.equal(view()?.full, undefined);
      });

      it('are known to other windows, and so is the answer that ends them', async () => {
        const second = await bench.reopen();
        assert.equal(second.snapshot.full.length, 1);
        bench.sandbox.behavior.plan = {};
        await bench.session.testConnection();

        assert.deepEqual([bench.session.snapshot.full, second.snapshot.full], [[], []]);
      });
    });

    it('offer no other account that cannot answer either', async () => {
      await bench.signInWithKey('coding-plan/international');
      await bench.signInWithKey('coding-plan/china');
      bench.sandbox.behavior.plan = { week: 0 };
      for (const region of ['international', 'china']) {
        await bench.session.switchModel({ id: 'glm-5', baseUrl: `${bench.sandbox.origin}/coding/${region}/v1` });
        const error = await bench.session.testConnection().catch((thrown: unknown) => thrown);
        const problem = problemOf(error, { during: 'test' });
        assert.ok(problem);
        const { label } = withElsewhere(problem, error, bench.session.snapshot).action ?? {};
        assert.equal(label, region === 'china' ? 'Switch model' : 'Use Coding Plan · China (Beijing)');
      }
    });
  });
});
