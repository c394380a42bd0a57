import assert from 'node:assert/strict';

import { dashScopeBody, dashScopeHeaders, isDashScope, mayTellToThink } from '../../../src/core/chat/dashScope';
import { credentialOf } from '../../../src/core/credentials/resolve';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import type { Reasoning } from '../../../src/core/providers/reasoning';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const KEY = credentialOf(keyAccount());
const OAUTH = credentialOf(oauthAccount());
const TRACE = { sessionId: 's', promptId: 'p' };
const MARK = { cache_control: { type: 'ephemeral' } };
const HI = { role: 'user', content: 'Hi' };
const SYSTEM = { role: 'system', content: 'Be brief' };
const MARKED_HI = { role: 'user', content: [{ type: 'text', text: 'Hi', ...MARK }] };
const MARKED_SYSTEM = { role: 'system', content: [{ type: 'text', text: 'Be brief', ...MARK }] };

const sent = (body: object, reasoning?: Reasoning) => {
  const generationConfig = DEFAULT_GENERATION_CONFIG;
  return dashScopeBody({ generationConfig, ...(reasoning && { reasoning }) }, { ...body }, TRACE);
};

describe('DashScope', () => {
  for (const host of [
    'dashscope.aliyuncs.com',
    'dashscope-intl.aliyuncs.com',
    'DashScope-US.aliyuncs.com',
    'coding.dashscope.aliyuncs.com',
    'token-plan.cn-beijing.maas.aliyuncs.com',
    'a.alibaba-inc.com',
    'a.aliyun-inc.com',
    'a.alicloudapi.com',
  ]) {
    it(`is at ${host}`, () => {
      assert.equal(isDashScope(`https://${host}/v1`, KEY), true);
    });
  }

  for (const host of [
    'my-dashscope.aliyuncs.com',
    'dashscope-eu.aliyuncs.com',
    'dashscope.aliyuncs.com.example.com',
    'my-token-plan.cn-beijing.maas.aliyuncs.com',
    'token-plan.cn-beijing.maas.aliyuncs.com.example.com',
    'alibaba-inc.com.example.com',
    'a.alicloudapi.com.example.com',
  ]) {
    it(`is not at ${host}`, () => {
      assert.equal(isDashScope(`https://${host}/v1`, KEY), false);
    });
  }

  it('is told of the client and its way to sign in, and is to keep the prompt', () => {
    const headers = { 'x-dashscope-cachecontrol': 'enable', 'x-dashscope-useragent': 'a/1' };

    assert.deepEqual(dashScopeHeaders(KEY, 'a/1'), { ...headers, 'x-dashscope-authtype': 'openai' });
    assert.deepEqual(dashScopeHeaders(OAUTH, 'a/1'), { ...headers, 'x-dashscope-authtype': 'qwen-oauth' });
  });

  for (const name of ['enable_thinking', 'thinking_budget', 'reasoning_effort', 'reasoning', 'thinking']) {
    it(`is told nothing more of thinking where a body says something by ${name}`, () => {
      assert.equal(mayTellToThink({ stream: true, [name]: 0 }), false);
    });
  }

  it('is told of thinking in streams alone', () => {
    assert.deepEqual([mayTellToThink({ stream: true }), mayTellToThink({})], [true, false]);
  });

  describe('gets marks', () => {
    const called = { role: 'assistant', content: null, tool_calls: [{}] };
    const first = { role: 'user', content: [{ type: 'text', text: 'a', ...MARK }] };
    const tool = { type: 'function', function: { name: 'f' } };
    for (const [what, body, marked] of [
      ['at the system message, wherever it is', { messages: [HI, SYSTEM, HI] }, { messages: [HI, MARKED_SYSTEM, HI] }],
      ['at the first system message', { messages: [SYSTEM, SYSTEM] }, { messages: [MARKED_SYSTEM, SYSTEM] }],
      ['nowhere without one, where nothing is streamed', { messages: [HI] }, { messages: [HI] }],
      ['at no message without words', { stream: true, messages: [HI, called] }, { messages: [HI, called] }],
      ['at nothing that is no message', { stream: true, messages: ['x', 1] }, { messages: ['x', 1] }],
      ['nowhere beside the own ones of a message', { stream: true, messages: [first, HI] }, { messages: [first, HI] }],
      [
        'nowhere beside the own ones of a tool',
        { stream: true, messages: [HI], tools: [{ ...tool, ...MARK }, tool] },
        { messages: [HI], tools: [{ ...tool, ...MARK }, tool] },
      ],
      ['at no tool that is none', { stream: true, messages: [HI], tools: ['x'] }, { messages: [MARKED_HI] }],
    ] as const) {
      it(what, () => {
        assert.deepEqual(sent({ model: 'kimi-k2.5', ...body }), {
          model: 'kimi-k2.5',
          preserve_thinking: true,
          ...body,
          ...marked,
        });
      });
    }
  });

  describe('gets to a GLM', () => {
    const parts = [{ type: 'text', text: 'a' }, { type: 'text' }];
    const call = { role: 'assistant', content: '', tool_calls: [{}] };
    const result = { role: 'tool', content: '1' };
    const talk = (content: unknown) => ({ role: 'user', content });
    for (const [what, body, messages] of [
      ['texts as one', { messages: [talk(parts)] }, [talk('a\n\n')]],
      ['texts as one beside an empty list of tools', { messages: [talk(parts)], tools: [] }, [talk('a\n\n')]],
      ['an empty list as it is', { messages: [talk([])] }, [talk([])]],
      ['marks with a call', { stream: true, messages: [call, HI] }, [call, MARKED_HI]],
      ['marks with a result', { stream: true, messages: [result, HI] }, [result, MARKED_HI]],
      ['texts as one where a message is none', { messages: [null, talk(parts)] }, [null, talk('a\n\n')]],
    ] as const) {
      it(what, () => {
        assert.deepEqual(sent({ model: 'GLM-5', ...body })['messages'], messages);
      });
    }

    it('marks where it is only called like one', () => {
      assert.deepEqual(sent({ model: 'my-glm-5', messages: [SYSTEM] })['messages'], [MARKED_SYSTEM]);
    });
  });

  describe('is told how much to think', () => {
    const efforts = (...all: readonly string[]): Reasoning => ({
      field: 'reasoning_effort',
      efforts: all,
      canDisable: true,
    });
    for (const [what, model, reasoning, known, members] of [
      [
        'by an effort, where the entry takes one',
        'qwen-x',
        { effort: 'low' },
        efforts('low'),
        { reasoning_effort: 'low' },
      ],
      [
        'by a switch, where the entry has one',
        'qwen3.8-max',
        { effort: 'low' },
        { field: 'enable_thinking', canDisable: true },
        { enable_thinking: true },
      ],
      [
        'by a switch, where the name alone ends like one that takes an effort',
        'qwq-qwen3.8-max',
        { effort: 'low' },
        undefined,
        { enable_thinking: true },
      ],
      [
        'by the next higher effort',
        'qwen3.8-max',
        { effort: 'medium' },
        efforts('low', 'high'),
        { reasoning_effort: 'high' },
      ],
      ['by the highest effort', 'qwen3.8-max', { effort: 'xhigh' }, efforts('low', 'max'), { reasoning_effort: 'max' }],
      [
        'by no effort that nobody chose',
        'qwen3.8-max',
        { summary: 'auto' },
        undefined,
        { reasoning: { summary: 'auto' } },
      ],
    ] as const) {
      it(what, () => {
        assert.deepEqual(sent({ model, reasoning }, known), {
          model,
          metadata: TRACE,
          preserve_thinking: true,
          ...members,
        });
      });
    }

    for (const model of ['qwen3', 'QwQ-32b', 'qvq-max', 'coder-model', 'vision-model']) {
      it(`where the model is one of Qwen's: ${model}`, () => {
        assert.equal(sent({ model, reasoning: { effort: 'none' } })['enable_thinking'], false);
      });
    }

    it("not where it is only called like one of Qwen's", () => {
      const body = { model: 'my-qwen3', reasoning: { effort: 'none' } };
      assert.deepEqual(sent(body), { ...body, preserve_thinking: true });
    });
  });
});
