import assert from 'node:assert/strict';

import { readJsonc } from '../../../src/core/config/jsonc';
import { KEY_NAME, keyNames, withoutKeys, writeQwenSettings } from '../../../src/core/config/qwenSettingsWrite';
import { ConfigurationError } from '../../../src/core/base/errors';
import { parseJson } from '../../../src/core/base/json';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import { Secret } from '../../../src/core/base/secret';
import { model } from '../../fakes/models';

const FILE = '/home/me/.qwen/settings.json';
const OURS = model({ baseUrl: 'https://models.example.com/v1' });
const change = { model: OURS, envKey: 'MODELS_KEY' };
const ENTRY = { id: 'qwen3-coder-plus', baseUrl: 'https://models.example.com/v1', envKey: 'MODELS_KEY' };
const CHOSEN = {
  security: { auth: { selectedType: 'openai' } },
  model: { name: 'qwen3-coder-plus', baseUrl: 'https://models.example.com/v1' },
};
const write = (text: string | undefined, more: Partial<Parameters<typeof writeQwenSettings>[2]> = {}): string =>
  writeQwenSettings(FILE, text, { ...change, ...more });
const parsed = (text: string): unknown => parseJson(JSON.stringify(readJsonc(FILE, text).value));

describe("Qwen Code's settings as we write them", () => {
  for (const text of [undefined, '', '\n']) {
    it(`begin with today's format where there are none (${JSON.stringify(text)})`, () => {
      assert.deepEqual(parsed(write(text)), { $version: 4, modelProviders: { openai: [ENTRY] }, ...CHOSEN });
    });
  }

  it('hold no key unless the person insists', () => {
    const key = new Secret('sk-sp-0123456789-abcd');

    assert.ok(!write(undefined).includes('"env"'));
    assert.deepEqual(parsed(write('{ "env": { "OTHER": "1" } }', { key })), {
      env: { OTHER: '1', MODELS_KEY: 'sk-sp-0123456789-abcd' },
      modelProviders: { openai: [ENTRY] },
      ...CHOSEN,
    });
  });

  it('show no key that is there, whatever it looks like', () => {
    const text =
      '{ "env": { "AZURE_OPENAI_API_KEY": "0123456789abcdefABCDEF", "LANG": "de_DE.UTF-8" } } // sk-012345678';

    assert.equal(
      withoutKeys(FILE, text),
      '{ "env": { "AZURE_OPENAI_API_KEY": "[redacted]", "LANG": "de_DE.UTF-8" } } // [redacted]',
    );
    assert.equal(
      withoutKeys(FILE, '{ "security": { "auth": { "apiKey": "hunter-and-hunter", "selectedType": "openai" } } }'),
      '{ "security": { "auth": { "apiKey": "[redacted]", "selectedType": "openai" } } }',
    );
    assert.equal(withoutKeys(FILE, ''), '');
    assert.equal(withoutKeys(FILE, ' \n'), ' \n');
    assert.equal(withoutKeys(FILE, '{ "env": [], "a": "hunter2-hunter" }'), '{ "env": [], "a": "hunter2-hunter" }');
    assert.equal(withoutKeys(FILE, '{ "env": { "KEY": 1 } }'), '{ "env": { "KEY": 1 } }');
  });

  it('show no secret of whatever else the file is for', () => {
    const servers = {
      github: {
        command: 'npx',
        args: [
          '--api-key',
          'hunter-and-hunter',
          '--token=hunter-of-hunters',
          '--header',
          'Cookie: of-the-hunter-alone',
        ],
        env: { GITHUB_PAT: 'pat-of-mine-alone' },
      },
      search: {
        httpUrl: 'https://mcp.example.com',
        headers: { Authorization: 'Basic aHVudGVyOmh1bnRlcg==', 'X-Api-Key': '$MY_KEY' },
      },
    };
    const entry = {
      id: 'a',
      envKey: 'MODELS_KEY',
      generationConfig: { customHeaders: { Cookie: 'session=of-mine-alone' } },
    };
    const shown = withoutKeys(FILE, JSON.stringify({ mcpServers: servers, modelProviders: { openai: [entry] } }));

    assert.deepEqual(parsed(shown), {
      mcpServers: {
        github: {
          command: 'npx',
          args: ['--api-key', '[redacted]', '--token=[redacted]', '--header', 'Cookie: [redacted]'],
          env: { GITHUB_PAT: '[redacted]' },
        },
        search: {
          httpUrl: 'https://mcp.example.com',
          headers: { Authorization: '[redacted]', 'X-Api-Key': '$MY_KEY' },
        },
      },
      modelProviders: { openai: [{ ...entry, generationConfig: { customHeaders: { Cookie: '[redacted]' } } }] },
    });
  });

  it('hold the key only where a variable is named for it', () => {
    const key = new Secret('sk-sp-0123456789-abcd');

    assert.ok(!write(undefined, { key, envKey: undefined }).includes('0123456789'));
  });

  it('leave an entry as it is whose variable is the right one', () => {
    const entry = '{"envKey": "MODELS_KEY",   "id": "qwen3-coder-plus", "baseUrl": "https://models.example.com/v1"}';

    assert.ok(write(`{ "modelProviders": { "openai": [ 7, ${entry} ] } }`).includes(`[ 7, ${entry} ]`));
  });

  for (const other of [
    '{ "id": "qwen3-coder-plus" }',
    '{ "id": "qwen3-coder-plus", "baseUrl": "https://other.example.com/v1" }',
    '{ "id": "qwen3-coder-plus", "baseUrl": "nonsense" }',
    '{ "id": "other", "baseUrl": "https://models.example.com/v1" }',
    '"qwen3-coder-plus"',
  ]) {
    it(`leave another entry as it is: ${other}`, () => {
      const text = write(`{ "modelProviders": { "openai": [ ${other} ] } }`);

      assert.ok(text.includes(`[ ${other}, { "id": "qwen3-coder-plus", "baseUrl"`), text);
    });
  }

  it('keep comments, order and everything else', () => {
    const text = [
      '{',
      '  // mine',
      '  "model": { "name": "other", "generationConfig": { "timeout": 1 } }, // for now',
      '  "modelProviders": {',
      '    "openai": [',
      '      { "id": "other", "envKey": "OTHER_KEY" } // the old one',
      '    ]',
      '  },',
      '  "ui": { "theme": "Qwen Dark" }',
      '}',
      '',
    ].join('\n');

    assert.equal(
      write(text),
      [
        '{',
        '  // mine',
        '  "model": { "name": "qwen3-coder-plus", "generationConfig": { "timeout": 1 }, "baseUrl": "https://models.example.com/v1" }, // for now',
        '  "modelProviders": {',
        '    "openai": [',
        '      { "id": "other", "envKey": "OTHER_KEY" }, // the old one',
        '      { "id": "qwen3-coder-plus", "baseUrl": "https://models.example.com/v1", "envKey": "MODELS_KEY" }',
        '    ]',
        '  },',
        '  "ui": { "theme": "Qwen Dark" },',
        '  "security": {',
        '    "auth": {',
        '      "selectedType": "openai"',
        '    }',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('leave an entry that is there as it is, but for the variable of its key', () => {
    const mine = { id: 'qwen3-coder-plus', name: 'Mine', baseUrl: 'https://models.example.com/v1/', envKey: 'OLD' };
    const text = JSON.stringify({ $version: 4, modelProviders: { openai: [mine] } });

    assert.deepEqual(parsed(write(text)), {
      $version: 4,
      modelProviders: { openai: [{ ...mine, envKey: 'MODELS_KEY' }] },
      ...CHOSEN,
    });
  });

  it('say what the model can', () => {
    const generationConfig = { ...DEFAULT_GENERATION_CONFIG, contextWindowSize: 1000, vision: true };
    const able = { ...OURS, name: 'Able', thinking: true, generationConfig };

    assert.deepEqual(parsed(write(undefined, { model: able })), {
      $version: 4,
      modelProviders: {
        openai: [
          {
            ...ENTRY,
            name: 'Able',
            generationConfig: {
              extra_body: { enable_thinking: true },
              contextWindowSize: 1000,
              modalities: { image: true },
            },
          },
        ],
      },
      ...CHOSEN,
    });
  });

  it("name Qwen Code's own sign-in without an entry", () => {
    assert.deepEqual(parsed(write('{ "model": { "baseUrl": "https://old.example.com" } }', { envKey: undefined })), {
      model: { baseUrl: '', name: 'qwen3-coder-plus' },
      security: { auth: { selectedType: 'qwen-oauth' } },
    });
  });

  it('stay as they are when they say it already', () => {
    const once = write('{\n  // mine\n  "ui": {},\n}'.replace('},\n}', '}\n}'));

    assert.equal(write(once), once);
  });

  const UNUSABLE = {
    '{ "model": ': /cannot be read, line 1/,
    '{ "model": {}, }': /cannot be read, line 1/,
    '[]': /The whole should be an object/,
    '{ "model": "qwen3" }': /"model" should be an object/,
    '{\n "security": { "auth": [] } }': /line 2: "security.auth" should be an object/,
    '{ "modelProviders": [] }': /"modelProviders" should be an object/,
    '{ "modelProviders": { "openai": { "models": [] } } }': /"modelProviders.openai" should be a list/,
  };
  for (const [text, message] of Object.entries(UNUSABLE)) {
    it(`are not written over ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => write(text),
        (error) => error instanceof ConfigurationError && message.test(error.message),
      );
    });
  }
});

describe('the variable of a key', () => {
  for (const [name, is] of [
    ['OPENAI_API_KEY', true],
    ['key', true],
    ['_TOKEN', true],
    ['MY2_SECRET', true],
    ['2_KEY', false],
    ['MY-KEY', false],
    ['KEYS', false],
    ['KEY_PATH', false],
    ['NODE_OPTIONS', false],
    ['PATH', false],
    ['A KEY', false],
  ] as const)
    it(`may ${is ? '' : 'not '}be called ${name}`, () => assert.equal(KEY_NAME.test(name), is));

  it('is called as the model says, as its provider does, or by its host', () => {
    const own = 'https://llm-1.example.com:8443/v1';

    assert.deepEqual(keyNames({ baseUrl: own, envKey: 'MY_KEY' }), ['MY_KEY', 'QWEN_AUTH_LLM_1_EXAMPLE_COM_8443_KEY']);
    assert.deepEqual(keyNames({ baseUrl: 'https://api.openai.com/v1', envKey: 'PATH' }), [
      'OPENAI_API_KEY',
      'QWEN_AUTH_API_OPENAI_COM_KEY',
    ]);
    assert.deepEqual(keyNames({ baseUrl: own, envKey: undefined }), ['QWEN_AUTH_LLM_1_EXAMPLE_COM_8443_KEY']);
  });
});
