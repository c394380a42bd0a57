import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import type { KeyAccount } from '../../../src/core/credentials/account';
import { accountLabel } from '../../../src/core/models/modelList';
import { isChecked, sendsKeyElsewhere } from '../../../src/core/signIn/accountChange';
import { keyAccount } from '../../fakes/accounts';
import { type Bench, openBench } from '../../fakes/bench';

const signal = new AbortController().signal;

describe('changing an account', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const account = (): KeyAccount => {
    const [one] = bench.session.snapshot.accounts;
    assert.ok(one && one.method !== 'qwen-oauth');
    return one;
  };
  const at = (path: string): string => `${bench.sandbox.origin}/${path}/v1`;
  const key = (endpoint: string): Secret => new Secret(bench.sandbox.keys[endpoint] ?? '');
  const signIn = () =>
    bench.session.signIns.signIn({
      method: 'api-key',
      provider: 'custom',
      baseUrl: at('openai'),
      apiKey: key('openai'),
    });

  it('gives it a name without asking anybody, which stays when one signs in anew', async () => {
    await bench.signInWithKey('coding-plan/china');
    const asked = bench.sandbox.requests.length;
    await bench.session.signIns.change(account(), { name: ' Work ', baseUrl: '' }, signal);
    assert.deepEqual([accountLabel(account()), bench.sandbox.requests.length], ['Work', asked]);

    await bench.signInWithKey('coding-plan/china');
    assert.equal(accountLabel(account()), 'Work');
    await bench.reopen();
    await bench.session.signIns.change(account(), { name: '', baseUrl: '' }, signal);
    assert.equal(accountLabel(account()), 'Coding Plan · China (Beijing)');
  });

  it('replaces its key once the server has taken the new one, and can be undone', async () => {
    await signIn();
    await bench.session.signIns.change(account(), { name: 'Mine', baseUrl: '' }, signal);
    const { id } = account();
    const refused = bench.session.signIns.change(
      account(),
      { name: 'Mine', baseUrl: '', apiKey: new Secret('sk-0123456789wrong') },
      signal,
    );
    await assert.rejects(refused, { name: 'SignInRequired' });
    assert.ok(account().key?.equals(key('openai')));

    const other = at('openrouter');
    const moved = await bench.session.signIns.change(
      account(),
      { name: 'Mine', baseUrl: other, apiKey: key('openrouter') },
      signal,
    );
    assert.deepEqual([account().baseUrl, account().name, account().id === id], [other, 'Mine', false]);
    assert.equal(bench.session.snapshot.accounts.length, 1);
    assert.ok(moved?.replaced);
    await bench.session.restore(moved.replaced.name);
    assert.ok(bench.session.snapshot.accounts.some((one) => one.id === id));
  });

  it('leaves the model in use what it is, and takes it along to another address', async () => {
    await signIn();
    const first = account();
    await bench.session.switchModel({ id: 'gpt-4o', baseUrl: at('openai') });
    await bench.signInWithKey('coding-plan/china');
    const inUse = bench.session.snapshot.selected;
    await bench.session.signIns.change(first, { name: '', baseUrl: '', apiKey: key('openai') }, signal);
    assert.deepEqual(bench.session.snapshot.selected, inUse);

    await bench.session.switchModel({ id: 'gpt-4o', baseUrl: at('openai') });
    await bench.session.signIns.change(
      first,
      { name: '', baseUrl: at('openrouter'), apiKey: key('openrouter') },
      signal,
    );
    const { selected } = bench.session.snapshot;
    assert.deepEqual([selected?.id, selected?.baseUrl], ['gpt-4o', at('openrouter')]);
  });

  const requests = () => bench.sandbox.requests.map(({ path }) => path);

  it('asks the same place again for a new key of a region, and keeps a typed address', async () => {
    await bench.signInWithKey('coding-plan/international');
    await bench.session.signIns.change(
      account(),
      { name: ' ', baseUrl: ' ', apiKey: key('coding-plan/international') },
      signal,
    );
    assert.deepEqual([account().region, account().name], ['international', undefined]);
    assert.ok(requests().every((path) => path.startsWith('/coding/international/')));
    await bench.session.signOut([account().id]);
    await signIn();
    await bench.session.signIns.change(account(), { name: '', baseUrl: '', apiKey: key('openai') }, signal);

    assert.equal(account().baseUrl, at('openai'));
  });

  it('asks the gateway that the settings name by now, where the address was never typed', async () => {
    await bench.signInWithKey('openai');
    bench.reader.set('endpoints', { openai: at('deepseek') });
    await bench.session.signIns.change(account(), { name: '', baseUrl: '', apiKey: key('deepseek') }, signal);

    assert.deepEqual([account().baseUrl, account().baseUrlFrom], [at('deepseek'), 'settings']);
  });

  it('sends the stored key along to where its gateway has moved, whatever it looks like', async () => {
    bench.reader.set('endpoints', { openai: at('openrouter') });
    const request = { method: 'api-key', provider: 'openai', apiKey: key('openrouter') } as const;
    await bench.session.signIns.signIn({ ...request, anyway: true });
    const moved = at('openrouter').replace('127.0.0.1', 'localhost');
    bench.reader.set('endpoints', { openai: moved });
    await bench.session.signIns.change(account(), { name: '', baseUrl: moved }, signal);

    assert.deepEqual([account().baseUrl, account().key?.reveal()], [moved, key('openrouter').reveal()]);
  });

  it('does not send a new key that looks like one of somebody else', async () => {
    await bench.signInWithKey('deepseek');
    const asked = bench.sandbox.requests.length;
    const changing = bench.session.signIns.change(
      account(),
      { name: '', baseUrl: '', apiKey: new Secret('sk-or-v1-0123456789') },
      signal,
    );

    await assert.rejects(changing, { reason: 'foreignKey' });
    assert.equal(bench.sandbox.requests.length, asked);
  });

  it('changes nothing where the address is none, or the fixed one of a provider', async () => {
    await bench.signInWithKey('coding-plan/china');
    for (const baseUrl of ['not an address', 'https://elsewhere.example.com/v1'])
      await assert.rejects(bench.session.signIns.change(account(), { name: '', baseUrl }, signal));

    assert.equal(account().baseUrl, at('coding/china'));
  });
});

