import assert from 'node:assert/strict';

import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { type RefusedKey, SignInRequired } from '../../../src/core/base/errors';
import { createSettings } from '../../../src/core/config/settings';
import { placeAt } from '../../../src/core/signIn/keyPlaces';
import { askPlaces, checkOtherRegions } from '../../../src/core/signIn/otherRegions';
import { problemOf, problemText } from '../../../src/core/views/problem';
import { type Bench, openBench } from '../../fakes/bench';
import { createMemorySettings } from '../../fakes/memorySettings';

/** The places that were asked, in order. */
const asked = (bench: Bench): readonly string[] => [
  ...new Set(bench.sandbox.requests.map(({ path }) => path.replace(/\/(models|chat\/completions)$/, ''))),
];

describe('a key that a place refuses', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const failure = (): SignInRequired => {
    const { signInAttempt } = bench.session.snapshot;
    assert.ok(signInAttempt.kind === 'failed' && signInAttempt.error instanceof SignInRequired);
    return signInAttempt.error;
  };
  const refuse = async (endpoint: string, apiKey: string): Promise<RefusedKey> => {
    await assert.rejects(bench.signInWithKey(endpoint, apiKey));
    const { about } = failure();
    assert.ok(about.reason === 'refused' && about.method !== 'qwen-oauth');
    return about;
  };
  const goodElsewhere = () => {
    const { about } = failure();
    assert.ok(about.reason === 'goodElsewhere');
    return about;
  };

  for (const [endpoint, places] of [
    [
      'coding-plan/china',
      [
        'International (Singapore)',
        'Token Plan, China (Beijing)',
        'Token Plan, International (Singapore)',
        'Alibaba Cloud Model Studio (Bailian), China (Beijing)',
        'Alibaba Cloud Model Studio (Bailian), Singapore',
        'Alibaba Cloud Model Studio (Bailian), US (Virginia)',
        'Alibaba Cloud Model Studio (Bailian), China (Hong Kong)',
      ],
    ],
    ['zai/coding-plan', ['Standard API key']],
    ['minimax/international', ['China']],
    ['moonshot/china', ['International']],
  ] as const) {
    it(`may be good elsewhere than at ${endpoint}, and is sent nowhere unasked`, async () => {
      const { places: offered } = await refuse(
        endpoint,
        endpoint === 'coding-plan/china' ? 'sk-sp-wrong-0123456789' : 'sk-wrong-0123456789',
      );

      const { host } = new URL(bench.sandbox.origin);
      assert.deepEqual(
        offered,
        places.map((place) => `${place} at ${host}`),
      );
      assert.equal(asked(bench).length, 1);
    });
  }

  it('is no key of a plan whose keys begin otherwise', async () => {
    const { places } = await refuse('bailian/beijing', 'sk-wrong-0123456789');

    assert.deepEqual(
      places?.map((place) => place.replace(/ at .*/, '')),
      [
        'Singapore',
        'US (Virginia)',
        'China (Hong Kong)',
        'Token Plan, China (Beijing)',
        'Token Plan, International (Singapore)',
      ],
    );
  });

  for (const endpoint of ['openai', 'openrouter', 'azure']) {
    it(`is good nowhere else than at ${endpoint}`, async () => {
      assert.equal((await refuse(endpoint, 'sk-wrong-0123456789')).places, undefined);
      await assert.rejects(bench.session.signIns.checkOtherRegions(), { name: 'ConfigurationError' });
    });
  }

  it('is sent nowhere where there is none', async () => {
    const ports = { fetch: async () => assert.fail('nobody is to be asked'), loadOpenAI: () => import('openai') };
    const request = { method: 'api-key', provider: 'ollama' } as const;
    const { about } = await checkOtherRegions(
      { ...ports, userAgent: 'test', clock: bench.clock, settings: bench.settings },
      request,
      () => assert.fail('no place is to be shown'),
      new AbortController().signal,
    );

    assert.deepEqual(about, { reason: 'refused', ...request, region: '', host: new URL(bench.sandbox.origin).host });
  });

  it('is tried one place after the other, until one takes it, and is not signed in with yet', async () => {
    await refuse('coding-plan/china', 'sk-sp-sandbox-intl');

    await bench.session.signIns.checkOtherRegions();

    const problem = problemOf(failure(), { during: 'signIn', method: 'coding-plan' });
    assert.equal(problem?.message, 'This key answers on International (Singapore), not on China (Beijing).');
    assert.deepEqual(asked(bench), ['/coding/china/v1', '/coding/international/v1']);
    assert.equal(bench.secrets.entries.size, 0);
  });

  it('is sent nowhere else before anybody has agreed to a place, and is kept', async () => {
    await refuse('coding-plan/international', 'sk-sp-sandbox-china');

    await assert.rejects(bench.session.signIns.sendKey('there'), {
      name: 'ConfigurationError',
      where: { field: 'provider' },
    });

    assert.deepEqual(asked(bench), ['/coding/international/v1']);
    await bench.session.signIns.checkOtherRegions();
    assert.equal(failure().reason, 'goodElsewhere');
  });

  it('is signed in with where it is good as soon as the person says so', async () => {
    await refuse('coding-plan/china', 'sk-sp-sandbox-intl');
    await bench.session.signIns.checkOtherRegions();

    const { account } = await bench.session.signIns.sendKey('there');

    assert.deepEqual([account.id, account.status], ['coding-plan/international', 'verified']);
    assert.equal(bench.session.snapshot.signInAttempt.kind, 'none');
  });

  it("is found at another plan of its vendor, with the plan's name", async () => {
    await refuse('token-plan/china', 'sk-sandbox-virginia');
    await bench.session.signIns.checkOtherRegions();

    const { here, there } = goodElsewhere();
    const { account } = await bench.session.signIns.sendKey('there');

    assert.deepEqual(
      [here, there],
      ['Token Plan, China (Beijing)', 'Alibaba Cloud Model Studio (Bailian), US (Virginia)'],
    );
    assert.deepEqual([account.id, account.method], ['bailian/virginia', 'api-key']);
  });

  it('is known at a place whose account is empty', async () => {
    bench.sandbox.faults.add({ on: '/coding/china/v1/models', reply: { status: 401, body: '{}' } });
    await refuse('coding-plan/china', 'sk-sp-sandbox-nobalance');
    await bench.session.signIns.checkOtherRegions();

    assert.equal(goodElsewhere().otherRegion, 'international');
  });

  it('is good nowhere: says who refused it too, and who could not be asked', async () => {
    await refuse('minimax/china', 'sk-wrong-0123456789');
    bench.sandbox.faults.add({
      on: ({ path }) => path.startsWith('/minimax/international'),
      times: 2,
      reply: { status: 503, body: '' },
    });
    await bench.session.signIns.checkOtherRegions();
    const unreached = problemOf(failure(), { during: 'signIn', method: 'api-key' });
    await refuse('minimax/china', 'sk-wrong-0123456789');
    await bench.session.signIns.checkOtherRegions();
    const refused = problemOf(failure(), { during: 'signIn', method: 'api-key' });

    assert.ok(unreached && refused);
    assert.match(problemText(unreached), /\(401\)\. Could not be asked: International at 127\.0\.0\.1:\d+\.$/);
    assert.match(
      problemText(refused),
      /Refused it too: International at 127\.0\.0\.1:\d+\. The key is mistyped or revoked\.$/,
    );
    assert.equal(refused.action?.label, 'Enter another key');
  });

  it('may be refused with 403 just as well, in words of the server', async () => {
    const body = JSON.stringify({ error: { message: 'Not for this region.' } });
    bench.sandbox.faults.add({ on: () => true, times: 2, reply: { status: 403, body } });

    const about = await refuse('moonshot/china', 'sk-0123456789');

    assert.deepEqual([about.status, about.said, about.places?.length], [403, 'Not for this region.', 1]);
  });

  it('is called off while it is tried', async () => {
    await refuse('moonshot/china', 'sk-wrong-0123456789');
    bench.sandbox.faults.add({ on: '/moonshot/international/v1/models', reply: 'hang' });
    const checking = bench.session.signIns.checkOtherRegions();
    bench.session.signIns.cancel();

    await assert.rejects(checking, { name: 'Cancelled' });
    assert.equal(bench.session.snapshot.signInAttempt.kind, 'none');
  });

  for (const [what, end] of [
    ['five minutes', () => bench.clock.advance(5 * 60 * 1000)],
    ['another sign-in', () => bench.signInWithKey('openai')],
    ['being put away', () => bench.session.signIns.cancel()],
    ['the end of its window', () => bench.session.dispose()],
  ] as const) {
    it(`is kept no longer than ${what}`, async () => {
      await refuse('moonshot/china', 'sk-wrong-0123456789');
      const before = bench.sandbox.requests.length;
      await end();
      const after = bench.sandbox.requests.length;

      await assert.rejects(bench.session.signIns.checkOtherRegions(), {
        name: 'ConfigurationError',
        where: { field: 'apiKey' },
      });
      await assert.rejects(bench.session.signIns.sendKey('there'), {
        name: 'ConfigurationError',
        where: { field: 'apiKey' },
      });
      assert.ok(after >= before && bench.sandbox.requests.length === after);
    });
  }

  it('is in no snapshot', async () => {
    await refuse('coding-plan/china', 'sk-sp-wrong-0123456789');

    assert.doesNotMatch(JSON.stringify(bench.session.snapshot.signInAttempt), /wrong-0123/);
    assert.doesNotMatch(String(failure().stack), /wrong-0123/);
  });
});

