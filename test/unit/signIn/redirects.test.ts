import assert from 'node:assert/strict';

import type { UserAgent } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { fingerprintOf, readRedirect } from '../../../src/core/oauth/redirect';
import type { PendingSignIn, PendingSignIns } from '../../../src/core/signIn/pendingSignIns';
import {
  aboutOf,
  type AuthorizationRequest,
  type AuthorizationResponse,
  Redirects,
  TERMINAL,
} from '../../../src/core/signIn/redirects';
import type { SignInStep } from '../../../src/core/signIn/signIn';
import { ManualClock } from '../../fakes/manualClock';
import { createRecordingBrowser, type RecordingBrowser } from '../../fakes/recordingBrowser';

const ABOUT = { request: { method: 'qwen-oauth' }, target: 'https://id.example.com/tenant', others: ['key'] } as const;
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
};

/** The sign-ins of three processes, in memory: this one, which is 1, another one that lives (2), and one that is gone (3). */
class MemoryPending implements PendingSignIns {
  readonly owner = 1;
  readonly saved = new Map<string, PendingSignIn>();
  readonly #watched = new Map<string, () => void>();
  canSave = true;

  async save(pending: PendingSignIn): Promise<void> {
    if (!this.canSave) throw new Error('The disk is full.');
    this.saved.set(pending.id, pending);
  }

  async list(): Promise<readonly PendingSignIn[]> {
    return [...this.saved.values()];
  }

  async claim(id: string): Promise<boolean> {
    const isClaimed = this.saved.delete(id);
    if (isClaimed) this.#watched.get(id)?.();
    return isClaimed;
  }

