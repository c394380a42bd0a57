import assert from 'node:assert/strict';

import { statusReport } from '../../../src/core/views/statusReport';
import { type Bench, openBench } from '../../fakes/bench';

describe('status report', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const report = () => statusReport(bench.session.snapshot);

  it('says signed out where nobody has signed in', () => {
    assert.deepEqual(report(), {
      state: 'signedOut',
      verified: false,
      key: { present: false },
      accounts: [],
      problems: [],
    });
  });

  it('names method, model, host, key and sources', async () => {
    await bench.signInWithKey('coding-plan/china');

    assert.deepEqual(report(), {
      state: 'signedIn',
      method: 'coding-plan',
      verified: true,
      provider: 'coding-plan',
      model: 'qwen3-coder-plus',
      baseUrl: `${bench.sandbox.origin}/coding/china/v1`,
      key: { present: true, last4: 'hina' },
      sources: {
        model: { kind: 'catalogue', name: 'Coding Plan · China (Beijing)' },
        baseUrl: { kind: 'settings', name: 'qwen.endpoints' },
        key: { kind: 'keychain', name: 'coding-plan/china' },
      },
      accounts: ['coding-plan/china'],
      problems: [],
    });
  });

  it('says nothing of a token but that it is there', async () => {
    await bench.signInWithDevice();

    assert.deepEqual([report().method, report().key], ['qwen-oauth', { present: true }]);
  });

  it('gives a failure in the words that a person reads', async () => {
    await assert.rejects(bench.signInWithKey('openai', 'sk-wrong-0123456789'));

    assert.equal(report().state, 'failed');
    assert.match(report().problems[0] ?? '', /refused the OpenAI key that ends in 6789 \(401\)/);
  });

  it('adds what the settings got wrong', () => {
    bench.reader.set('modelProviders', { openai: [{}] });

    assert.match(report().problems[0] ?? '', /^qwen\.modelProviders\.openai\[0\] has no "id"/);
  });
});
