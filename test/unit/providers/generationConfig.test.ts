import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { DEFAULT_GENERATION_CONFIG, readGenerationConfig } from '../../../src/core/providers/generationConfig';

describe('generationConfig', () => {
  it('is the default of Qwen Code where nothing is set', () => {
    assert.deepEqual(readGenerationConfig(undefined), {
      timeoutMs: undefined,
      maxRetries: 3,
      samplingParams: {},
      customHeaders: {},
      extraBody: {},
      contextWindowSize: undefined,
      vision: undefined,
    });
  });

  it('is read as it is written', () => {
    const written = {
      timeout: 5000,
      maxRetries: 1,
      samplingParams: { temperature: 0.2, max_tokens: 100 },
      customHeaders: { 'X-Team': 'blue' },
      extra_body: { enable_thinking: true },
      contextWindowSize: 131_072,
      modalities: { image: true, audio: true },
    };

    assert.deepEqual(readGenerationConfig(written), {
      timeoutMs: 5000,
      maxRetries: 1,
      samplingParams: { temperature: 0.2, max_tokens: 100 },
      customHeaders: { 'x-team': 'blue' },
      extraBody: { enable_thinking: true },
      contextWindowSize: 131_072,
      vision: true,
    });
  });

  for (const [name, written, expected] of [
    ['timeout', 0, 0],
    ['timeout', -1, 0],
    ['timeout', '250', 250],
    ['timeout', 1e12, 2_147_483_647],
    ['timeout', 'soon', undefined],
    ['maxRetries', 0, 0],
    ['maxRetries', -1, 0],
    ['maxRetries', 2.9, 2],
    ['maxRetries', 1000, 10],
    ['maxRetries', null, 3],
  ] as const) {
    it(`takes ${JSON.stringify(written)} as ${name} for ${expected}`, () => {
      const { timeoutMs, maxRetries } = readGenerationConfig({ [name]: written });

      assert.equal({ timeout: timeoutMs, maxRetries }[name], expected);
    });
  }

  for (const [written, expected] of [
    [1, 1],
    ['8192', 8192],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [0, undefined],
    [-3, undefined],
    [750.5, undefined],
    [1e20, undefined],
    ['128k', undefined],
  ] as const) {
    it(`takes ${JSON.stringify(written)} as contextWindowSize for ${expected}`, () => {
      assert.equal(readGenerationConfig({ contextWindowSize: written }).contextWindowSize, expected);
    });
  }

  for (const [modalities, vision] of [
    [undefined, undefined],
    [{}, false],
    [{ image: false }, false],
    [{ pdf: true }, false],
    [{ image: true }, true],
  ] as const) {
    it(`takes ${JSON.stringify(modalities)} as modalities for ${vision}`, () => {
      assert.equal(readGenerationConfig({ modalities }).vision, vision);
    });
  }

  it('does not take over what requests are about', () => {
    const reserved = { model: 'other', messages: [], stream: false };
    const read = readGenerationConfig({ samplingParams: { ...reserved, top_p: 1 }, extra_body: { ...reserved, x: 1 } });

    assert.deepEqual([read.samplingParams, read.extraBody], [{ top_p: 1 }, { x: 1 }]);
  });

  const reserved =
    'Authorization PROXY-AUTHORIZATION api-key X-API-Key Cookie host Origin forwarded connection ' +
    'content-length Content-Type expect keep-alive te trailer Transfer-Encoding upgrade';
  for (const name of reserved.split(' ')) {
    it(`does not take over the header ${name}`, () => {
      assert.deepEqual(readGenerationConfig({ customHeaders: { [name]: 'mine', 'X-Mine': 'mine' } }).customHeaders, {
        'x-mine': 'mine',
      });
    });
  }

  it('may name the program to the server', () => {
    assert.deepEqual(readGenerationConfig({ customHeaders: { 'User-Agent': 'Acme/1' } }).customHeaders, {
      'user-agent': 'Acme/1',
    });
  });

  it('leaves out what is no header', () => {
    const customHeaders = {
      'a b': 'x',
      'a\n': 'x',
      '': 'x',
      '"a"': 'x',
      number: 7,
      split: 'x\r\nhost: evil',
      'not-ascii': '日本',
      ['__proto__']: 'x',
      good: 'x',
    };

    assert.deepEqual(readGenerationConfig({ customHeaders }).customHeaders, { good: 'x' });
  });

  it('has only headers that can be sent', () => {
    const customHeaders = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(customHeaders, (headers) => {
        const read = readGenerationConfig({ customHeaders: headers });
        assert.equal([...new Headers(read.customHeaders)].length, Object.keys(read.customHeaders).length);
      }),
    );
  });

  for (const wrong of [
    null,
    7,
    'text',
    [],
    { samplingParams: [], customHeaders: 'x', extra_body: null, modalities: true },
  ]) {
    it(`is the default for ${JSON.stringify(wrong)}`, () => {
      assert.deepEqual(readGenerationConfig(wrong), DEFAULT_GENERATION_CONFIG);
    });
  }
});