describe('what another place says to a key', () => {
  const settings = createSettings(createMemorySettings());
  const place = placeAt('https://api.moonshot.ai/v1', settings);
  const ask = async (chat: () => Response, signal = new AbortController().signal) => {
    assert.ok(place);
    const fetch: Fetch = async (url) =>
      url.endsWith('/models') ? Response.json({ data: [{ id: 'listed' }] }) : chat();
    const ports = { fetch, loadOpenAI: () => import('openai'), userAgent: 'test' };
    const { found, refused } = await askPlaces(ports, new Secret('sk-0123456789'), [place], () => undefined, signal);
    return found ? 'taken' : refused.length > 0 ? 'refused' : 'unreached';
  };

  for (const [status, message, expected] of [
    [404, 'The model does not exist.', 'taken'],
    [402, 'Pay.', 'taken'],
    [429, 'Slow down.', 'taken'],
    [401, 'No.', 'refused'],
    [403, 'No.', 'refused'],
    [400, 'No.', 'unreached'],
    [500, 'No.', 'unreached'],
  ] as const) {
    it(`is that it is ${expected} with ${status}: ${message}`, async () => {
      assert.equal(await ask(() => Response.json({ error: { message } }, { status })), expected);
    });
  }

  it('is nothing once it is called off', async () => {
    const calling = new AbortController();
    const chat = (): Response => {
      calling.abort();
      return Response.json({}, { status: 401 });
    };

    await assert.rejects(ask(chat, calling.signal), { name: 'Cancelled' });
  });
});

