import assert from 'node:assert/strict';
import { resolveCredential } from '../../../src/core/credentials/resolve';
import { RequestError, SignInRequired } from '../../../src/core/base/errors';
import { type Bench, openBench } from '../../fakes/bench';
import { model } from '../../fakes/models';

describe("a server's models, for an entry of a list", () => {
  let bench: Bench;
  const { signal } = new AbortController();
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const here = (changes = {}) => model({ baseUrl: `${bench.sandbox.origin}/openai/v1`, envKey: 'MY_KEY', ...changes });
  const asked = () => bench.sandbox.requests.filter(({ path }) => path === '/openai/v1/models').length;

  it('are asked for with the key that the entry is answered with', async () => {
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';

    assert.ok((await bench.session.discovery.serverModels(here(), signal)).models.length > 0);
  });

  it("are not asked for with the person's key where a workspace's file names the server, unless they said yes", async () => {
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';
    const elsewhere = here({ baseUrlSide: 'workspace' });

    await assert.rejects(
      bench.session.discovery.serverModels(elsewhere, signal),
      (error) => error instanceof SignInRequired && error.reason === 'notAllowed',
    );
    assert.equal(asked(), 0);
  });

  it('are asked for after a yes, and no longer once it was taken back', async () => {
    const { session } = bench;
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';
    const selected = here({ baseUrlSide: 'workspace' });
    const credential = resolveCredential(selected, {
      accounts: [],
      variables: session.snapshot.configuration.variables,
    });
    await session.decideConsent('given', { selected, credential });
    await session.discovery.serverModels(selected, signal);

    await session.decideConsent(undefined);

    await assert.rejects(session.discovery.serverModels(selected, signal), { name: 'SignInRequired' });
    assert.equal(asked(), 1);
  });

  it('are not asked for without a key', async () => {
    const remote = here({ baseUrl: 'https://models.example.com/v1' });

    await assert.rejects(
      bench.session.discovery.serverModels(remote, signal),
      (error) => error instanceof SignInRequired && error.reason === 'noKey',
    );
  });

  it('say whose key was refused', async () => {
    bench.environment['MY_KEY'] = 'sk-not-the-right-one-77aa';

    await assert.rejects(bench.session.discovery.serverModels(here(), signal), (error) => {
      assert.ok(error instanceof SignInRequired && error.about.reason === 'refused' && 'keyLast4' in error.about);
      return error.about.keyLast4 === '77aa';
    });
  });

  it('tell what else the server says', async () => {
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';

    await assert.rejects(
      bench.session.discovery.serverModels(here({ baseUrl: `${bench.sandbox.origin}/nothing` }), signal),
      RequestError,
    );
  });
});

describe('a server of the variables, where nobody names a model', () => {
  let bench: Bench;
  const { signal } = new AbortController();
  beforeEach(async () => {
    bench = await openBench();
    Object.assign(bench.environment, {
      OPENAI_API_KEY: bench.sandbox.keys['openai'],
      OPENAI_BASE_URL: `${bench.sandbox.origin}/openai/v1`,
    });
    await bench.session.load();
  });
  afterEach(() => bench.stop());

  const paths = () => bench.sandbox.requests.map(({ path }) => path);

  it('is not asked before a model is needed', () => {
    assert.equal(bench.session.snapshot.selected, undefined);
    assert.deepEqual(paths(), []);
  });

  it('is asked for one when it is tested', async () => {
    const { model: answered, sources } = await bench.session.testConnection();

    assert.equal(paths()[0], '/openai/v1/models');
    assert.equal(answered.id, bench.session.snapshot.models[0]?.id);
    assert.deepEqual(sources.model, { kind: 'catalogue', name: `${new URL(bench.sandbox.origin).host}/models` });
    assert.ok(bench.session.snapshot.models.length > 1);
  });

  it('is asked once, and its answer is kept', async () => {
    await bench.session.discovery.discoverModel(signal);
    await bench.session.discovery.discoverModel(signal);
    const { snapshot } = await bench.reopen();

    assert.deepEqual(paths(), ['/openai/v1/models']);
    assert.equal(snapshot.selected?.id, bench.session.snapshot.selected?.id);
  });

  it('is asked again with all others', async () => {
    await bench.session.discovery.discoverModel(signal);

    await bench.session.discovery.refresh();

    assert.deepEqual(paths(), ['/openai/v1/models', '/openai/v1/models']);
  });

  it('is not asked where another model is in use', async () => {
    await bench.signInWithKey('coding-plan/china');
    const before = paths().length;

    await bench.session.discovery.discoverModel(signal);

    assert.equal(paths().length, before);
  });

  it('leaves the variable to be set where it names none', async () => {
    bench.sandbox.faults.add({ on: '/openai/v1/models', reply: { body: '{"data":[]}' } });

    await assert.rejects(
      bench.session.testConnection(),
      (error) =>
        error instanceof SignInRequired &&
        error.about.reason === 'noModel' &&
        error.about.server?.envKey === 'OPENAI_MODEL',
    );
    assert.equal(paths().length, 1);
  });

  it('says that it refuses the key, rather than that nobody names a model', async () => {
    bench.environment['OPENAI_API_KEY'] = 'sk-wrong-0123456789';

    await assert.rejects(bench.session.testConnection(), { name: 'SignInRequired', reason: 'refused' });
    assert.equal(paths().length, 1);
  });
});
