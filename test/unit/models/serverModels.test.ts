import assert from 'node:assert/strict';

import { readModels } from '../../../src/core/models/serverModels';
import { Secret } from '../../../src/core/base/secret';

const KEY = 'sk-0123456789abcdef';
const read = (json: unknown) =>
  readModels({ host: 'x', status: 200, ok: true, text: '', json, retryAfterSeconds: undefined }, new Secret(KEY));

describe('models of a server', () => {
  for (const [what, json, ids] of [
    ['a list of OpenAI', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }, ['a', 'b']],
    ['a bare list', [{ id: 'a' }], ['a']],
    ['an empty list', { data: [] }, []],
    ['a name twice', [{ id: 'a' }, { id: 'a' }], ['a']],
    ['what is no model', [null, 7, 'a', {}, { id: 4 }, { id: '' }, { id: 'b' }], ['b']],
    ['names with control characters', [{ id: 'a\nb' }, { id: 'c\u001b[31m' }, { id: 'd' }], ['d']],
    [
      'names with what is invisible',
      [{ id: 'gpt\u202E-o4' }, { id: 'a\u200Bb' }, { id: 'x\uD800' }, { id: 'd' }],
      ['d'],
    ],
    ['a name that holds the key', [{ id: `echo-${KEY}` }, { id: 'd' }], ['d']],
    [
      'models that do not chat',
      [
        { id: 'a', type: 'embeddings' },
        { id: 'b', type: 'llm' },
      ],
      ['b'],
    ],
    ['names that are too long', [{ id: 'x'.repeat(257) }, { id: 'd' }], ['d']],
  ] as const) {
    it(`are ${JSON.stringify(ids)} in ${what}`, () => {
      assert.deepEqual(
        read(json).map(({ id }) => id),
        ids,
      );
    });
  }

  it('are a thousand at most', () => {
    assert.equal(read(Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` }))).length, 1000);
  });

  for (const json of [undefined, null, 'text', {}, { data: {} }, { models: [] }]) {
    it(`are not in ${JSON.stringify(json)}`, () => {
      assert.throws(() => read(json), { name: 'RequestError', failure: 'unreadable' });
    });
  }

  for (const [server, entry, told] of [
    ['vLLM', { max_model_len: 40_960 }, { contextWindowSize: 40_960 }],
    ['llama.cpp', { meta: { n_ctx: 8192, n_ctx_train: 131_072 } }, { contextWindowSize: 8192 }],
    ['an older llama.cpp', { meta: { n_ctx_train: 131_072 } }, {}],
    [
      'LM Studio',
      { type: 'vlm', state: 'loaded', loaded_context_length: 4096, max_context_length: 32_768 },
      { contextWindowSize: 4096, vision: true },
    ],
    ['LM Studio, of what is not loaded', { type: 'llm', max_context_length: 32_768 }, { vision: false }],
    [
      'OpenRouter',
      {
        context_length: 131_072,
        architecture: { input_modalities: ['text', 'image'] },
        top_provider: { max_completion_tokens: 16_384 },
      },
      { contextWindowSize: 131_072, maxOutputTokens: 16_384, vision: true },
    ],
    ['OpenRouter, of text', { architecture: { input_modalities: ['text'] } }, { vision: false }],
    ['Moonshot', { context_length: 262_144, supports_image_in: true }, { contextWindowSize: 262_144, vision: true }],
    [
      'Requesty',
      { context_window: 200_000, max_output_tokens: 64_000, supports_vision: false },
      { contextWindowSize: 200_000, maxOutputTokens: 64_000, vision: false },
    ],
    ['OpenAI', { object: 'model', created: 1, owned_by: 'openai' }, {}],
    ['nobody', { context_length: -1, max_model_len: 0, top_provider: 7, architecture: [], supports_vision: 'yes' }, {}],
  ] as const) {
    it(`are told of as ${server} does`, () => {
      assert.deepEqual(read([{ id: 'a', ...entry }]), [{ id: 'a', ...told }]);
    });
  }
});