describe('a key that looks like one for another provider', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
    await assert.rejects(bench.signInWithKey('bailian/singapore', 'sk-or-sandbox'), { reason: 'foreignKey' });
  });
  afterEach(() => bench.stop());

  it('is sent nowhere before the person has said where', () => {
    assert.equal(bench.sandbox.requests.length, 0);
  });

  it('is used where it seems to belong', async () => {
    const { account } = await bench.session.signIns.sendKey('there');

    assert.equal(account.id, 'openrouter');
    assert.deepEqual(asked(bench), ['/openrouter/v1']);
  });

  it('is sent where it was meant for, if the person insists', async () => {
    await assert.rejects(bench.session.signIns.sendKey('here'), { reason: 'refused' });

    assert.deepEqual(asked(bench), ['/bailian/singapore/v1']);
  });

  it('is sent at once where `anyway` says so', async () => {
    const request = { method: 'api-key', provider: 'deepseek', apiKey: new Secret('sk-or-0123456789') } as const;
    await assert.rejects(bench.session.signIns.signIn({ ...request, anyway: true }), { reason: 'refused' });

    assert.deepEqual(asked(bench), ['/deepseek/v1']);
  });
});

describe('a key whose model is refused', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
    const request = {
      method: 'api-key',
      provider: 'openai',
      apiKey: new Secret('sk-sandbox-openai'),
      model: 'gpt-99',
    } as const;
    await assert.rejects(bench.session.signIns.signIn(request), { reason: 'unknownModel' });
  });
  afterEach(() => bench.stop());

  it('signs in with another model, without being entered again', async () => {
    const { account, model } = await bench.session.signIns.sendKey('here', 'gpt-4o');

    assert.deepEqual([account.id, account.status, model], ['openai', 'verified', 'gpt-4o']);
  });

  it('signs in with the first model of its server where none is named', async () => {
    const { account } = await bench.session.signIns.sendKey('here', '');

    assert.equal(account.status, 'verified');
  });

  it('is good for a further try where that model is refused too', async () => {
    await assert.rejects(bench.session.signIns.sendKey('here', 'gpt-98'), { reason: 'unknownModel' });

    assert.equal((await bench.session.signIns.sendKey('here', 'gpt-4o')).model, 'gpt-4o');
  });
});
