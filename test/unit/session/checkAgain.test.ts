import assert from 'node:assert/strict';
import { saveAccount } from '../../../src/core/credentials/accountStore';
import { type Bench, openBench } from '../../fakes/bench';

describe('a stored key that is checked once more', () => {
  let bench: Bench;
  const { signal } = new AbortController();
  const accounts = () => bench.session.snapshot.accounts;
  /** Stores the account of that provider again, as one whose server could not be asked. */
  const doubt = async (provider: string) => {
    const account = accounts().find((one) => one.id.startsWith(provider));
    assert.ok(account);
    await saveAccount(bench.secrets, { ...account, status: 'unverified' });
    await bench.session.load();
    return account.id;
  };
  const statusOf = (id: string) => accounts().find((one) => one.id === id)?.status;

  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithKey('openai');
    await bench.signInWithKey('deepseek');
  });
  afterEach(() => bench.stop());

  it('is verified where its server takes it, and another model stays in use', async () => {
    const { selected } = bench.session.snapshot;
    const id = await doubt('openai');
    await bench.session.checkAgain(id, signal);

    assert.equal(statusOf(id), 'verified');
    assert.equal(bench.session.snapshot.selected?.id, selected?.id);
  });

  it('stays as it is where its server still cannot say, and that is told', async () => {
    const id = await doubt('openai');
    for (const path of ['/openai/v1/models', '/openai/v1/chat/completions'])
      bench.sandbox.faults.add({ on: path, reply: { status: 503, body: '' } });

    await assert.rejects(bench.session.checkAgain(id, signal), { name: 'RequestError' });
    assert.equal(statusOf(id), 'unverified');
  });

  it('is refused where its server refuses it', async () => {
    const id = await doubt('openai');
    for (const path of ['/openai/v1/models', '/openai/v1/chat/completions'])
      bench.sandbox.faults.add({ on: path, reply: { status: 401, body: '{"error":{"message":"Incorrect API key"}}' } });

    await assert.rejects(bench.session.checkAgain(id, signal), { name: 'RequestError' });
    assert.equal(statusOf(id), 'refused');
  });

  it('is refused where its server says so by a status of 400', async () => {
    const id = await doubt('openai');
    const body = '{"code":"invalid-argument","error":"Incorrect API key provided: sk***ai."}';
    for (const path of ['/openai/v1/models', '/openai/v1/chat/completions'])
      bench.sandbox.faults.add({ on: path, reply: { status: 400, body } });

    await assert.rejects(bench.session.checkAgain(id, signal), { name: 'RequestError' });
    assert.equal(statusOf(id), 'refused');
  });

  it('has what its server knows of its models, as after a sign-in', async () => {
    await bench.signInWithKey('lm-studio');
    const listed = () => bench.session.snapshot.discovered.get('lm-studio')?.models;
    const before = listed();
    await bench.session.checkAgain(await doubt('lm-studio'), signal);

    assert.equal(before?.[0]?.contextWindowSize, 8192);
    assert.deepEqual(listed(), before);
  });

  it('is not brought back where it was signed out of meanwhile', async () => {
    const id = await doubt('openai');
    let signedOut: Promise<unknown> | undefined;
    const meanwhile = (): undefined => void (signedOut ??= bench.session.signOut([id]));
    bench.sandbox.faults.add({ on: '/openai/v1/models', reply: meanwhile });

    await assert.rejects(bench.session.checkAgain(id, signal), { name: 'SignInRequired' });
    await signedOut;
    assert.equal(statusOf(id), undefined);
  });

  it('is none where nobody signed in', async () => {
    await assert.rejects(bench.session.checkAgain('nobody', signal), { name: 'SignInRequired' });
  });
});
