import assert from 'node:assert/strict';

import { sessionState } from '../../../src/core/session/snapshot';
import { actionsOf, doubtOf, problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench } from '../../fakes/bench';
import { qwenServers } from '../../fakes/qwenServers';

const CHAT = '/v1/chat/completions';
const OAUTH = { method: 'qwen-oauth' } as const;
const NOTICE = 'The free tier of Qwen OAuth was discontinued on 2026-04-15. A Coding Plan or an API key works.';
const CHOICES = ['Use Coding Plan', 'Use an API key', 'Try anyway'];
const EARLIER = { about: { reason: 'refused', ...OAUTH, host: 'portal.qwen.ai', earlier: true } } as const;
const QUOTA = { code: 'insufficient_quota', message: 'Free allocated quota exceeded.' };

describe('the end of the free tier', () => {
  let bench: Bench;

  /** The sandbox under the names of Qwen's own servers. */
  beforeEach(async () => {
    bench = await openBench({
      resourceUrl: 'portal.qwen.ai',
      wrap: () => qwenServers(() => bench.sandbox.origin),
    });
    bench.reader.set('oauth.issuer', '');
  });
  afterEach(() => bench.stop());

  const refuse = (status: number, error: object = {}) =>
    bench.sandbox.faults.add({
      on: ({ path }) => path === CHAT || path === '/v1/models',
      times: Infinity,
      reply: { status, body: JSON.stringify({ error }) },
    });
  /** What a person reads of what the work throws, and the buttons. */
  const readsOf = async (work: Promise<unknown>, during: 'signIn' | 'test' = 'signIn') => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const problem = problemOf(error, during === 'test' ? { during } : { during, ...OAUTH });
    return problem && { text: problemText(problem), buttons: actionsOf(problem).map(({ label }) => label) };
  };
  const sent = () => bench.sandbox.requests.length;

  it('is what a person reads when the API refuses a fresh token, with three ways on', async () => {
    refuse(401);

    assert.deepEqual(await readsOf(bench.signInWithDevice()), {
      text: `portal.qwen.ai refuses requests signed with your Qwen account (401). ${NOTICE}`,
      buttons: CHOICES,
    });
    assert.equal(bench.secrets.entries.size, 0);
  });

  it('lets no sign-in after a refusal ask anybody, however often it is tried', async () => {
    refuse(401);
    await assert.rejects(bench.signInWithDevice());
    const before = sent();
    for (let attempt = 0; attempt < 10; attempt++) {
      assert.deepEqual(await readsOf(bench.session.signIns.signIn(OAUTH)), {
        text: `portal.qwen.ai refused your Qwen account the last time, so it was not asked again. ${NOTICE}`,
        buttons: CHOICES,
      });
    }

    assert.equal(sent(), before);
    assert.equal(sessionState(bench.session.snapshot).state, 'failed');
  });

  it('remembers the refusal after a reload', async () => {
    refuse(401);
    await assert.rejects(bench.signInWithDevice());
    const before = sent();

    await assert.rejects((await bench.reopen()).signIns.signIn(OAUTH), EARLIER);
    assert.equal(sent(), before);
  });

  it('asks once more for who wants it anyway', async () => {
    refuse(401);
    await assert.rejects(bench.signInWithDevice());
    const first = sent();
    await assert.rejects(bench.signInWithDevice({ anyway: true }), { reason: 'refused' });

    assert.equal(sent(), 2 * first);
    await assert.rejects(bench.session.signIns.signIn(OAUTH));
    assert.equal(sent(), 2 * first);
  });

  it('is forgotten once the API takes a token', async () => {
    refuse(401);
    await assert.rejects(bench.signInWithDevice());
    bench.sandbox.faults.clear();
    await bench.signInWithDevice({ anyway: true });

    const { account } = await bench.signInWithDevice();
    assert.equal(account.status, 'verified');
  });

  it('marks the account when a request is refused with a token that was just renewed', async () => {
    await bench.signInWithDevice();
    const before = sent();
    refuse(401);

    assert.deepEqual(await readsOf(bench.session.testConnection(), 'test'), {
      text: `portal.qwen.ai refuses requests signed with your Qwen account (401). ${NOTICE}`,
      buttons: CHOICES,
    });
    // The request, one refresh, and the request again.
    assert.equal(sent(), before + 3);
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'refused');
    await assert.rejects(bench.session.signIns.signIn(OAUTH), EARLIER);
    assert.equal(sent(), before + 3);
  });

  it('is forgotten, too, once a request is answered', async () => {
    await bench.signInWithDevice();
    refuse(401);
    await assert.rejects(bench.session.testConnection());
    bench.sandbox.faults.clear();
    await bench.session.testConnection();

    const { account } = await bench.signInWithDevice();
    assert.equal(account.status, 'verified');
  });

  it('shows a sign-in without quota as not verified, and says why', async () => {
    refuse(429, QUOTA);
    await bench.signInWithDevice();

    const doubt = doubtOf(bench.session.snapshot);
    assert.equal(
      doubt && problemText(doubt),
      `portal.qwen.ai grants no more free requests (429). It says: Free allocated quota exceeded. ${NOTICE}`,
    );
    assert.deepEqual(doubt && actionsOf(doubt).map(({ label }) => label), CHOICES);
    await assert.rejects(bench.session.signIns.signIn(OAUTH), EARLIER);
  });

  it('is no explanation for an outage', async () => {
    refuse(503);
    await bench.signInWithDevice();
    bench.sandbox.faults.clear();

    assert.equal((await bench.signInWithDevice()).account.status, 'verified');
  });

  it('is no explanation for the refusal of another server', async () => {
    bench.reader.set('oauth.issuer', bench.sandbox.origin);
    bench.sandbox.behavior.resourceUrl = undefined;
    refuse(401);
    await assert.rejects(bench.signInWithDevice());

    assert.deepEqual((await readsOf(bench.signInWithDevice()))?.buttons, ['Sign in again']);
  });

  for (const [what, reply, text] of [
    ['403', { status: 403, body: '{}' }, `chat.qwen.ai refuses your sign-in (403). ${NOTICE}`],
    ['410', { status: 410, body: 'Gone' }, `chat.qwen.ai refuses your sign-in (410). It says: Gone. ${NOTICE}`],
    [
      'an error of its own',
      { status: 400, body: '{"error":"invalid_request","error_description":"Qwen OAuth is closed"}' },
      `chat.qwen.ai refused the sign-in: Qwen OAuth is closed. ${NOTICE}`,
    ],
  ] as const) {
    it(`is what a person reads when the authorization server answers ${what}`, async () => {
      bench.sandbox.faults.add({ on: ({ path }) => path.endsWith('/device/code'), reply });

      assert.deepEqual(await readsOf(bench.session.signIns.signIn(OAUTH)), { text, buttons: CHOICES });
      assert.equal(sent(), 1);
    });
  }

  it('is what a person reads when the sign-in is not renewed any more', async () => {
    await bench.signInWithDevice();
    bench.sandbox.revokeAll();

    assert.deepEqual(await readsOf(bench.session.testConnection(), 'test'), {
      text: `Your sign-in at chat.qwen.ai has ended. ${NOTICE}`,
      buttons: CHOICES,
    });
  });
});
