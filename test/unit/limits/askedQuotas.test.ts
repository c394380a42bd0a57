import assert from 'node:assert/strict';

import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import type { KeyAccount } from '../../../src/core/credentials/account';
import { AskedQuotas } from '../../../src/core/limits/askedQuotas';
import { findProvider } from '../../../src/core/providers/catalogue';
import { keyAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';

const MINUTE = 60_000;
const KEY = 'sk-of-the-person-0123456789';

/** An account at a place of a provider. */
function accountAt(provider: string, region = '', changes: Partial<KeyAccount> = {}): KeyAccount {
  const baseUrl = findProvider(provider)?.regions.find(({ id }) => id === region)?.baseUrl ?? '';
  const id = region ? `${provider}/${region}` : provider;
  return keyAccount({ id, method: 'api-key', provider, region, baseUrl, key: new Secret(KEY), ...changes });
}

const BALANCE = { is_available: true, balance_infos: [{ currency: 'USD', total_balance: '3.50' }] };

describe('asking a provider what is left', () => {
  let clock: ManualClock;
  let quotas: AskedQuotas;
  let sent: { readonly url: string; readonly headers: Headers; readonly redirect: unknown }[];
  let answer: Fetch;
  let isOn: boolean;

  beforeEach(() => {
    clock = new ManualClock();
    sent = [];
    isOn = true;
    answer = async () => Response.json(BALANCE);
    const fetch: Fetch = (url, init) => {
      sent.push({ url, headers: new Headers(init.headers), redirect: init.redirect });
      return answer(url, init);
    };
    quotas = new AskedQuotas({ clock, fetch, isOn: () => isOn });
  });
  afterEach(() => quotas.dispose());

  for (const [account, url, authorization] of [
    [accountAt('deepseek'), 'https://api.deepseek.com/user/balance', `Bearer ${KEY}`],
    [accountAt('moonshot', 'china'), 'https://api.moonshot.cn/v1/users/me/balance', `Bearer ${KEY}`],
    [accountAt('openrouter'), 'https://openrouter.ai/api/v1/key', `Bearer ${KEY}`],
    [accountAt('zai', 'coding-plan'), 'https://api.z.ai/api/monitor/usage/quota/limit', KEY],
    [
      accountAt('minimax', 'international'),
      'https://api.minimax.io/v1/api/openplatform/coding_plan/remains',
      `Bearer ${KEY}`,
    ],
  ] as const) {
    it(`goes to ${url}, which follows nobody elsewhere`, async () => {
      await quotas.refresh(account, 0);

      assert.deepEqual(
        sent.map((one) => [one.url, one.headers.get('authorization'), one.redirect]),
        [[url, authorization, 'manual']],
      );
    });
  }

  it('goes to the origin that the key was saved for, be it that of a gateway', async () => {
    const baseUrl = 'https://ai.example.com:8443/deepseek/v1/';
    await quotas.refresh(accountAt('deepseek', '', { baseUrl }), 0);
    await quotas.refresh(accountAt('openrouter', '', { baseUrl }), 0);

    assert.deepEqual(
      sent.map(({ url }) => url),
      ['https://ai.example.com:8443/user/balance', 'https://ai.example.com:8443/deepseek/v1/key'],
    );
  });

  it('is not done where nobody answers a key, or there is none', async () => {
    for (const account of [
      accountAt('coding-plan', 'china'),
      accountAt('bailian', 'beijing'),
      accountAt('openai'),
      accountAt('zai', 'standard'),
      accountAt('ollama'),
      accountAt('nobody'),
      accountAt('deepseek', '', { key: undefined }),
    ])
      await quotas.refresh(account, 0);

    assert.equal(sent.length, 0);
  });

  it('is not done, and nothing is known, while the setting is off', async () => {
    const account = accountAt('deepseek');
    await quotas.refresh(account, 0);
    isOn = false;
    await quotas.refresh(account, 0);

    assert.deepEqual([sent.length, quotas.of(account)], [1, undefined]);
  });

  it('is known with its time', async () => {
    let changes = 0;
    quotas.onDidChange(() => changes++);
    await quotas.refresh(accountAt('deepseek'), 0);

    assert.deepEqual(quotas.of(accountAt('deepseek')), {
      at: clock.now(),
      quotas: [{ kind: 'balance', amount: 3.5, currency: 'USD' }],
    });
    assert.equal(changes, 1);
  });

  it('rests between two questions, also while the first is under way', async () => {
    const account = accountAt('deepseek');
    await Promise.all([quotas.refresh(account, MINUTE), quotas.refresh(account, MINUTE)]);
    clock.advance(MINUTE - 1);
    await quotas.refresh(account, MINUTE);
    assert.equal(sent.length, 1);
    clock.advance(1);
    await quotas.refresh(account, MINUTE);

    assert.equal(sent.length, 2);
  });

  it('is done at once for another key, of which the first one says nothing', async () => {
    await quotas.refresh(accountAt('deepseek'), MINUTE);
    const other = accountAt('deepseek', '', { key: new Secret('sk-another-one-9876543210') });

    assert.equal(quotas.of(other), undefined);
    await quotas.refresh(other, MINUTE);
    assert.deepEqual(
      [sent.length, quotas.of(accountAt('deepseek')), quotas.of(other)?.quotas.length],
      [2, undefined, 1],
    );
  });

  for (const [what, reply] of [
    ['is no JSON', async () => new Response('<html>Sign in to the network</html>')],
    ['is a refusal', async () => Response.json(BALANCE, { status: 401 })],
    [
      'leads elsewhere',
      async () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.com' } }),
    ],
    ['is endless', async () => new Response('x'.repeat(70_000))],
    ['does not come', () => Promise.reject(new TypeError('fetch failed'))],
  ] as const satisfies readonly (readonly [string, Fetch])[]) {
    it(`brings nothing where the answer ${what}, and forgets the one before`, async () => {
      const account = accountAt('deepseek');
      await quotas.refresh(account, 0);
      assert.ok(quotas.of(account));
      answer = reply;
      await quotas.refresh(account, 0);

      assert.deepEqual([sent.length, quotas.of(account)], [2, undefined]);
    });
  }

  it('is forgotten with the key of an account that is gone or has another, and kept for the others', async () => {
    const [gone, changed, kept] = [accountAt('deepseek'), accountAt('openrouter'), accountAt('moonshot', 'china')];
    for (const account of [gone, changed, kept]) await quotas.refresh(account, 0);
    quotas.retain([{ ...changed, key: new Secret('sk-another-one-9876543210') }, kept]);
    assert.equal(quotas.of(gone), undefined);
    sent = [];
    for (const account of [gone, changed, kept]) await quotas.refresh(account, MINUTE);

    assert.deepEqual(
      sent.map(({ url }) => new URL(url).hostname),
      ['api.deepseek.com', 'openrouter.ai'],
    );
  });

  it('brings nothing for an account that is gone when the answer comes', async () => {
    const account = accountAt('deepseek');
    const asking = quotas.refresh(account, 0);
    quotas.retain([]);
    await asking;

    assert.equal(quotas.of(account), undefined);
  });

  it('sends no key that a header cannot hold', async () => {
    await quotas.refresh(accountAt('zai', 'coding-plan', { key: new Secret('a key\nin two lines') }), 0);

    assert.equal(sent.length, 0);
  });
});
