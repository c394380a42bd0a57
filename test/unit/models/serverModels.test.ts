import assert from 'node:assert/strict';

import { listServerModels, readModels } from '../../../src/core/models/serverModels';
import { Secret } from '../../../src/core/base/secret';

const KEY = 'sk-0123456789abcdef';
const ANSWER = { host: 'x', status: 200, ok: true, text: '', json: undefined, retryAfterSeconds: undefined };
const read = (json: unknown, key = KEY) => readModels([{ ...ANSWER, json }], new Secret(key));

describe('models of a server', () => {
  for (const [what, json, ids] of [
    ['a list of OpenAI', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }, ['a', 'b']],
    ['a bare list', [{ id: 'a' }], ['a']],
    ['an empty list', { data: [] }, []],
    ['a name twice', [{ id: 'a' }, { id: 'a' }], ['a']],
    ['what is no model', [null, 7, {}, { id: 4 }, { id: '' }, { id: 'b' }], ['b']],
    ['a list of names alone', ['a', 'b'], ['a', 'b']],
    ["Ollama's own list", { models: [{ name: 'a:8b', model: 'a:8b' }] }, ['a:8b']],
    ['a list within the data', { code: 0, data: { models: [{ id: 'a' }] } }, ['a']],
    ["DashScope's list", { success: true, output: { total: 1, models: [{ model: 'a', name: 'A' }] } }, ['a']],
    ["Cloudflare's list", { result: [{ id: 'f9f2250b-1048-4a52-9910-d0bf976616a1', name: '@cf/a' }] }, ['@cf/a']],
    ["GitHub's list", [{ id: 'azureml://registries/x/models/a/versions/1', name: 'a' }], ['a']],
    [
      'entries without ids',
      [{ model_id: 'a' }, { modelId: 'b' }, { model_name: 'c' }, { slug: 'd', display_name: 'D' }, { label: 'e' }],
      ['a', 'b', 'c', 'd'],
    ],
    ["Gemini's names", { models: [{ name: 'models/gemini-a' }] }, ['models/gemini-a']],
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
        { id: 'c', type: 'image' },
        { id: 'd', type: 'text', sub_type: 'reranker' },
        { id: 'e', type: 'text', sub_type: 'chat' },
        { id: 'f', task: { name: 'Text Generation' } },
        { id: 'g', task: { name: 'Text-to-Image' } },
        { id: 'h', pipeline_tag: 'image-text-to-text' },
        { id: 'i', capabilities: { completion_chat: false } },
        { id: 'j', capabilities: ['embedding'] },
        { id: 'k', capabilities: ['completion', 'vision'] },
        { id: 'l', supports_chat: false },
        { id: 'm', architecture: { output_modalities: ['embeddings'] } },
        { id: 'n', architecture: { output_modalities: ['image', 'text'] } },
        { id: 'o', supported_endpoint_types: ['image-generation'] },
        { id: 'p', supported_endpoint_types: ['openai', 'embeddings'] },
        { id: 'q', mode: 'audio_transcription' },
      ],
      ['b', 'e', 'f', 'h', 'k', 'n', 'p'],
    ],
    ['names that are too long', [{ id: 'x'.repeat(257) }, { id: 'd' }], ['d']],
  ] as const) {
    it(`are ${JSON.stringify(ids)} in ${what}`, () => {
      assert.deepEqual(
        read(json).models.map(({ id }) => id),
        ids,
      );
    });
  }

  it('are read from JSON with the mistakes of servers', () => {
    const text = String.raw`{"data":[{"id":"a","description":"x\_y","price":NaN},]}`;

    assert.deepEqual(readModels([{ ...ANSWER, text }], undefined).models, [{ id: 'a' }]);
  });

  it('are those whose names have the word in them that is the key of a server on this computer', () => {
    const names = ['ollama/llama3', 'local-model', 'ollama'].map((id) => ({ id }));

    assert.deepEqual(
      read(names, 'ollama').models.map(({ id }) => id),
      ['ollama/llama3', 'local-model'],
    );
  });

  for (const [what, pages, ids, more] of [
    [
      'by the id that the server names',
      {
        '': { data: [{ id: 'a' }], has_more: true, last_id: 'x' },
        '?after_id=x': { data: [{ id: 'b' }], has_more: false },
      },
      ['a', 'b'],
      undefined,
    ],
    [
      'by the last id of the page',
      {
        '': { data: [{ id: 'a' }], has_more: true, last_id: null },
        '?after_id=a': { data: [{ id: 'b' }] },
      },
      ['a', 'b'],
      undefined,
    ],
    [
      'until one comes again',
      { '': { data: [{ id: 'a' }], has_more: true }, '?after_id=a': { data: [{ id: 'a' }], has_more: true } },
      ['a'],
      'more',
    ],
    ['up to one that is refused, and more', { '': { data: [{ id: 'a' }], has_more: true } }, ['a'], 'more'],
    [
      'up to one that never comes, and more',
      { '': { data: [{ id: 'a' }], has_more: true }, '?after_id=a': 'cut off' },
      ['a'],
      'more',
    ],
  ] as const) {
    it(`are those of all pages, ${what}`, async () => {
      const answers = new Map(Object.entries<object | 'cut off'>(pages));
      const fetch = async (url: string): Promise<Response> => {
        const page = answers.get(new URL(url).search);
        if (page === 'cut off') throw new TypeError('fetch failed');
        // Some servers end their lists with a comma too many.
        return page ? new Response(JSON.stringify(page).replace('}]', '},]')) : new Response('', { status: 404 });
      };
      const access = { baseUrl: 'https://x/v1', key: undefined, keyHeader: 'authorization' } as const;

      const { models, leftOut } = await listServerModels(fetch, access, new AbortController().signal);

      assert.deepEqual([models.map(({ id }) => id), leftOut], [ids, more]);
    });
  }

  it('ends with the twentieth page of a list without end', async () => {
    let asked = 0;
    const fetch = async (): Promise<Response> => {
      asked += 1;
      return Response.json({ data: [{ id: `m${asked}` }], has_more: true });
    };
    const access = { baseUrl: 'https://x/v1', key: undefined, keyHeader: 'authorization' } as const;

    await listServerModels(fetch, access, new AbortController().signal);

    assert.equal(asked, 20);
  });

  it('are a thousand at most, with how many more there are', () => {
    const { models, leftOut } = read(Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` })));

    assert.deepEqual([models.length, leftOut], [1000, 4000]);
  });

  for (const [json, details] of [
    [
      { error: { message: 'Not with this key.', type: 'permission_error' } },
      { status: 403, code: 'permission_error', text: 'Not with this key.' },
    ],
    [
      { code: 401, message: 'Unauthorized', data: null },
      { status: 401, text: 'Unauthorized' },
    ],
    [{ success: false, message: '无权进行此操作，未登录' }, { text: '无权进行此操作，未登录' }],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail' } }, { status: 401, code: '1004', text: 'login fail' }],
  ] as const) {
    it(`are refused in the words of a server that does so with 200: ${JSON.stringify(json)}`, () => {
      assert.throws(() => read(json), { failure: 'status', details });
    });
  }

  for (const [body, details] of [
    [{ error: 'Unexpected endpoint or method.' }, { text: 'Unexpected endpoint or method.' }],
    [{ detail: 'Not authenticated' }, { status: 200, text: 'Not authenticated' }],
    ['<html><title>Open WebUI</title></html>', { status: 200, text: 'Open WebUI', page: true }],
    ['Ollama is running', { status: 200, text: 'Ollama is running' }],
    [{ code: 0, msg: 'success', data: null }, { status: 200 }],
  ] as const) {
    it(`are not in ${JSON.stringify(body)}, which is said in its words`, () => {
      const answer = typeof body === 'string' ? { text: body } : { json: body };

      assert.throws(() => readModels([{ ...ANSWER, ...answer }], undefined), { failure: 'unreadable', details });
    });
  }

  for (const json of [undefined, null, 'text', {}, { data: {} }, { models: {} }]) {
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
    [
      'Groq',
      { context_window: 131_072, max_completion_tokens: 32_768 },
      { contextWindowSize: 131_072, maxOutputTokens: 32_768 },
    ],
    [
      'Mistral',
      { max_context_length: 131_072, capabilities: { completion_chat: true, vision: true } },
      { contextWindowSize: 131_072, vision: true },
    ],
    ['Novita', { context_size: 65_536, max_output_tokens: 8192 }, { contextWindowSize: 65_536, maxOutputTokens: 8192 }],
    ['DeepInfra', { metadata: { context_length: 40_960 } }, { contextWindowSize: 40_960 }],
    [
      'GitHub Copilot',
      { capabilities: { type: 'chat', limits: { max_context_window_tokens: 128_000, max_output_tokens: 16_384 } } },
      { contextWindowSize: 128_000, maxOutputTokens: 16_384 },
    ],
    ['Venice', { type: 'text', model_spec: { availableContextTokens: 32_768 } }, { contextWindowSize: 32_768 }],
    [
      'Chutes',
      { max_model_len: 40_960, input_modalities: ['text', 'image'] },
      { contextWindowSize: 40_960, vision: true },
    ],
    ['OpenAI', { object: 'model', created: 1, owned_by: 'openai' }, {}],
    ['nobody', { context_length: -1, max_model_len: 0, top_provider: 7, architecture: [], supports_vision: 'yes' }, {}],
  ] as const) {
    it(`are told of as ${server} does`, () => {
      assert.deepEqual(read([{ id: 'a', ...entry }]).models, [{ id: 'a', ...told }]);
    });
  }
});