describe('whether a server is asked about a change', () => {
  const stored = keyAccount({ baseUrl: 'https://ai.example.com/v1' });
  for (const [what, change, expected] of [
    ['of the name alone', { name: 'Work', baseUrl: '' }, false],
    ['to the address that it has', { name: '', baseUrl: ' https://ai.example.com/v1/ ' }, false],
    ['to an address that is left out', { name: '', baseUrl: ' ' }, false],
    ['to another address', { name: '', baseUrl: 'https://ai.example.com/v2' }, true],
    ['to an address that is none', { name: '', baseUrl: 'nonsense' }, true],
    ['of the key', { name: '', baseUrl: '', apiKey: new Secret('sk-another-one-9876543210') }, true],
  ] as const) {
    it(`is ${String(expected)} ${what}`, () => {
      assert.equal(isChecked(stored, change), expected);
    });
  }
});

describe('whether a change sends a stored key elsewhere', () => {
  const stored = keyAccount({ baseUrl: 'https://ai.example.com/v1' });
  for (const [baseUrl, expected] of [
    ['', false],
    ['https://ai.example.com/v1/', false],
    ['https://ai.example.com/v1/team', false],
    ['https://ai.example.com/other', true],
    ['https://ai.example.org/v1', true],
    ['http://ai.example.com/v1', true],
    ['nonsense', true],
  ] as const) {
    it(`${expected ? 'is asked about' : 'is no question'} at ${baseUrl || 'the same address'}`, () => {
      assert.equal(sendsKeyElsewhere(stored, { name: '', baseUrl }), expected);
      const withKey = { name: '', baseUrl, apiKey: new Secret('sk-another-one-9876543210') };
      assert.equal(sendsKeyElsewhere(stored, withKey), false);
      assert.equal(sendsKeyElsewhere({ ...stored, key: undefined }, { name: '', baseUrl }), false);
    });
  }
});
