import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { addressIn, rightName } from '../../../src/core/config/entryProperties';
import { readEntry } from '../../../src/core/config/modelEntry';
import { MODEL_PROVIDERS_SETTING } from '../../../src/core/config/providersOrigin';
import { PROVIDERS } from '../../../src/core/providers/catalogue';

const GATEWAY = 'https://llm.example.com/v1';

const read = (raw: unknown, environment: Record<string, string> = {}) => {
  const { variables } = emptyConfiguration(environment);
  return readEntry({ ...MODEL_PROVIDERS_SETTING, variables }, ['openai', 0], raw);
};
/** Where the entry goes, and what is wrong with it as `severity code at: what`. */
const inShort = (raw: unknown, environment?: Record<string, string>) => {
  const { entry, problems } = read(raw, environment);
  const said = problems.map(({ severity, rule }) =>
    `${severity} ${rule?.code} ${rule?.path.slice(2).join('.')}`.trim(),
  );
  return [entry?.baseUrl ?? 'not used', ...said].join(' | ');
};

describe('a model entry', () => {
  describe('is not used where a property only looks like the right one', () => {
    for (const [name, right] of [
      ...['base_url', 'baseURL', 'BaseUrl', 'base-url', 'apiBase', 'api_base', 'endpoint', 'url', 'host', 'server'].map(
        (one) => [one, 'baseUrl'],
      ),
      ...['openai_base_url', 'api_url', 'baseUri', 'basUrl', 'baseUrls'].map((one) => [one, 'baseUrl']),
      ...['apiServer', 'gateway-url', 'baseUlr', 'bassUrll', 'apiAddress'].map((one) => [one, 'baseUrl']),
      ...['environmentVariable', 'key_name', 'apikeyenvkey'].map((one) => [one, 'envKey']),
      ...['modelConfig'].map((one) => [one, 'generationConfig']),
      ...['env_key', 'apiKeyEnv', 'env', 'api_key_env_var', 'EnvKey', 'envKeys'].map((one) => [one, 'envKey']),
      ...['generation_config', 'generationconfig', 'generatonConfig', 'generatonConfg'].map((one) => [
        one,
        'generationConfig',
      ]),
      ...['Name', 'descripton', 'Capabilities', 'capabilites'].map((one) => [one, '']),
    ] as const) {
      it(`such as ${name}`, () => {
        const { entry, problems } = read({ id: 'a', [name ?? '']: GATEWAY });

        assert.equal(entry, undefined);
        assert.deepEqual(problems[0]?.rule, { code: 'unknown-property', path: ['openai', 0, name] });
        assert.match(problems[0]?.message ?? '', new RegExp(`is not read, "${right}.*" is\\. Rename it`));
      });
    }

    for (const [name, right] of [
      ['contextWindow', 'contextWindowSize'],
      ['context_length', 'contextWindowSize'],
      ['timeoutMs', 'timeout'],
      ['headers', 'customHeaders'],
      ['extraBody', 'extra_body'],
      ['max_retries', 'maxRetries'],
      ['sampling_params', 'samplingParams'],
      ['retries', 'maxRetries'],
      ['sampling', 'samplingParams'],
      ['bodyParams', 'extra_body'],
      ['timeuot', 'timeout'],
    ] as const) {
      it(`such as generationConfig.${name}`, () => {
        const { entry, problems } = read({ id: 'a', generationConfig: { [name]: 1 } });

        assert.equal(entry, undefined);
        assert.match(
          problems[0]?.message ?? '',
          new RegExp(`openai\\[0\\]\\.generationConfig\\.${name} is not read, "${right}" is`),
        );
      });
    }
  });

  it('is told of a misspelt address once, whatever its variable is', () => {
    assert.equal(
      inShort({ id: 'a', envKey: 'MY_KEY', base_url: GATEWAY }),
      'not used | error unknown-property base_url',
    );
  });

  it('is used where the right property is there too, with a warning', () => {
    assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, url: 'x' }), `${GATEWAY} | warning unknown-property url`);
    const [problem] = read({ id: 'a', baseUrl: GATEWAY, url: 'x' }).problems;
    assert.match(problem?.message ?? '', /\.url is not read, "baseUrl" beside it is\.$/);
  });

  describe('is not used where a value has another type', () => {
    for (const [raw, code] of [
      [{ baseUrl: '' }, 'base-url baseUrl'],
      [{ baseUrl: ' ' }, 'base-url baseUrl'],
      [{ baseUrl: null }, 'base-url baseUrl'],
      [{ baseUrl: 123 }, 'base-url baseUrl'],
      [{ baseUrl: [GATEWAY] }, 'base-url baseUrl'],
      [{ envKey: '' }, 'env-key envKey'],
      [{ envKey: null }, 'env-key envKey'],
      [{ envKey: 7 }, 'env-key envKey'],
      [{ name: 7 }, 'type name'],
      [{ description: false }, 'type description'],
      [{ capabilities: [] }, 'type capabilities'],
      [{ generationConfig: 'fast' }, 'type generationConfig'],
      [{ generationConfig: { timeout: 'long' } }, 'type generationConfig.timeout'],
      [{ generationConfig: { maxRetries: [] } }, 'type generationConfig.maxRetries'],
      [{ generationConfig: { samplingParams: [] } }, 'type generationConfig.samplingParams'],
      [
        { generationConfig: { customHeaders: { 'x-tenant': 7, 'x-team': 'a' } } },
        'type generationConfig.customHeaders',
      ],
      [{ generationConfig: { extra_body: 'a' } }, 'type generationConfig.extra_body'],
      [{ generationConfig: { contextWindowSize: '128k' } }, 'type generationConfig.contextWindowSize'],
      [{ generationConfig: { modalities: ['image'] } }, 'type generationConfig.modalities'],
    ] as const) {
      it(`such as ${JSON.stringify(raw)}`, () => {
        const said = inShort({ id: 'a', ...raw }, { OPENAI_API_KEY: 'k' });

        assert.equal(said, `not used | error ${code}`);
      });
    }
  });

  for (const [value, what] of [
    [null, 'null'],
    [' ', 'empty'],
    [7, 'a number'],
  ] as const) {
    it(`says that ${JSON.stringify(value)} is ${what}, and should be a text`, () => {
      const { message = '' } = read({ id: 'a', baseUrl: value }).problems[0] ?? {};

      assert.ok(message.includes(`baseUrl must be a text, and is ${what}. Mend it or leave it out; until then`));
    });
  }

  it('may have no name and no description', () => {
    const { entry, problems } = read({ id: 'a', name: '', description: '', baseUrl: GATEWAY });

    assert.deepEqual([entry?.name, entry?.description, problems], ['a', undefined, []]);
  });

  it('has an id that is more than blanks', () => {
    assert.equal(inShort({ id: ' ', baseUrl: GATEWAY }), 'not used | error missing-id');
  });

  it('may have numbers in quotes, and those that count nothing', () => {
    assert.equal(
      inShort({ id: 'a', baseUrl: GATEWAY, generationConfig: { timeout: '60000', maxRetries: 0 } }),
      GATEWAY,
    );
  });

  it('may have what only Qwen Code reads, and notes of a person', () => {
    const names = [
      'wireApi supportsImageGeneration imageOnly voiceOnly visionOnly fastOnly realtimeOnly streamIdleTimeoutMs',
      'retryInitialDelayMs retryMaxDelayMs retryErrorCodes enableCacheControl enableRequestMetadata reasoning',
      'forceGlobalCacheScope cacheRetention cacheRetentionByBlock schemaCompliance thinkingMandatory splitToolMedia',
      'toolResultContentFormat note notes nam ids toString constructor -- constructer',
    ].flatMap((line) => line.split(' '));
    const raw = { ...Object.fromEntries(names.map((name) => [name, 'x'])), '': 'x' };

    assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, ...raw, generationConfig: raw }), GATEWAY);
  });

  for (const name of 'top_p top_k min_p max_tokens max_completion_tokens presence_penalty frequency_penalty'.split(' '))
    it(`is told where ${name} belongs`, () => {
      const { problems } = read({ id: 'a', baseUrl: GATEWAY, [name]: 1, generationConfig: { [name]: 1 } });

      assert.deepEqual(
        problems.map(({ message }) => / is not read here: it belongs into (.*)\.$/.exec(message)?.[1]),
        ['"samplingParams" in "generationConfig"', '"samplingParams"'],
      );
    });

  for (const name of ['model', 'DeploymentName', 'model-id'])
    it(`is told that its id is not called ${name}`, () => {
      assert.equal(
        inShort({ [name]: 'a', baseUrl: GATEWAY }),
        `not used | error missing-id | error unknown-property ${name}`,
      );
    });

  it('is told that what belongs into generationConfig does', () => {
    const { problems } = read({ id: 'a', baseUrl: GATEWAY, seed: 1, max_retries: 1, customHeaders: {} });

    assert.deepEqual(
      problems.map(({ message }) => /it belongs into (.*)\.$/.exec(message)?.[1]),
      ['"samplingParams" in "generationConfig"', '"generationConfig"', '"generationConfig"'],
    );
  });

  it('has an address under whatever name, and a right name for what looks like one', () => {
    const addresses = [{ url: GATEWAY }, { baseUrl: 7, Host: GATEWAY }, { note: GATEWAY }, undefined, [GATEWAY]];

    assert.deepEqual(addresses.map(addressIn), [GATEWAY, GATEWAY, undefined, undefined, undefined]);
    assert.deepEqual(
      [['base_url'], ['openai', 0, 'retries'], ['generationConfig', 'retries'], ['generationConfig', 'url'], []].map(
        rightName,
      ),
      ['baseUrl', undefined, 'maxRetries', undefined, undefined],
    );
  });

  it('is told what its values should be', () => {
    const raw = { name: 7, capabilities: 7, generationConfig: { timeout: 'x', customHeaders: { a: 1 } } };
    const { problems } = read({ id: 'a', baseUrl: GATEWAY, ...raw });

    assert.deepEqual(
      problems.map(({ message }) => / must be (.*), and is .*\. Mend it or leave it out;/.exec(message)?.[1]),
      ['a text', 'an object: { … }', 'a number', 'an object of texts: { "name": "text" }'],
    );
  });

  it('is told what belongs elsewhere in it', () => {
    const raw = { temperature: 1, contextWindowSize: 4096, generationConfig: { top_p: 1 } };

    assert.equal(
      inShort({ id: 'a', baseUrl: GATEWAY, ...raw }),
      `${GATEWAY} | warning misplaced temperature | warning misplaced contextWindowSize | warning misplaced generationConfig.top_p`,
    );
  });

  for (const contextWindowSize of [0, -3, 750.5, 1e20, '0'])
    it(`is used without a context window of ${JSON.stringify(contextWindowSize)}, with a warning`, () => {
      const { entry, problems } = read({ id: 'a', baseUrl: GATEWAY, generationConfig: { contextWindowSize } });

      assert.ok(entry);
      assert.equal(entry.generationConfig.contextWindowSize, undefined);
      assert.deepEqual(
        problems.map(({ severity, rule }) => [severity, rule?.code, rule?.path.slice(2)]),
        [['warning', 'type', ['generationConfig', 'contextWindowSize']]],
      );
      assert.match(problems[0]?.message ?? '', /contextWindowSize must be a whole number above 0; until then/);
    });

  it('may have a context window in quotes', () => {
    assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, generationConfig: { contextWindowSize: '8192' } }), GATEWAY);
  });

  it('is told of headers that are not sent', () => {
    const generationConfig = { customHeaders: { Authorization: 'Bearer sk-0123456789', 'x-tenant': 'a' } };

    assert.equal(
      inShort({ id: 'a', baseUrl: GATEWAY, generationConfig }),
      `${GATEWAY} | warning misplaced generationConfig.customHeaders.Authorization`,
    );
  });

  describe('holds no key', () => {
    for (const key of ['abcdef0123456789', 'hunter2secret', 'HUNTER2', 'Hunter_Token', '%hunter2']) {
      it(`that an error repeats: ${key}`, () => {
        const said = read({ id: 'a', baseUrl: GATEWAY, apiKey: key }).problems.map(({ message }) => message);

        assert.match(
          said.join(),
          /^qwen\.modelProviders\.openai\[0\]\.apiKey is not read\. A key goes into the keychain/,
        );
        assert.ok(!said.join().includes(key.replace('%', '')));
      });
    }

    for (const name of ['apiKey', 'api_key', 'key', 'token', 'secret', 'authToken', 'API-Key']) {
      it(`as ${name}`, () => {
        const { entry, problems } = read({ id: 'a', baseUrl: GATEWAY, [name]: 'hunter2-0123' });

        assert.equal(entry, undefined);
        assert.match(
          problems[0]?.message ?? '',
          /is not read\. A key goes into the keychain, or into the variable that/,
        );
        assert.doesNotMatch(problems[0]?.message ?? '', /hunter2/);
      });
    }

    it('as its id', () => {
      const { problems } = read({ id: 'sk-0123456789abcdef', baseUrl: GATEWAY });

      assert.match(problems[0]?.message ?? '', /\.id holds a key/);
      assert.doesNotMatch(problems[0]?.message ?? '', /0123456789/);
    });

    for (const value of ['$MY_KEY', '${MY_KEY}', '{env:MY_KEY}', 'env:MY_KEY', '${env:MY_KEY}', 'MY_KEY', '%MY_KEY%']) {
      it(`and is told of envKey where it refers to one as ${value}`, () => {
        const { problems } = read({ id: 'a', baseUrl: GATEWAY, apiKey: value });

        assert.match(
          problems[0]?.message ?? '',
          /apiKey is not read, "envKey" is\. Write "envKey": "MY_KEY" in its place/,
        );
      });
    }

    it('where it is empty, as after its key was moved', () => {
      assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, apiKey: '' }), GATEWAY);
    });
  });

  it('is told of a few keys in it, and of a few headers', () => {
    const names = ['apiKey', 'api_key', 'key', 'token', 'secret', 'authToken', 'secretKey'];
    const reserved = ['Authorization', 'authorization', 'AUTHORIZATION', 'api-key', 'Api-Key', 'API-KEY'];
    const headers = Object.fromEntries(reserved.map((name) => [name, 'x']));
    const keys = Object.fromEntries(names.map((name) => [name, 'hunter2']));

    assert.equal(read({ id: 'a', baseUrl: GATEWAY, ...keys }).problems.length, 5);
    assert.equal(read({ id: 'a', baseUrl: GATEWAY, generationConfig: { customHeaders: headers } }).problems.length, 5);
  });

  it('may have null for what it leaves out, but for where its key goes', () => {
    const generationConfig = { timeout: null, contextWindowSize: null, samplingParams: null, customHeaders: null };
    for (const nulls of [
      { name: null, description: null, generationConfig: null, capabilities: null },
      { generationConfig },
    ]) {
      const { entry, problems } = readEntry(MODEL_PROVIDERS_SETTING, [], { id: 'a', baseUrl: GATEWAY, ...nulls });

      assert.deepEqual(
        [entry, problems],
        [readEntry(MODEL_PROVIDERS_SETTING, [], { id: 'a', baseUrl: GATEWAY }).entry, []],
      );
    }
  });

  it('may have null for a key', () => {
    assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, apiKey: null }), GATEWAY);
  });

  for (const value of ['$OTHER', '$9', 'sk-0123456789abcdef', '$sk-0123456789', 'see $MY_KEY', '$MY_KEY!', 7, {}, []])
    it(`is told of a key where ${JSON.stringify(value)} stands in its place`, () => {
      const code = value === '$OTHER' ? 'unknown-property' : 'key-in-entry';

      assert.equal(inShort({ id: 'a', baseUrl: GATEWAY, apiKey: value }), `not used | error ${code} apiKey`);
    });

  describe('keeps its key from every other server', () => {
    for (const [what, raw, stranded] of [
      ['its address is none', { envKey: 'MY_KEY', baseUrl: 'nonsense' }, 'MY_KEY'],
      ['its address is no text', { envKey: 'MY_KEY', baseUrl: 7 }, 'MY_KEY'],
      ['its address is empty', { baseUrl: ' ' }, 'OPENAI_API_KEY'],
      ['its address has another name', { envKey: ' MY_KEY\u200b', url: GATEWAY }, 'MY_KEY'],
      ['its address has another name, and its variable too', { env: 'MY_KEY', url: GATEWAY }, 'OPENAI_API_KEY'],
      ['its address can be read', { envKey: 'MY_KEY', baseUrl: GATEWAY, Name: 'A' }, undefined],
      ['it has no address', { envKey: 'MY_KEY' }, undefined],
      ['nothing is wrong', { envKey: 'MY_KEY', baseUrl: GATEWAY }, undefined],
    ] as const)
      it(`${stranded ? 'where' : 'but not where'} ${what}`, () => {
        const { entry, ...rest } = read({ id: 'a', ...raw });

        assert.equal(rest.stranded, stranded);
        assert.equal(Object.hasOwn(rest, 'stranded'), stranded !== undefined);
        assert.equal(entry === undefined, what !== 'nothing is wrong');
      });
  });

  it('says how thinking is steered', () => {
    const reasoning = { thinking: true, disableField: 'enable_thinking' };
    const steered = (capabilities: unknown) => read({ id: 'a', baseUrl: GATEWAY, capabilities }).entry;

    assert.deepEqual(steered({ reasoning })?.reasoning, { field: 'enable_thinking', canDisable: true });
    for (const none of [undefined, {}, { reasoning: 7 }]) assert.ok(!Object.hasOwn(steered(none) ?? {}, 'reasoning'));
  });

  it('cuts what is endless', () => {
    const { entry } = read({ id: 'a', baseUrl: GATEWAY, name: 'x'.repeat(300), description: 'y'.repeat(3000) });

    assert.deepEqual([entry?.name, entry?.description], [`${'x'.repeat(200)}…`, `${'y'.repeat(1000)}…`]);
    assert.equal(read({ id: 'x'.repeat(256), baseUrl: GATEWAY }).entry?.id.length, 256);
  });

  describe('is told what is wrong with it, and where', () => {
    const KEY_BELONGS =
      'A key goes into the keychain, or into the variable that "envKey" names. Take it out; until then this entry is not used.';
    const headers = { customHeaders: { authorization: 'x' } };
    for (const [raw, rule, place, what] of [
      [7, 'shape', '', 'must be an object with an "id".'],
      [
        { id: 'x'.repeat(257), baseUrl: GATEWAY },
        'type',
        '.id',
        'must be one line of at most 256 characters that can be seen.',
      ],
      [{ id: 'sk-0123456789abcdef', baseUrl: GATEWAY }, 'key-in-entry', '.id', `holds a key. ${KEY_BELONGS}`],
      [
        { id: 'a', baseUrl: GATEWAY, envKey: 'my key' },
        'env-key',
        '.envKey',
        'must be the name of a variable, such as "OPENAI_API_KEY", and never the key itself.',
      ],
      [
        { id: 'a', baseUrl: 'nonsense' },
        'base-url',
        '.baseUrl',
        'is no base URL. "nonsense" is not a web address. Write it like https://example.com/v1.',
      ],
      [
        { id: 'a', envKey: 'MY_KEY' },
        'base-url',
        '',
        'has no "baseUrl", and MY_KEY is the variable of no provider that is known here: add the address of the server that its key is for.',
      ],
      [
        { id: 'a', baseUrl: GATEWAY, generationConfig: headers },
        'misplaced',
        '.generationConfig.customHeaders.authorization',
        'is not sent: the extension sets this header itself, and a key goes into the keychain.',
      ],
    ] as const)
      it(`${rule}: ${what}`, () => {
        const { problems } = read(raw);

        assert.deepEqual(
          problems.map((problem) => [problem.rule?.code, problem.message]),
          [[rule, `qwen.modelProviders.openai[0]${place} ${what}`]],
        );
      });
  });

  it('names a variable without what nobody sees in it', () => {
    assert.equal(read({ id: 'a', baseUrl: GATEWAY, envKey: ' MY_KEY\u200b' }).entry?.envKey, 'MY_KEY');
  });

  it('is told how a variable is named, and never what stands there', () => {
    const messageOf = (envKey: string) => read({ id: 'a', baseUrl: GATEWAY, envKey }).problems[0]?.message ?? '';

    for (const envKey of ['my key', '$sk-0123456789', '${hf_0123456789abcdefABCD}', 'sk-0123456789abcdef']) {
      assert.match(
        messageOf(envKey),
        /envKey must be the name of a variable, such as "OPENAI_API_KEY", and never the key/,
      );
      assert.doesNotMatch(messageOf(envKey), /0123456789/);
    }
    for (const envKey of ['$MY_KEY', '{env:MY_KEY}', 'env.MY_KEY', '%MY_KEY%'])
      assert.match(messageOf(envKey), /write "MY_KEY" alone, and never the key itself/);
  });

  it('names a variable without a sign', () => {
    const { problems } = read({ id: 'a', baseUrl: GATEWAY, envKey: '${MY_KEY}' });

    assert.match(problems[0]?.message ?? '', /envKey must be the name of a variable, write "MY_KEY" alone/);
  });

  describe('without a base URL', () => {
    it("means OpenAI with OpenAI's variable, by default", () => {
      const { entry } = read({ id: 'a' });

      assert.deepEqual([entry?.baseUrl, entry?.address?.source.kind], ['https://api.openai.com/v1', 'default']);
    });

    it('goes where that variable goes', () => {
      const { entry } = read({ id: 'a', envKey: 'OPENAI_API_KEY' }, { OPENAI_BASE_URL: `${GATEWAY}/` });

      assert.deepEqual(
        [entry?.baseUrl, entry?.address?.source],
        [GATEWAY, { kind: 'environment', name: 'OPENAI_BASE_URL' }],
      );
    });

    for (const { id, envKey, regions } of PROVIDERS.filter(({ regions: [region] }) => region.baseUrl !== '')) {
      it(`means the provider of its variable, as ${id}`, () => {
        assert.equal(inShort({ id: 'a', envKey }), regions[0].baseUrl);
      });
    }

    it("goes nowhere else for OpenAI's address", () => {
      const said = inShort({ id: 'a', envKey: 'DASHSCOPE_API_KEY' }, { OPENAI_BASE_URL: GATEWAY });

      assert.match(said, /^https:\/\/dashscope\S*$/);
    });

    for (const [what, raw, environment, why] of [
      ["a variable of nobody's", { envKey: 'MY_KEY' }, {}, 'MY_KEY is the variable of no provider'],
      [
        'a variable of servers that are all different',
        { envKey: 'AZURE_OPENAI_API_KEY' },
        {},
        'AZURE_OPENAI_API_KEY is the variable of no provider that is known here',
      ],
      ['the variables of LLAMA', { envKey: 'LLAMA_API_KEY' }, {}, 'LLAMA_API_KEY is the variable of no provider'],
      ['an address that cannot be used', {}, { OPENAI_BASE_URL: 'nonsense' }, 'OPENAI_BASE_URL cannot be used'],
      ['an address in another variable', {}, { OPENAI_API_BASE: GATEWAY }, 'OPENAI_BASE_URL is written in another way'],
    ] as const) {
      it(`is not used with ${what}`, () => {
        assert.equal(inShort({ id: 'a', ...raw }, environment), 'not used | error base-url');
        assert.ok(read({ id: 'a', ...raw }, environment).problems[0]?.message.includes(why));
      });
    }
  });
});
