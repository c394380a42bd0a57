import assert from 'node:assert/strict';

import { createSettings } from '../../../src/core/config/settings';
import { findProvider } from '../../../src/core/providers/catalogue';
import type { Provider, Region } from '../../../src/core/providers/provider';
import { createMemorySettings } from '../../fakes/memorySettings';

const settings = (values: Readonly<Record<string, unknown>> = {}) => createSettings(createMemorySettings(values));

describe('authorization server of the settings', () => {
  for (const [written, issuer] of [
    [undefined, 'https://chat.qwen.ai'],
    ['', 'https://chat.qwen.ai'],
    ['https://chat.qwen.ai/', 'https://chat.qwen.ai'],
    [' https://login.example.com/realm/ ', 'https://login.example.com/realm'],
    [42, 'https://chat.qwen.ai'],
  ] as const) {
    it(`is ${issuer} for ${JSON.stringify(written)}`, () => {
      assert.equal(settings({ 'oauth.issuer': written }).issuer(), issuer);
    });
  }

  it('is met by the known client where it is Qwen', () => {
    assert.deepEqual(settings().client(), {
      clientId: 'f0304373b74a44d2b584a3fb70ca9e56',
      scopes: undefined,
    });
  });

  it('is met by the client and scopes of the settings', () => {
    const values = {
      'oauth.issuer': 'https://login.example.com',
      'oauth.clientId': ' me ',
      'oauth.scopes': ['a', 7, 'b'],
    };

    assert.deepEqual(settings(values).client(), { clientId: 'me', scopes: ['a', 'b'] });
  });

  it('is met at the redirect URI that is registered there', () => {
    const registered = (own: unknown) => settings({ 'oauth.redirectUri': own }).client().redirectUri;

    assert.equal(registered(' http://127.0.0.1/callback '), 'http://127.0.0.1/callback');
    assert.ok(!Object.hasOwn(settings({ 'oauth.redirectUri': ' ' }).client(), 'redirectUri'));
  });

  for (const [own, said] of [
    ['nonsense', /^"nonsense" is not an address that a browser can return to\. Write it as it is registered/],
    ['https://example.com/#back', /^"https:\/\/example\.com\/#back" is not an address/],
    ['sk-0123456789abcdef', /^This is not an address/],
  ] as const) {
    it(`is met at no redirect URI such as ${own}`, () => {
      assert.throws(() => settings({ 'oauth.redirectUri': own }).client(), {
        name: 'ConfigurationError',
        where: { setting: 'qwen.oauth.redirectUri' },
        message: said,
      });
    });
  }

  for (const scopes of [undefined, [], [7], 'openid']) {
    it(`chooses the scopes where they are ${JSON.stringify(scopes)}`, () => {
      assert.equal(settings({ 'oauth.scopes': scopes }).client().scopes, undefined);
    });
  }

  it('needs a client id where it is not Qwen', () => {
    assert.throws(() => settings({ 'oauth.issuer': 'https://login.example.com' }).client(), {
      name: 'ConfigurationError',
      where: { setting: 'qwen.oauth.clientId' },
      message: /https:\/\/login\.example\.com needs a client id/,
    });
  });
});

describe('qwen.endpoints', () => {
  const [plan, [china]] = placesOf('coding-plan');
  const [openai, [only]] = placesOf('openai');
  const at = (endpoints: unknown, provider = plan, region = china) =>
    settings({ endpoints }).endpoint(provider, region);

  it('puts a gateway in the place of a region', () => {
    const endpoints = { 'coding-plan/china': 'https://ai.example.com/coding/v1/' };

    assert.deepEqual(at(endpoints), { baseUrl: 'https://ai.example.com/coding/v1', from: 'settings' });
  });

  it('may have its address with the strokes of Windows', () => {
    assert.equal(at({ 'coding-plan/china': 'https:\\\\ai.example.com\\v1' }).baseUrl, 'https://ai.example.com/v1');
  });

  it('names a provider with one region alone', () => {
    assert.equal(at({ openai: 'https://ai.example.com/v1' }, openai, only).baseUrl, 'https://ai.example.com/v1');
  });

  for (const endpoints of [
    undefined,
    null,
    'text',
    [],
    {},
    { 'coding-plan': 'https://x.example' },
    { 'coding-plan/china': '' },
  ]) {
    it(`leaves the catalogue alone with ${JSON.stringify(endpoints)}`, () => {
      assert.deepEqual(at(endpoints), { baseUrl: 'https://coding.dashscope.aliyuncs.com/v1', from: 'catalogue' });
    });
  }

  for (const bad of ['nonsense', 7, 'http://ai.example.com/v1', { url: 'https://x.example' }]) {
    it(`names the entry that reads ${JSON.stringify(bad)}`, () => {
      assert.throws(() => at({ 'coding-plan/china': bad }), {
        name: 'ConfigurationError',
        where: { setting: 'qwen.endpoints' },
        message: /^qwen\.endpoints\["coding-plan\/china"\]: /,
      });
    });
  }
});

