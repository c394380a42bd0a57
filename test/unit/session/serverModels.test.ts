import assert from 'node:assert/strict';
import { RequestError, SignInRequired } from '../../../src/core/errors';
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

    assert.ok((await bench.session.serverModels(here(), signal)).length > 0);
  });

  it("are not asked for with the person's key where a workspace's file names the server, unless they said yes", async () => {
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';
    const elsewhere = here({ baseUrlSide: 'workspace' });

    await assert.rejects(
      bench.session.serverModels(elsewhere, signal),
      (error) => error instanceof SignInRequired && error.reason === 'notAllowed',
    );
    assert.equal(asked(), 0);
  });

  it('are not asked for without a key', async () => {
    const remote = here({ baseUrl: 'https://models.example.com/v1' });

    await assert.rejects(
      bench.session.serverModels(remote, signal),
      (error) => error instanceof SignInRequired && error.reason === 'noKey',
    );
  });

  it('say whose key was refused', async () => {
    bench.environment['MY_KEY'] = 'sk-not-the-right-one-77aa';

    await assert.rejects(
      bench.session.serverModels(here(), signal),
      (error) => error instanceof SignInRequired && error.reason === 'refused' && error.about.keyLast4 === '77aa',
    );
  });

  it('tell what else the server says', async () => {
    bench.environment['MY_KEY'] = bench.sandbox.keys['openai'] ?? '';

    await assert.rejects(
      bench.session.serverModels(here({ baseUrl: `${bench.sandbox.origin}/nothing` }), signal),
      RequestError,
    );
  });
});
