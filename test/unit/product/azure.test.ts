import assert from 'node:assert/strict';
import { Secret } from '../../../src/core/base/secret';
import { type Bench, openBench } from '../../fakes/bench';

const KEY = 'azure-sandbox-key';
const VERSION = 'api-version=2024-10-21';

describe('signing in to Azure', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const older = (deployment: string) =>
    `${bench.sandbox.origin}/azure/openai/deployments/${deployment}/chat/completions?${VERSION}`;
  const signIn = (request: { readonly baseUrl?: string; readonly model?: string; readonly provider?: string }) =>
    bench.session.signIns.signIn({ method: 'api-key', provider: 'azure', apiKey: new Secret(KEY), ...request });
  const modelIds = () => bench.session.snapshot.models.map(({ id }) => id);

  it('lists the deployments, each with what its model is known for', async () => {
    await signIn({});

    assert.deepEqual(modelIds(), ['gpt-4o', 'team-mini']);
    const { contextWindowSize, vision } = bench.session.snapshot.models[1]?.generationConfig ?? {};
    assert.deepEqual([contextWindowSize, vision], [128_000, true]);
  });

  it('answers with a deployment as the model', async () => {
    await signIn({ model: 'team-mini' });

    assert.match((await bench.session.testConnection('Hi')).text, /^Hello from team-mini/);
  });

  for (const provider of ['azure', 'custom']) {
    it(`keeps to the older API where the address is one of it, under ${provider} too`, async () => {
      const { account } = await signIn({ provider, baseUrl: older('gpt-4o') });
      const { text } = await bench.session.testConnection('Hi');

      assert.equal(account.baseUrl, `${bench.sandbox.origin}/azure/openai/deployments/gpt-4o?${VERSION}`);
      assert.deepEqual(modelIds(), ['gpt-4o']);
      assert.match(text, /^Hello from gpt-4o/);
      const asked = bench.sandbox.requests.map(({ path, query }) => `${path} ${query['api-version']}`);
      assert.deepEqual(new Set(asked), new Set(['/azure/openai/deployments/gpt-4o/chat/completions 2024-10-21']));
      assert.ok(bench.sandbox.requests.every(({ headers }) => headers['api-key'] === KEY && !headers.authorization));
    });
  }

  it('sends the key of a variable in the header that Azure wants, and asks the deployment of its address', async () => {
    Object.assign(bench.environment, { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: older('gpt-4o') });
    await bench.session.load();

    assert.match((await bench.session.testConnection('Hi')).text, /^Hello from gpt-4o/);
  });

  it('says that a deployment does not exist', async () => {
    await assert.rejects(signIn({ model: 'nobody-deployed-this' }), { name: 'RequestError', failure: 'status' });
  });
});