  watch(id: string, claimed: () => void) {
    this.#watched.set(id, claimed);
    return { dispose: () => void this.#watched.delete(id) };
  }

  get watches(): number {
    return this.#watched.size;
  }

  isWaitedFor({ owner }: PendingSignIn): boolean {
    return owner === 2;
  }
}

describe('the redirects that come from browsers', () => {
  let clock: ManualClock;
  let browser: RecordingBrowser;
  let pending: MemoryPending;
  let logged: string[];
  let steps: SignInStep[];
  let redirects: Redirects;
  let calling: AbortController;

  beforeEach(() => {
    clock = new ManualClock();
    browser = createRecordingBrowser();
    pending = new MemoryPending();
    [logged, steps, calling] = [[], [], new AbortController()];
    const log = { info: (text: string) => void logged.push(text), error: (text: string) => void logged.push(text) };
    redirects = new Redirects({ ...TERMINAL, pending, log, clock, browser });
  });

  const REQUEST: AuthorizationRequest = {
    host: 'id.example.com',
    issuer: 'https://id.example.com',
    loopbackUri: 'http://127.0.0.1/callback',
    redirectUri: (reachable) => `${reachable}?own=1`,
    url: ({ redirectUri, pkce }, state) =>
      `https://id.example.com/authorize?state=${state.reveal()}&to=${redirectUri}&challenge=${pkce.codeChallenge}`,
  };
  const authorize = (request = REQUEST): Promise<AuthorizationResponse> => {
    const authorizing = redirects.authorize(request, ABOUT, 'paste', (step) => steps.push(step), calling.signal);
    authorizing.catch(() => undefined);
    return authorizing;
  };
  const stateOf = (): string => {
    const [step] = steps;
    assert.ok(step?.kind === 'redirect');
    return new URL(step.url).searchParams.get('state') ?? '';
  };
  const expected = { name: 'ConfigurationError', where: { field: 'redirect' } };

  it('answer the one that waits, with what its code is exchanged together with', async () => {
    const authorizing = authorize();
    await settled();
    const [step] = steps;
    const [kept] = pending.saved.values();
    assert.equal(redirects.receive(readRedirect(`code=a-code&state=${stateOf()}`)), true);
    const { redirect, redirectUri, codeVerifier } = await authorizing;

    assert.equal(redirect.code?.reveal(), 'a-code');
    assert.equal(redirectUri, 'http://127.0.0.1/callback?own=1');
    assert.deepEqual([step?.kind, step && 'flow' in step && step.flow], ['redirect', 'paste']);
    assert.deepEqual(
      { ...kept, codeVerifier: kept?.codeVerifier.reveal() },
      {
        ...ABOUT,
        id: fingerprintOf(new Secret(stateOf())),
        redirectUri,
        codeVerifier: codeVerifier.reveal(),
        createdAt: clock.now(),
        owner: 1,
      },
    );
    assert.deepEqual([pending.saved.size, pending.watches, logged, browser.askedAbout], [0, 0, [], []]);
  });

  it('of strangers change nothing', async () => {
    assert.equal(redirects.receive(readRedirect('code=evil&state=evil')), false);
    const authorizing = authorize();
    await settled();
    assert.equal(redirects.receive(readRedirect('code=evil&state=evil')), false);
    redirects.receive(readRedirect(`code=good&state=${stateOf()}`));

    assert.equal((await authorizing).redirect.code?.reveal(), 'good');
    assert.equal(redirects.receive(readRedirect(`code=good&state=${stateOf()}`)), false);
  });

  it('may be pasted, as long as one is waited for', async () => {
    assert.throws(() => redirects.paste('a-code'), { ...expected, message: /^No sign-in waits for an address/ });
    const authorizing = authorize();
    await settled();
    assert.throws(() => redirects.paste('no code'), { ...expected, message: /^This is not what the browser/ });
    assert.throws(() => redirects.paste('https://x.example/?code=a&state=another'), {
      ...expected,
      message: /^This address belongs to another sign-in/,
    });
    redirects.paste('a-code');
    assert.equal((await authorizing).redirect.code?.reveal(), 'a-code');

    assert.throws(() => redirects.paste('a-code'), expected);
  });

  it('are waited for by the last sign-in, whatever ends the one before', async () => {
    const first = authorize();
    await settled();
    const firstCall = calling;
    calling = new AbortController();
    steps = [];
    const second = authorize();
    await settled();
    firstCall.abort();
    await assert.rejects(first, { name: 'Cancelled' });
    redirects.receive(readRedirect(`code=a-code&state=${stateOf()}`));

    assert.equal((await second).redirect.code?.reveal(), 'a-code');
  });

  it('are waited for ten minutes, and nobody watches afterwards', async () => {
    const authorizing = authorize();
    await settled();
    clock.advance(599_999);
    await settled();
    assert.equal(pending.saved.size, 1);
    clock.advance(1);

    await assert.rejects(authorizing, {
      name: 'SignInRequired',
      about: { reason: 'expired', method: 'qwen-oauth', host: 'id.example.com' },
    });
    assert.deepEqual([pending.saved.size, pending.watches], [0, 0]);
  });

  it('leave no clock running once one has come', async () => {
    const authorizing = authorize();
    await settled();
    redirects.paste('a-code');
    await authorizing;
    await settled();

    assert.equal(clock.sleepers, 0);
  });

  it('are left to the window that claims the sign-in', async () => {
    const authorizing = authorize();
    await settled();
    await pending.claim(fingerprintOf(new Secret(stateOf())));

    await assert.rejects(authorizing, { name: 'Cancelled' });
  });

  it('are waited for though other windows cannot be told, which is logged', async () => {
    pending.canSave = false;
    const authorizing = authorize();
    await settled();
    assert.deepEqual([logged, pending.watches], [['Error: The disk is full.'], 0]);
    redirects.paste('a-code');
    await authorizing;

    for (const others of [{ pending }, {}]) {
      redirects = new Redirects({ ...TERMINAL, ...others, clock, browser });
      steps = [];
      const alone = authorize();
      await settled();
      redirects.paste('a-code');
      await alone;
    }
  });

  it('may come to the window after this one, whose record stays', async () => {
    const authorizing = authorize();
    await settled();
    redirects.dispose();
    assert.equal(redirects.receive(readRedirect(`code=a-code&state=${stateOf()}`)), false);
    calling.abort();
    await assert.rejects(authorizing, { name: 'Cancelled' });

    assert.equal(pending.saved.size, 1);
  });

  describe('of a page on another host than the issuer', () => {
    const elsewhere = { ...REQUEST, url: () => 'https://login.example.org/authorize' };

    it('are waited for once the person has agreed to it', async () => {
      const authorizing = authorize(elsewhere);
      await settled();
      assert.deepEqual(browser.askedAbout, ['login.example.org, not id.example.com']);
      assert.deepEqual(browser.opened, ['https://login.example.org/authorize']);
      calling.abort();
      await assert.rejects(authorizing);
    });

    it('are not, where the person says no', async () => {
      browser.agrees = false;

      await assert.rejects(authorize(elsewhere), { name: 'Cancelled' });
      assert.deepEqual([browser.opened, steps], [[], []]);
    });

    it('are not asked about where the address itself is shown', async () => {
      const terminal: UserAgent = { open: async () => true, copy: async () => undefined };
      redirects = new Redirects({ ...TERMINAL, clock, browser: terminal });
      const authorizing = authorize(elsewhere);
      await settled();
      assert.equal(steps.length, 1);
      calling.abort();
      await assert.rejects(authorizing);
    });
  });

  it('do without a browser that cannot be opened', async () => {
    browser.open = () => Promise.reject(new Error('no browser'));
    const authorizing = authorize();
    await settled();
    redirects.paste('a-code');

    assert.equal((await authorizing).redirect.code?.reveal(), 'a-code');
  });

  it('have no address that comes back to a terminal', async () => {
    await assert.rejects(TERMINAL.callbackUri(), { ...expected, message: /^No browser comes back to a terminal\.$/ });
  });

  describe('for a sign-in of another window', () => {
    const STATE = 'the-state';
    const kept = (owner: number, changes: Partial<PendingSignIn> = {}): PendingSignIn => ({
      ...ABOUT,
      id: fingerprintOf(new Secret(STATE)),
      redirectUri: '',
      codeVerifier: new Secret('the-verifier'),
      createdAt: clock.now(),
      owner,
      ...changes,
    });
    const claim = (state = STATE) => redirects.claim(readRedirect(`code=a&state=${state}`), calling.signal);

    it('are left to that window for a second', async () => {
      await pending.save(kept(2));
      const claiming = claim();
      assert.equal(await clock.nextSleep(), 1000);
      assert.equal(pending.saved.size, 1);
      clock.advance(1000);

      assert.equal((await claiming)?.owner, 2);
      assert.equal(pending.saved.size, 0);
    });

    it('are not claimed where that window was quicker', async () => {
      await pending.save(kept(2));
      const claiming = claim();
      await clock.nextSleep();
      pending.saved.clear();
      clock.advance(1000);

      assert.equal(await claiming, undefined);
    });

    it('are claimed at once where that window is gone', async () => {
      await pending.save(kept(3));

      assert.equal((await claim())?.owner, 3);
    });

    it('are not claimed with another state, or where there are no other windows', async () => {
      await pending.save(kept(3));
      assert.equal(await claim('another-state'), undefined);
      assert.equal(pending.saved.size, 1);
      redirects = new Redirects({ ...TERMINAL, clock, browser });

      assert.equal(await claim(), undefined);
      assert.deepEqual(await redirects.claimInterrupted(), []);
    });

    it('are told of once as interrupted, where that window is gone', async () => {
      for (const owner of [1, 2, 3]) await pending.save(kept(owner, { id: `of ${owner}` }));
      await pending.save(kept(3, { id: 'told', told: true }));

      const interrupted = await redirects.claimInterrupted();
      assert.deepEqual(
        interrupted.map(({ id }) => id),
        ['of 3'],
      );
      assert.deepEqual(
        [pending.saved.get('of 3')?.owner, pending.saved.get('of 3')?.told, pending.saved.size],
        [1, true, 4],
      );
      assert.deepEqual(await redirects.claimInterrupted(), []);
    });

    it('are told of as interrupted where that cannot be noted', async () => {
      await pending.save(kept(3));
      pending.canSave = false;

      assert.equal((await redirects.claimInterrupted()).length, 1);
    });
  });

  it('say whose sign-in it was, by the host of its server', () => {
    assert.deepEqual(aboutOf({ ...ABOUT, target: 'https://id.example.com:8443/tenant' }), {
      method: 'qwen-oauth',
      host: 'id.example.com:8443',
    });
  });
});
