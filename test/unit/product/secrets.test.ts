import assert from 'node:assert/strict';
import { Secret } from '../../../src/core/base/secret';
import { inspect } from 'node:util';

import { panelView } from '../../../src/core/views/panelView';
import { pickerView } from '../../../src/core/views/pickerView';
import { statusBarView } from '../../../src/core/views/statusBarView';
import { statusReport } from '../../../src/core/views/statusReport';
import { type Bench, openBench } from '../../fakes/bench';

/** Without a shape that gives it away, so that only knowledge of it can keep it out of a text. */
const KEY = 'odd.key/of+somebody~0123456789';
const CHAT = '/openai/v1/chat/completions';

describe('secrets', () => {
  let bench: Bench;
  let shown: string[];

  beforeEach(async () => {
    bench = await openBench();
    shown = [];
    bench.session.onDidChange(look);
  });
  afterEach(() => bench.stop());

  /** Notes everything that anybody could see now. */
  function look(): void {
    const { snapshot } = bench.session;
    const views = [
      panelView(snapshot, bench.settings, { provider: 'openai' }),
      pickerView(snapshot),
      statusBarView(snapshot),
      statusReport(snapshot),
      snapshot,
      [...bench.workspace.entries, ...bench.global.entries],
    ];
    for (const view of views) shown.push(JSON.stringify(view), inspect(view, { depth: 9, showHidden: true }));
  }

  /** Waits for work to fail, and notes everything that its error says. */
  async function failing(work: Promise<unknown>): Promise<void> {
    const error: unknown = await work.then(
      () => assert.fail('This was to fail.'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error);
    shown.push(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error), error.stack ?? '');
  }

  /** Every secret that was sent or stored so far. */
  function secrets(): readonly string[] {
    const sent = bench.sandbox.requests.flatMap(({ headers, form }) => [
      headers.authorization?.replace(/^Bearer /, ''),
      headers['api-key']?.toString(),
      form['device_code'],
      form['code_verifier'],
      form['refresh_token'],
    ]);
    const stored = [...bench.secrets.entries.values()].flatMap((record) =>
      [...record.matchAll(/"(?:key|accessToken|refreshToken)":"([^"]+)"/g)].map(([, value]) => value),
    );
    return [...new Set([...sent, ...stored, KEY])].flatMap((secret) => secret || []);
  }

  function assertNoneShown(atLeast: number): void {
    look();
    const all = shown.join('\n');
    assert.ok(secrets().length >= atLeast);
    for (const secret of secrets()) assert.ok(!all.includes(secret), `${secret} can be read`);
  }

  it('of a key stay out of everything shown', async () => {
    await bench.signInWithKey('openai');
    await bench.signInWithKey('azure');
    await bench.signInWithKey('coding-plan/china');
    await bench.session.testConnection();

    assertNoneShown(4);
  });

  it('of a code stay out of everything shown', async () => {
    await bench.signInWithDevice();
    bench.sandbox.expireAccessTokens();
    await bench.session.testConnection();

    assertNoneShown(6);
  });

  it('stay out of refusals that echo the key', async () => {
    await failing(bench.signInWithKey('openai', KEY));
    await failing(bench.signInWithKey('coding-plan/china', KEY));
    await failing(bench.signInWithKey('coding-plan/china', `sk-sp-${KEY}`));

    assertNoneShown(2);
  });

  it('stay out of what cannot be a key', async () => {
    await failing(bench.signInWithKey('openai', `${KEY} ${KEY}`));
    await failing(
      bench.session.signIns.signIn({ method: 'api-key', provider: 'custom', baseUrl: '', apiKey: new Secret(KEY) }),
    );

    assertNoneShown(1);
  });

  for (const [what, reply] of [
    ['an outage that echoes the key', { status: 500, body: JSON.stringify({ error: { message: `no ${KEY}` } }) }],
    ['an echo that is a text', { status: 400, body: JSON.stringify({ error: `no ${KEY}` }) }],
    ['a page that echoes the key', { status: 404, body: `<p>${KEY}` }],
    ['a stream that echoes the key', { headers: { 'Content-Type': 'text/event-stream' }, body: `data: ${KEY}\n\n` }],
    [
      'a streamed error that echoes the key',
      {
        headers: { 'Content-Type': 'text/event-stream' },
        body: `data: ${JSON.stringify({ error: { message: `no ${KEY}` } })}\n\n`,
      },
    ],
    [
      'a stream that ends for a reason that echoes the key',
      {
        headers: { 'Content-Type': 'text/event-stream' },
        body: `data: ${JSON.stringify({ choices: [{ delta: { content: 'Hi' }, finish_reason: KEY }] })}\n\n`,
      },
    ],
    ['a connection reset', 'reset'],
    ['a no to the key', { status: 401, body: '{}' }],
  ] as const) {
    it(`stay out of ${what}`, async () => {
      bench.environment['OPENAI_API_KEY'] = KEY;
      const baseUrl = `${bench.sandbox.origin}/openai/v1`;
      bench.reader.set('modelProviders', { openai: [{ id: 'gpt-4o', baseUrl }] });
      bench.sandbox.faults.add({ on: CHAT, reply });
      await failing(bench.session.testConnection());

      assertNoneShown(1);
    });
  }

  it('stay out of the texts of a failing keychain', async () => {
    bench.secrets.mood = 'forgetful';
    await failing(bench.signInWithKey('openai'));
    bench.secrets.mood = 'locked';
    await failing(bench.signInWithDevice());

    assertNoneShown(2);
  });

  it('stay out of an ended session', async () => {
    await bench.signInWithDevice();
    bench.sandbox.revokeAll();
    await failing(bench.session.testConnection());

    assertNoneShown(5);
  });

  it('go to no other host than their own', async () => {
    const { origin } = bench.sandbox;
    const { host } = new URL(origin);
    await bench.signInWithDevice();
    await bench.signInWithKey('openai');

    const keyed = bench.sandbox.requests.filter(({ headers }) => headers.authorization?.includes('sk-sandbox-openai'));
    assert.ok(keyed.every(({ path, headers }) => path.startsWith('/openai/v1/') && headers.host === host));
  });
});
