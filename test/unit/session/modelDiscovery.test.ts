import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { saveAccount } from '../../../src/core/credentials/accountStore';
import { modelChoiceText } from '../../../src/core/views/modelChoice';
import { type Bench, openBench } from '../../fakes/bench';

const HOUR_MS = 60 * 60_000;
const MODELS = '/openai/v1/models';

const ANSWER = 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n';

describe('the lists of models', () => {
  let bench: Bench;
  let before = 0;
  const asked = () => bench.sandbox.requests.filter(({ path }) => path === MODELS).length;
  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithKey('openai');
    before = asked();
  });
  afterEach(() => bench.stop());

  const kept = () => bench.session.snapshot.discovered.get('openai');
  const names = (...ids: readonly string[]) =>
    bench.sandbox.faults.add({ on: MODELS, reply: { body: JSON.stringify({ data: ids.map((id) => ({ id })) }) } });

  it('are as old as the sign-in that brought them', () => {
    assert.equal(kept()?.askedAt, bench.clock.now());
  });

  it('are not asked for again within a day', async () => {
    let changes = 0;
    bench.session.onDidChange(() => (changes += 1));
    bench.clock.advance(24 * HOUR_MS - 1);
    await bench.session.discovery.refresh('due');

    assert.deepEqual([asked() - before, changes], [0, 0]);
  });

  it('are asked for again after a day, once', async () => {
    bench.clock.advance(24 * HOUR_MS);
    names('brand-new');
    await bench.session.discovery.refresh('due');
    await bench.session.discovery.refresh('due');

    assert.equal(asked() - before, 1);
    assert.deepEqual(kept(), { models: [{ id: 'brand-new' }], askedAt: bench.clock.now(), failedAt: undefined });
  });

  it('stay where their server fails, which is said, and asked again after an hour', async () => {
    const list = kept();
    bench.clock.advance(24 * HOUR_MS);
    bench.sandbox.faults.add({ on: MODELS, reply: { status: 503, body: '{}' } });
    await assert.rejects(bench.session.discovery.refresh('due'), { name: 'RequestError' });

    assert.deepEqual(kept(), { ...list, failedAt: bench.clock.now() });
    await bench.session.discovery.refresh('due');
    assert.equal(asked() - before, 1);
    bench.clock.advance(HOUR_MS);
    await bench.session.discovery.refresh('due');
    assert.equal(asked() - before, 2);
    assert.equal(kept()?.failedAt, undefined);
  });

  it('say whose key was refused', async () => {
    bench.sandbox.faults.add({ on: MODELS, reply: { status: 401, body: '{}' } });

    await assert.rejects(bench.session.discovery.refresh(), { name: 'SignInRequired', reason: 'refused' });
  });

  it('of another key, which came meanwhile, know nothing of the refusal of the one before', async () => {
    const account = bench.session.snapshot.accounts.find(({ id }) => id === 'openai');
    assert.ok(account?.method === 'api-key');
    const other = { ...account, key: new Secret('another key') };
    let stored: Promise<void> | undefined;
    const reply = () => {
      stored ??= saveAccount(bench.secrets, other);
      return { status: 401, body: '{}' };
    };
    const list = bench.session.snapshot.discovered.get('openai');
    bench.sandbox.faults.add({ on: MODELS, reply });

    await assert.rejects(bench.session.discovery.refresh());
    await stored;
    await saveAccount(bench.secrets, account);
    await bench.session.load();
    assert.deepEqual(bench.session.snapshot.discovered.get('openai'), list);
  });

  it('begin with a model for chats, and it is said how that was chosen', async () => {
    const list = { data: [{ id: 'bge-m3' }, { id: 'qwen3:8b' }, { id: 'llama3.2' }] };
    bench.sandbox.faults.add({ on: '/local/v1/models', reply: { body: JSON.stringify(list) } });
    await bench.signInWithKey('ollama');

    const host = new URL(bench.sandbox.origin).host;
    assert.equal(bench.session.snapshot.selected?.id, 'qwen3:8b');
    assert.equal(modelChoiceText(bench.session.snapshot), `the first chat model in the list of ${host}`);
  });

  it('say nothing of how a model was chosen that the catalogue recommends, or a person', async () => {
    await bench.signInWithKey('openai');
    assert.equal(modelChoiceText(bench.session.snapshot), undefined);

    await bench.signInWithKey('ollama');
    const [model = assert.fail()] = bench.session.snapshot.models.filter(({ baseUrl }) => baseUrl.includes('/local/'));
    await bench.session.switchModel(model);
    assert.equal(modelChoiceText(bench.session.snapshot), undefined);
  });

  it('are not those of the key before', async () => {
    names('of-the-other-key');
    await bench.session.discovery.refresh();
    bench.sandbox.faults.add({ on: MODELS, reply: { status: 404, body: '{}' } });
    bench.sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { body: ANSWER } });
    await bench.signInWithKey('openai', 'sk-sandbox-another');

    assert.equal(kept(), undefined);
    assert.ok(!bench.session.snapshot.models.some(({ id }) => id === 'of-the-other-key'));
  });

  it('are those of LM Studio with the size of what is loaded, where it has a list of its own', async () => {
    const sizes = () =>
      bench.session.snapshot.discovered
        .get('lm-studio')
        ?.models.map(({ id, contextWindowSize }) => [id, contextWindowSize]);
    await bench.signInWithKey('lm-studio');
    assert.deepEqual(sizes(), [
      ['qwen3:8b', 8192],
      ['qwen3-coder:30b', undefined],
    ]);

    bench.sandbox.faults.add({ on: '/api/v0/models', reply: { status: 404, body: '{}' } });
    await bench.session.discovery.refresh();
    assert.deepEqual(sizes()?.[2], ['llama3.2:latest', undefined]);
  });

  it('are forgotten with their account', async () => {
    await bench.session.signOut(['openai']);
    await bench.session.finishSignOuts();

    assert.deepEqual(
      [...bench.global.entries.keys()].filter((key) => key.startsWith('models/')),
      [],
    );
  });
});
