import assert from 'node:assert/strict';
import { gatewayVariables } from '../../../src/core/gateway/gatewayVariables';
import { keysIn } from '../../../src/core/gateway/keysIn';
import { Secret } from '../../../src/core/base/secret';
import { type Bench, openBench } from '../../fakes/bench';

describe('the variables of a key', () => {
  let bench: Bench;
  const inUse = async (environment: Readonly<Record<string, string>>) => {
    Object.assign(bench.environment, { OPENAI_MODEL: 'any', OPENAI_BASE_URL: bench.sandbox.origin, ...environment });
    await bench.session.load();
    return keysIn(bench.environment, bench.session.snapshot);
  };

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  it('are all that it stands in', async () => {
    const OPENAI_API_KEY = 'sk-0123456789abcdef';

    assert.deepEqual(
      await inUse({ OPENAI_API_KEY, HEADERS: `Authorization: Bearer ${OPENAI_API_KEY}`, OTHER: 'sk-0123456789' }),
      ['OPENAI_API_KEY', 'HEADERS'],
    );
  });

  it('are none that have a word in them which is the key of a server on this computer', async () => {
    const PATH = '/home/me/.cache/lm-studio/bin:/usr/bin';

    assert.deepEqual(await inUse({ OPENAI_API_KEY: 'lm-studio', AUTH: ' Bearer lm-studio ', PATH }), [
      'OPENAI_API_KEY',
      'AUTH',
    ]);
  });
});

describe('the variables of the gateway', () => {
  const access = { baseUrl: 'http://127.0.0.1:4321/v1', token: new Secret('qa-0123456789') };
  const OWN = { OPENAI_API_KEY: 'qa-0123456789', OPENAI_BASE_URL: access.baseUrl, OPENAI_MODEL: 'qwen-auth' };

  for (const [what, environment, more] of [
    ['where no proxy is set', { NO_PROXY: 'example.com' }, {}],
    ['where the gateway is excepted already', { HTTP_PROXY: 'http://proxy:8080', NO_PROXY: '127.0.0.1' }, {}],
    ['where a proxy is set', { all_proxy: 'http://proxy' }, { no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' }],
    [
      'where others are excepted',
      { https_proxy: 'http://proxy', no_proxy: 'a.example' },
      { no_proxy: 'a.example,127.0.0.1', NO_PROXY: 'a.example,127.0.0.1' },
    ],
  ] as const) {
    it(`lead no client to a proxy ${what}`, () => {
      assert.deepEqual(gatewayVariables(access, environment), { ...OWN, ...more });
    });
  }
});
