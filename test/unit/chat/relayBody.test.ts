import assert from 'node:assert/strict';

import { parseJson, stringIn } from '../../../src/core/base/json';
import { dashScopeHeaders, isDashScope } from '../../../src/core/chat/dashScope';
import { type Operation, relayBody } from '../../../src/core/chat/relayBody';
import { credentialOf } from '../../../src/core/credentials/resolve';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import type { Model } from '../../../src/core/providers/model';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';

const KEY = credentialOf(keyAccount());
const OAUTH = credentialOf(oauthAccount());
const MARK = { cache_control: { type: 'ephemeral' } };
const TRACE = { sessionId: 's', promptId: 'p' };
const PLAN = 'https://coding.dashscope.aliyuncs.com/v1';

const written = (to: Model, json: object, operation: Operation = 'chat/completions') => {
  const text = JSON.stringify(json);
  return relayBody(to, operation, { text, json: { ...json } }, KEY, TRACE);
};
const sent = (...given: Parameters<typeof written>) => parseJson(written(...given));
const chat = (more: object = {}) => ({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...more });

describe('the body of a request that is passed on', () => {
  it('is the very text where the model goes by its id already', () => {
    const text = '{ "model":"m", "seed": 12345678901234567890 }';

    assert.equal(relayBody(model({ id: 'm' }), 'chat/completions', { text, json: { model: 'm' } }, KEY, TRACE), text);
    assert.equal(relayBody(model({ id: 'm' }), 'embeddings', { text, json: { model: 'm' } }, KEY, TRACE), text);
  });

  it('is the very text where all that the entry says is said in it', () => {
    const generationConfig = { ...DEFAULT_GENERATION_CONFIG, samplingParams: { top_p: 0.5 } };
    const json = { model: 'm', stream: true, top_p: 1 };
    const text = '{ "model":"m", "stream":true, "top_p":1.0 }';

    assert.equal(relayBody(model({ id: 'm', generationConfig }), 'chat/completions', { text, json }, KEY, TRACE), text);
  });

  it('names the model by its own id', () => {
    assert.deepEqual(sent(model({ id: 'gpt-4o' }), chat()), chat({ model: 'gpt-4o' }));
    assert.deepEqual(sent(model({ id: 'e' }), { model: 'm', input: 'Hi' }, 'embeddings'), { model: 'e', input: 'Hi' });
  });

  it("gets what the model's entry says, wherever it is silent on it", () => {
    const generationConfig = {
      ...DEFAULT_GENERATION_CONFIG,
      samplingParams: { top_p: 0.5, temperature: 1 },
      extraBody: { a: 1 },
    };

    assert.deepEqual(
      sent(model({ id: 'm', generationConfig }), chat({ temperature: 0 })),
      chat({ temperature: 0, top_p: 0.5, a: 1 }),
    );
    assert.deepEqual(sent(model({ id: 'm', generationConfig }), { model: 'm' }, 'responses'), { model: 'm' });
  });

  it('tells a model to think in streams alone, and where nothing is said of thinking', () => {
    const generationConfig = { ...DEFAULT_GENERATION_CONFIG, extraBody: { enable_thinking: true } };
    const thinker = model({ id: 'm', generationConfig });

    assert.deepEqual(sent(thinker, chat({ stream: true })), chat({ stream: true, enable_thinking: true }));
    for (const said of [{}, { stream: true, enable_thinking: false }, { stream: true, reasoning_effort: 'low' }])
      assert.deepEqual(sent(thinker, chat(said)), chat(said));
  });

  describe('for DashScope', () => {
    const messages = [
      { role: 'system', content: 'Be brief' },
      { role: 'user', content: 'Hi' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ];
    const tools = [
      { type: 'function', function: { name: 'one' } },
      { type: 'function', function: { name: 'two' } },
    ];
    const system = { role: 'system', content: [{ type: 'text', text: 'Be brief', ...MARK }] };
    const qwen = (changes: Partial<Model> = {}) => model({ id: 'qwen3.7-plus', baseUrl: PLAN, ...changes });
    const body = (more: object = {}) => ({ model: 'qwen3.7-plus', messages, ...more });

    it('has marks for the cache, in a stream up to its end', () => {
      const last = {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b', ...MARK },
        ],
      };

      assert.deepEqual(sent(qwen(), body({ stream: true, tools })), {
        ...body({ stream: true, preserve_thinking: true, metadata: TRACE }),
        messages: [system, messages[1], last],
        tools: [tools[0], { ...tools[1], ...MARK }],
      });
      assert.deepEqual(sent(qwen(), body({ tools })), {
        ...body({ tools, preserve_thinking: true, metadata: TRACE }),
        messages: [system, messages[1], messages[2]],
      });
    });

    it('keeps the marks that are set, and what it says itself', () => {
      const marked = body({
        preserve_thinking: false,
        metadata: { user: 'a' },
        messages: [{ role: 'user', content: [{ type: 'text', text: 'a', ...MARK }] }],
      });

      assert.deepEqual(sent(qwen(), marked), marked);
    });

    it('shows images in full to a model of Qwen that sees', () => {
      const generationConfig = { ...DEFAULT_GENERATION_CONFIG, vision: true };
      const shown = { preserve_thinking: true, vl_high_resolution_images: true };

      assert.deepEqual(sent(qwen({ generationConfig }), { model: 'qwen3.7-plus' }), {
        model: 'qwen3.7-plus',
        metadata: TRACE,
        ...shown,
      });
      assert.deepEqual(sent(qwen({ id: 'kimi-k2.5', generationConfig }), { model: 'kimi-k2.5' }), {
        model: 'kimi-k2.5',
        preserve_thinking: true,
      });
    });

    it("has no marks for GLM's models without tools, which read no parts then", () => {
      const asked = body({ model: 'glm-5', stream: true });

      const plain = [messages[0], messages[1], { role: 'user', content: 'a\n\nb' }];
      assert.deepEqual(sent(qwen({ id: 'glm-5' }), asked), { ...asked, messages: plain, preserve_thinking: true });
      assert.match(written(qwen({ id: 'glm-5' }), { ...asked, tools }), /ephemeral/);
    });

    it("has the texts of a message to GLM's models as one, without tools and pictures", () => {
      const parts = [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ];
      const talk = (content: unknown) => ({ model: 'glm-5', messages: [{ role: 'user', content }] });
      const picture = [...parts, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }];

      assert.deepEqual(sent(qwen({ id: 'glm-5' }), talk(parts)), { ...talk('a\n\nb'), preserve_thinking: true });
      assert.deepEqual(sent(qwen({ id: 'glm-5' }), talk(picture)), { ...talk(picture), preserve_thinking: true });
    });

    it('says how much a model of Qwen is to think by the member that it reads', () => {
      const asked = (id: string, more: object) => sent(qwen({ id }), { model: id, ...more });
      const rest = (id: string) => ({ model: id, metadata: TRACE, preserve_thinking: true });
      const reasoning = { effort: 'medium' };

      assert.deepEqual(asked('qwen3.8-max', { reasoning }), { ...rest('qwen3.8-max'), reasoning_effort: 'medium' });
      assert.deepEqual(asked('qwen3.7-plus', { reasoning }), { ...rest('qwen3.7-plus'), enable_thinking: true });
      assert.deepEqual(asked('qwen3.7-plus', { reasoning: { effort: 'none' } }), {
        ...rest('qwen3.7-plus'),
        enable_thinking: false,
      });
      const other = { model: 'kimi-k2.5', reasoning, preserve_thinking: true };
      assert.deepEqual(asked('kimi-k2.5', { reasoning }), other);
    });

    it('asks a model of Qwen for no effort that it does not take, but for the next higher one', () => {
      const efforts = ['low', 'medium', 'xhigh'];
      const known = { field: 'reasoning_effort', efforts, canDisable: false } as const;
      const asked = (effort: string, more: object = {}) =>
        stringIn(
          sent(qwen({ id: 'qwen3.8-max', ...more }), { model: 'qwen3.8-max', reasoning: { effort } }),
          'reasoning_effort',
        );

      for (const [effort, ofKnown, ofUnknown] of [
        ['minimal', 'low', 'low'],
        ['medium', 'medium', 'medium'],
        ['high', 'xhigh', 'high'],
        ['max', 'xhigh', 'xhigh'],
        ['none', 'low', 'none'],
        ['odd', 'odd', 'odd'],
      ] as const)
        assert.deepEqual([asked(effort, { reasoning: known }), asked(effort)], [ofKnown, ofUnknown], effort);
      const said = { model: 'qwen3.8-max', reasoning_effort: 'max' };
      assert.equal(stringIn(sent(qwen({ id: 'qwen3.8-max', reasoning: known }), said), 'reasoning_effort'), 'max');
    });

    it("lets what the model's entry says stand", () => {
      const extraBody = { preserve_thinking: false, metadata: { user: 'a' } };
      const generationConfig = { ...DEFAULT_GENERATION_CONFIG, extraBody };

      assert.deepEqual(sent(qwen({ generationConfig }), { model: 'qwen3.7-plus' }), {
        model: 'qwen3.7-plus',
        ...extraBody,
      });
    });

    it('is known by the address of its server, or by an account of Qwen', () => {
      for (const host of [
        'dashscope.aliyuncs.com',
        'coding-intl.dashscope.aliyuncs.com',
        'token-plan.cn-beijing.maas.aliyuncs.com',
      ])
        assert.ok(isDashScope(`https://${host}/v1`, KEY), host);
      for (const host of ['api.openai.com', 'dashscope.aliyuncs.com.evil.example', 'mydashscope.aliyuncs.com'])
        assert.ok(!isDashScope(`https://${host}/v1`, KEY), host);
      assert.ok(isDashScope('https://portal.qwen.ai/v1', OAUTH));
      assert.equal(dashScopeHeaders(KEY, 'a/1')['x-dashscope-authtype'], 'openai');
    });
  });
});
