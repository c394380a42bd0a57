import assert from 'node:assert/strict';

import { readJsonc } from '../../../src/core/config/jsonc';
import { writeQwenSettings } from '../../../src/core/config/qwenSettingsWrite';
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

  it('hold the key only where a variable is named for it', () => {
    const key = new Secret('sk-sp-0123456789-abcd');

    assert.ok(!write(undefined, { key, envKey: undefined }).includes('0123456789'));
  });

  it('leave an entry as it is whose variable is the right one', () => {
    const entry =
      '{"envKey": "MODELS_\\u004bEY",   "id": "qwen3-coder-plus", "baseUrl": "https://models.example.com/v1"}';

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
    const escaped = once.replaceAll('qwen3-coder-plus', 'qwen3-coder\\u002dplus');
    assert.notEqual(escaped, once);
    assert.equal(write(escaped), escaped);
  });

  const UNUSABLE = {
    '{ "model": ': /cannot be read, line 1/,
    '{ "model": {}, }': /cannot be read, line 1/,
    '[]': /The whole should be an object/,
    '{ "model": "qwen3" }': /"model" should be an object/,
    '{\n "security": { "auth": [] } }':
      /settings\.json, line 2: "security.auth" should be an object\. Start Qwen Code once, which brings older settings up to date, or mend it there; nothing was written\.$/,
    '{ "modelProviders": [] }': /"modelProviders" should be an object/,
    '{ "modelProviders": { "openai": { "models": [] } } }': /"modelProviders.openai" should be a list/,
  };
  for (const [text, message] of Object.entries(UNUSABLE)) {
    it(`are not written over ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => write(text),
        (error) => {
          assert.ok(error instanceof ConfigurationError);
          assert.deepEqual(error.where, { file: FILE, line: text.startsWith('{\n') ? 2 : 1 });
          return message.test(error.message);
        },
      );
    });
  }
});
