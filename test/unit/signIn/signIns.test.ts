import assert from 'node:assert/strict';

import { ConfigurationError, SignInRequired } from '../../../src/core/base/errors';
import { Secret } from '../../../src/core/base/secret';
import type { SignInAttempt } from '../../../src/core/signIn/signInAttempt';
import { TERMINAL } from '../../../src/core/signIn/redirects';
import type { PendingSignIn, PendingSignIns } from '../../../src/core/signIn/pendingSignIns';
import { type Bench, openBench } from '../../fakes/bench';
import type { SandboxOptions } from '../../sandbox/sandbox';

const OAUTH = { method: 'qwen-oauth' } as const;
/** One that a window which is gone had begun. */
const ORPHAN: PendingSignIn = {
  id: 'an orphan',
  request: OAUTH,
  target: 'https://id.example.com',
  others: ['device'],
  redirectUri: '',
  codeVerifier: new Secret('the-verifier'),
  createdAt: 0,
  owner: 2,
};

describe('the sign-in that is under way', () => {
  let bench: Bench;
  let orphans: PendingSignIn[];
  let saving: () => Promise<void>;

  const pending: PendingSignIns = {
    owner: 1,
    save: () => saving(),
    list: async () => orphans,
    claim: async () => false,
    watch: () => ({ dispose: () => undefined }),
    isWaitedFor: () => false,
  };
  const open = async (options: SandboxOptions = {}): Promise<void> => {
    bench = await openBench({ ...options, redirects: () => ({ ...TERMINAL, pending }) });
  };
  beforeEach(() => {
    orphans = [];
    saving = async () => undefined;
  });
  afterEach(() => bench.stop());

  const signIns = () => bench.session.signIns;
  const running = () => {
    const { current } = signIns();
    assert.ok(current.kind === 'running');
    return current;
  };
  const failed = () => {
    const { current } = signIns();
    assert.ok(current.kind === 'failed');
    return current;
  };
  /** Every attempt that is shown while some work is done. */
  async function shownDuring(work: () => Promise<unknown>): Promise<readonly SignInAttempt[]> {
    const shown: SignInAttempt[] = [];
    const following = bench.session.onDidChange(() => {
      const { current } = signIns();
      if (shown.at(-1) !== current) shown.push(current);
    });
    await work();
    following.dispose();
    return shown;
  }
  /** Sends the key that is kept, and answers the request as it was shown. */
  const requestTo = async (to: 'here' | 'there') => {
    const send = () => signIns().sendKey(to);
    const [attempt] = await shownDuring(() => (to === 'there' ? send() : assert.rejects(send)));
    return attempt?.kind === 'running' ? attempt.request : undefined;
  };
  const untilStep = async (kind: string): Promise<void> => {
    for (;;) {
      const { current } = signIns();
      if (current.kind === 'running' && current.step?.kind === kind) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const openai = (apiKey: string) => ({ method: 'api-key', provider: 'openai', apiKey: new Secret(apiKey) }) as const;

  it('is shown without its key, from the beginning to the end', async () => {
    await open();
    const host = new URL(bench.sandbox.origin).host;
    const shown = await shownDuring(() => signIns().signIn(openai('sk-sandbox-openai')));
    const begun = { kind: 'running', request: { method: 'api-key', provider: 'openai' }, others: [], overdue: false };

    assert.deepEqual(shown.slice(0, 3), [
      { ...begun, step: undefined },
      { ...begun, step: { kind: 'checking', host } },
      { kind: 'none' },
    ]);
  });

  it('shows each place that a refused key is sent to', async () => {
    await open();
    await assert.rejects(bench.signInWithKey('moonshot/china', 'sk-wrong-0123456789'));
    const { request, others } = failed();
    assert.deepEqual(others, []);
    const host = new URL(bench.sandbox.origin).host;
    const [first, last] = await shownDuring(() => signIns().checkOtherRegions());

    assert.deepEqual(first, { kind: 'running', request, step: { kind: 'checking', host }, others: [], overdue: false });
    assert.equal(last?.kind, 'failed');
    assert.deepEqual(failed().others, []);
  });

  it('shows the code that is to be approved, and what else would work', async () => {
    await open();
    const signingIn = signIns().signIn(OAUTH);
    await untilStep('userCode');
    assert.deepEqual([running().others, running().overdue], [['paste', 'key'], false]);
    bench.clock.advance(14_999);
    await new Promise(setImmediate);
    assert.equal(running().overdue, false);
    bench.clock.advance(1);
    await new Promise(setImmediate);
    assert.deepEqual([running().others, running().overdue], [['paste', 'key'], true]);
    signIns().cancel();

    await assert.rejects(signingIn, { name: 'Cancelled' });
    assert.deepEqual(signIns().current, { kind: 'none' });
  });

  it('shows no code once it is called off', async () => {
    await open();
    let save: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      saving = () => {
        resolve();
        return new Promise((done) => (save = done));
      };
    });
    const signingIn = signIns().signIn(OAUTH);
    await reached;
    signIns().cancel();
    save();

    await assert.rejects(signingIn, { name: 'Cancelled' });
    assert.deepEqual(signIns().current, { kind: 'none' });
  });

  it('is the one that was begun last, whenever the one before ends', async () => {
    await open();
    const first = signIns().signIn(OAUTH);
    await untilStep('userCode');
    const second = signIns().signIn(OAUTH);
    await assert.rejects(first, { name: 'Cancelled' });
    assert.equal(running().step?.kind, 'contacting');
    signIns().cancel();

    await assert.rejects(second, { name: 'Cancelled' });
  });

  it('is not overdue once the person has approved it, however long its server takes then', async () => {
    await open();
    bench.sandbox.faults.add({ on: '/v1/models', reply: 'hang' });
    const signingIn = signIns().signIn(OAUTH);
    await untilStep('userCode');
    bench.sandbox.approve(bench.sandbox.pendingUserCodes.at(-1) ?? '');
    bench.clock.advance(5000);
    await untilStep('checking');
    bench.clock.advance(15_000);
    await new Promise(setImmediate);
    assert.deepEqual([running().step?.kind, running().overdue], ['checking', false]);
    signIns().cancel();

    await assert.rejects(signingIn, { name: 'Cancelled' });
  });

  it('is the one that is begun as soon as somebody is signed in', async () => {
    await open();
    let next: Promise<unknown> = Promise.resolve();
    bench.session.onDidSignIn(() => void (next = signIns().signIn(OAUTH)));
    await signIns().signIn(openai('sk-sandbox-openai'));
    assert.deepEqual(running().request, OAUTH);
    signIns().cancel();

    await assert.rejects(next, { name: 'Cancelled' });
  });

  it('is none where a link comes that nobody waits for', async () => {
    await open();
    assert.equal(await signIns().receiveRedirect('code=a&state=b'), undefined);

    assert.deepEqual(signIns().current, { kind: 'none' });
  });

  it('opens the page of a redirect once more, and copies nothing', async () => {
    await open({ grants: 'code' });
    const signingIn = signIns().signIn(OAUTH);
    await untilStep('redirect');
    await signIns().openPage();
    const [first, again] = bench.browser.opened;
    signIns().cancel();
    await assert.rejects(signingIn);
    assert.equal(bench.clock.sleepers, 0);

    assert.deepEqual([first === again, bench.browser.opened.length, bench.browser.copied], [true, 2, []]);
  });

  it('has a key as the way out where a server cannot even say what it can', async () => {
    await open();
    bench.sandbox.faults.add({ on: () => true, times: Infinity, reply: 'reset' });
    await assert.rejects(signIns().signIn(OAUTH));

    assert.deepEqual(failed().others, ['key']);
  });

  it('is none of those that windows left which are gone, unless nothing else is shown', async () => {
    await open();
    orphans = [ORPHAN];
    await assert.rejects(bench.signInWithKey('openai', 'sk-wrong-0123456789'));
    const before = signIns().current;
    await signIns().reportInterrupted();
    assert.equal(signIns().current, before);
    signIns().cancel();
    await signIns().reportInterrupted();

    const { request, error, others } = failed();
    assert.ok(error instanceof SignInRequired);
    assert.deepEqual(
      [request, error.about, others],
      [OAUTH, { reason: 'interrupted', ...OAUTH, host: 'id.example.com' }, ['device']],
    );
  });

  it('is none where no window left one', async () => {
    await open();
    await signIns().reportInterrupted();

    assert.deepEqual(signIns().current, { kind: 'none' });
  });

  describe('with a key that is kept', () => {
    it('is sent where it seems to belong without a model that was named for another place', async () => {
      await open();
      const request = { ...openai('sk-or-sandbox'), model: 'gpt-4o' };
      await assert.rejects(signIns().signIn(request), { reason: 'foreignKey' });
      assert.deepEqual(failed().request, { method: 'api-key', provider: 'openai', model: 'gpt-4o' });
      assert.deepEqual(await requestTo('there'), { method: 'api-key', provider: 'openrouter' });

      assert.deepEqual(
        bench.session.snapshot.accounts.map(({ id }) => id),
        ['openrouter'],
      );
    });

    for (const model of [undefined, 'qwen3-coder-next']) {
      it(`is sent to another region with ${model ? 'the model that was named' : 'none where none was named'}`, async () => {
        await open();
        const named = { method: 'coding-plan', ...(model && { model }) } as const;
        const apiKey = new Secret('sk-sp-sandbox-intl');
        await assert.rejects(signIns().signIn({ ...named, region: 'china', apiKey }), { reason: 'refused' });
        await signIns().checkOtherRegions();
        const expected = { ...named, provider: 'coding-plan', region: 'international' };
        assert.deepEqual(await requestTo('there'), expected);

        assert.deepEqual(
          bench.session.snapshot.accounts.map(({ id, method }) => [id, method]),
          [['coding-plan/international', 'coding-plan']],
        );
      });
    }

    it('is sent to where it was meant for with all that was named', async () => {
      await open();
      const request = { method: 'api-key', provider: 'openai', model: 'gpt-4o' } as const;
      const apiKey = new Secret('sk-or-sandbox');
      await assert.rejects(signIns().signIn({ ...request, apiKey }), { reason: 'foreignKey' });

      assert.deepEqual(await requestTo('here'), { ...request, anyway: true });
    });

    it('is sent nowhere else where the settings name a place by now that cannot be used', async () => {
      await open();
      await assert.rejects(bench.signInWithKey('moonshot/china', 'sk-wrong-0123456789'));
      bench.reader.set('endpoints', { 'moonshot/china': 'ftp://a.example' });
      const asked = bench.sandbox.requests.length;
      await signIns().checkOtherRegions();

      const { error } = failed();
      assert.ok(error instanceof ConfigurationError);
      assert.equal(bench.sandbox.requests.length, asked);
    });

    it('is sent nowhere where nobody here is its owner, and stays for where it was meant', async () => {
      await open();
      await assert.rejects(signIns().signIn(openai('sk-ant-api03-0123456789')), { reason: 'foreignKey' });
      await assert.rejects(signIns().sendKey('there'), {
        name: 'ConfigurationError',
        where: { field: 'provider' },
        message: 'It is not known where else this key is good.',
      });
      assert.equal(bench.sandbox.requests.length, 0);

      await assert.rejects(signIns().sendKey('here'), { reason: 'refused' });
      assert.ok(bench.sandbox.requests.every(({ path }) => path.startsWith('/openai/')));
    });

    it('is kept where the model that was named is denied to it, and signs in with another one', async () => {
      await open();
      const body = JSON.stringify({ error: { code: 'Model.AccessDenied', message: 'No.' } });
      bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 403, body } });
      const request = { ...openai('sk-sandbox-openai'), model: 'gpt-5.5' };
      await assert.rejects(signIns().signIn(request), { reason: 'deniedModel' });

      assert.equal((await signIns().sendKey('here', 'gpt-4o')).model, 'gpt-4o');
    });

    it('is not kept where nothing more can be done with it', async () => {
      await open();
      bench.sandbox.faults.add({ on: () => true, times: Infinity, reply: { status: 404, body: '{}' } });
      await assert.rejects(signIns().signIn(openai('sk-0123456789')), { name: 'RequestError' });
      await assert.rejects(signIns().sendKey('here'), { name: 'ConfigurationError', where: { field: 'apiKey' } });
      bench.sandbox.faults.clear();
      await assert.rejects(signIns().signIn(openai('sk-wrong-0123456789')), { reason: 'refused' });
      const { request } = failed();
      await assert.rejects(signIns().sendKey('here'), { name: 'ConfigurationError', where: { field: 'apiKey' } });

      const { error, ...rest } = failed();
      assert.match(String(error), /The key is not kept any more\. Enter it again\.$/);
      assert.deepEqual(rest, { kind: 'failed', request, others: [] });
    });
  });
});