describe('the API of an OAuth sign-in in qwen.endpoints', () => {
  const apiOf = (endpoints: unknown) => settings({ endpoints }).oauthApi();

  for (const endpoints of [undefined, null, ['qwen-oauth'], {}, { 'qwen-oauth': '' }]) {
    it(`is left to the server with ${JSON.stringify(endpoints)}`, () => assert.equal(apiOf(endpoints), undefined));
  }

  it('is the one that is named', () => {
    assert.equal(apiOf({ 'qwen-oauth': 'https://api.example.com/v1/' }), 'https://api.example.com/v1');
  });

  for (const bad of [7, null, 'http://api.example.com']) {
    it(`is refused where it is ${JSON.stringify(bad)}`, () => {
      assert.throws(() => apiOf({ 'qwen-oauth': bad }), {
        name: 'ConfigurationError',
        where: { setting: 'qwen.endpoints' },
        message: /^qwen\.endpoints\["qwen-oauth"\]: /,
      });
    });
  }
});

describe('problems of qwen.endpoints', () => {
  const problemsOf = (endpoints: unknown) =>
    settings({ endpoints })
      .problems()
      .map(({ where, message }) => ('setting' in where ? `${where.setting} | ${message}` : message));

  for (const good of [undefined, null, [], {}, { openai: 'https://a.example', 'qwen-oauth': 'https://b.example' }]) {
    it(`are none with ${JSON.stringify(good)}`, () => assert.deepEqual(problemsOf(good), []));
  }

  it('repeat no name that may be a secret', () => {
    const [problem] = problemsOf({ 'sk-0123456789abcdef': 'https://a.example' });

    assert.match(problem ?? '', /\| qwen\.endpoints\["…"\] names no provider\./);
  });

  it('are each address that cannot be used, and each name that means no provider', () => {
    const [address, name, ...others] = problemsOf({
      'coding-plan/china': 'nonsense',
      'coding-plan/mars': 'https://a.example',
      openai: 'https://b.example',
    });

    assert.match(address ?? '', /^qwen\.endpoints \| qwen\.endpoints\["coding-plan\/china"\]: "nonsense" is not a web/);
    assert.match(
      name ?? '',
      /^qwen\.endpoints \| qwen\.endpoints\["coding-plan\/mars"\] names no provider\. Names are qwen-oauth, .*openai/,
    );
    assert.deepEqual(others, []);
  });
});

describe('the other settings', () => {
  for (const [seconds, ms] of [
    [0, 0],
    [1.5, 1500],
    [1e9, 2 ** 31 - 1],
    [-1, undefined],
    ['60', undefined],
    [undefined, undefined],
  ] as const) {
    it(`have a server be silent for ${ms === undefined ? 'as long as usual' : `${ms} ms`} with ${JSON.stringify(seconds)} seconds`, () => {
      assert.equal(settings({ 'request.timeout': seconds }).requestTimeoutMs(), ms);
    });
  }

  it('share the sign-in with Qwen Code only where that is said', () => {
    const shares = [true, false, 'true', undefined].map((value) =>
      settings({ 'oauth.shareWithQwenCode': value }).sharesWithQwenCode(),
    );

    assert.deepEqual(shares, [true, false, false, false]);
  });

  it('have models as they are written', () => {
    assert.deepEqual(settings({ modelProviders: { openai: 7 } }).modelProviders(), { openai: 7 });
  });
});

describe('qwen.oauth.requests…', () => {
  for (const [perMinute, perDay, limits] of [
    [60, 1000, { perMinute: 60, perDay: 1000 }],
    [0, 0, { perMinute: undefined, perDay: undefined }],
    [-1, '2000', { perMinute: undefined, perDay: undefined }],
    [1.5, undefined, { perMinute: undefined, perDay: undefined }],
  ] as const) {
    it(`are ${JSON.stringify(limits)} with ${String(perMinute)} and ${String(perDay)}`, () => {
      const values = { 'oauth.requestsPerMinute': perMinute, 'oauth.requestsPerDay': perDay };

      assert.deepEqual(settings(values).requestLimits(), limits);
    });
  }
});

function placesOf(id: string): readonly [Provider, Provider['regions']] {
  const provider = findProvider(id);
  assert.ok(provider);
  const regions: readonly [Region, ...Region[]] = provider.regions;
  return [provider, regions];
}

describe('limits of the settings', () => {
  it('have the edition and the first day of a plan where they are said, and make sense', () => {
    assert.deepEqual([settings().plan('codingPlan'), settings().plan('tokenPlan')], [{}, {}]);
    assert.deepEqual(settings({ 'codingPlan.edition': 'pro', 'codingPlan.startDay': 31 }).plan('codingPlan'), {
      edition: 'pro',
      startDay: 31,
    });
    for (const startDay of [0, 32, 1.5, '7', null])
      assert.deepEqual(
        settings({ 'codingPlan.edition': 'max', 'codingPlan.startDay': startDay }).plan('codingPlan'),
        {},
      );
    const both = settings({ 'codingPlan.startDay': 31, 'tokenPlan.startDay': 8 });
    assert.deepEqual([both.plan('codingPlan').startDay, both.plan('tokenPlan').startDay], [31, 8]);
    const first = settings({ 'codingPlan.edition': 'lite', 'codingPlan.startDay': 1 });
    assert.deepEqual(first.plan('codingPlan'), { edition: 'lite', startDay: 1 });
    assert.deepEqual(first.plan('tokenPlan'), {});
  });

  it('are asked for and warned of, unless that is turned off', () => {
    assert.deepEqual([settings().asksForQuota(), settings().warnsOfLimits()], [true, true]);
    const off = settings({ 'limits.ask': false, 'limits.warn': false });
    assert.deepEqual([off.asksForQuota(), off.warnsOfLimits()], [false, false]);
  });
});
