import assert from 'node:assert/strict';

import { prompt } from '../../../src/core/chat/request';
import { effortsOf, mayThinkUnmarked, thinkingMembers } from '../../../src/core/chat/thinking';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';
import type { Reasoning } from '../../../src/core/providers/reasoning';
import { chatBody } from '../../../src/core/chat/requestBody';
import { fromCatalogue } from '../../../src/core/providers/fromCatalogue';
import { VENDOR_PROVIDERS } from '../../../src/core/providers/vendors';
import { model as modelOf } from '../../fakes/models';

const thinker = (reasoning: Reasoning | undefined, enableThinking = false) => ({
  generationConfig: readGenerationConfig(enableThinking ? { extra_body: { enable_thinking: true } } : undefined),
  ...(reasoning && { reasoning }),
});
const SWITCH = thinker({ field: 'enable_thinking', canDisable: true }, true);
const ALWAYS = thinker({ field: 'enable_thinking', canDisable: false }, true);
const HYBRID = thinker({ field: 'enable_thinking', efforts: ['high', 'max'], default: 'high', canDisable: true });
const EFFORTS = thinker({
  field: 'reasoning_effort',
  efforts: ['low', 'medium', 'xhigh'],
  default: 'xhigh',
  canDisable: true,
});
const DEEPSEEK = thinker({ field: 'thinking', efforts: ['low', 'high', 'max'], default: 'high', canDisable: true });
const KIMI = thinker({ field: 'thinking', canDisable: true });
const KIMI_K3 = thinker({
  field: 'reasoning_effort',
  efforts: ['low', 'high', 'max'],
  default: 'max',
  canDisable: false,
});

describe('efforts of a model', () => {
  for (const [what, model, all, usual] of [
    ['on and off', SWITCH, ['none', 'on'], 'on'],
    ['off where nothing turns it on', thinker({ field: 'enable_thinking', canDisable: true }), ['none', 'on'], 'none'],
    ['nothing to choose where it always thinks', ALWAYS, undefined, undefined],
    ['nothing to choose where nothing is known', thinker(undefined), undefined, undefined],
    ['off and the efforts of a hybrid', HYBRID, ['none', 'high', 'max'], 'high'],
    [
      'up to the server where nothing is known of it',
      thinker({ field: 'reasoning_effort', efforts: ['low', 'high'], canDisable: true }),
      ['auto', 'none', 'low', 'high'],
      'auto',
    ],
    ['the efforts alone where it cannot be off', KIMI_K3, ['low', 'high', 'max'], 'max'],
    ['on and off of another vendor', KIMI, ['none', 'on'], 'on'],
  ] as const) {
    it(`are ${what}`, () => {
      assert.deepEqual(effortsOf(model), all && { all, usual });
    });
  }
});

describe('an answer', () => {
  const mayBegin = (id: string, reasoning?: Reasoning, extraBody: object = {}, effort?: string): boolean => {
    const generationConfig = readGenerationConfig({ extra_body: extraBody });
    return mayThinkUnmarked({ id, generationConfig, ...(reasoning && { reasoning }) }, { ...prompt('Hi'), effort });
  };
  const hybrid: Reasoning = { field: 'enable_thinking', canDisable: true };

  for (const [what, begins] of [
    ['of a model whose name says so', mayBegin('Qwen3-235B-A22B-Thinking-2507')],
    ['of a model called so alone', mayBegin('qwq')],
    ['of a model called so first', mayBegin('r1-distill-8b')],
    ['of a model called so last', mayBegin('deepseek-r1')],
    ['of a model that thinks in any case', mayBegin('a', { field: 'enable_thinking', canDisable: false })],
    ['of a model that is told to think', mayBegin('a', hybrid, {}, 'on')],
    ['of a model whose entry tells it to think', mayBegin('a', undefined, { enable_thinking: true })],
    [
      'of a model whose template is told to think',
      mayBegin('a', undefined, { enable_thinking: false, chat_template_kwargs: { enable_thinking: true } }),
    ],
  ] as const) {
    it(`may begin with a thought that no tag opens: ${what}`, () => {
      assert.equal(begins, true);
    });
  }

  for (const [what, begins] of [
    ['of a model of which nothing is known', mayBegin('qwen3-coder-plus')],
    ['of a model whose name has it within a word', mayBegin('unthinkingly-xr1-r1x')],
    ['of a closed model', mayBegin('claude-opus-thinking')],
    ['of a model that may think', mayBegin('a', hybrid)],
    ['of a model that is told an effort', mayBegin('a', { field: 'reasoning_effort', canDisable: false })],
    ['of a thinker that is told not to', mayBegin('qwq', hybrid, {}, 'none')],
    ['of a thinker whose entry tells it not to', mayBegin('qwq', undefined, { enable_thinking: false })],
    [
      'of a thinker whose entry is told so in words',
      mayBegin('qwq', undefined, { enable_thinking: 'true', chat_template_kwargs: 'x' }),
    ],
  ] as const) {
    it(`begins with none: ${what}`, () => {
      assert.equal(begins, false);
    });
  }
});

describe('thinking of a request', () => {
  for (const [model, effort, members] of [
    [SWITCH, undefined, {}],
    [SWITCH, 'none', { enable_thinking: false }],
    [SWITCH, 'on', { enable_thinking: true }],
    [SWITCH, 'max', {}],
    [ALWAYS, 'none', {}],
    [HYBRID, 'none', { enable_thinking: false }],
    [HYBRID, 'max', { enable_thinking: true, reasoning_effort: 'max' }],
    [EFFORTS, 'auto', {}],
    [thinker({ field: 'reasoning_effort', efforts: ['low', 'high'], canDisable: true }), 'auto', {}],
    [EFFORTS, 'none', { reasoning_effort: 'none' }],
    [EFFORTS, 'low', { reasoning_effort: 'low' }],
    [DEEPSEEK, 'none', { thinking: { type: 'disabled' } }],
    [DEEPSEEK, 'low', { thinking: { type: 'enabled' }, reasoning_effort: 'low' }],
    [KIMI, 'none', { thinking: { type: 'disabled' } }],
    [KIMI_K3, 'none', {}],
    [thinker(undefined), 'high', {}],
  ] as const) {
    it(`by ${model.reasoning?.field ?? 'nothing'} with ${effort ?? 'no choice'} is ${JSON.stringify(members)}`, () => {
      assert.deepEqual(thinkingMembers(model, { ...prompt('Hi'), effort }), members);
    });
  }

  it('is off where a tool must be called that thinking stands in the way of', () => {
    const request = { ...prompt('Hi'), toolChoice: 'required', effort: 'max' } as const;

    assert.deepEqual(thinkingMembers(HYBRID, request), { enable_thinking: false });
    assert.deepEqual(thinkingMembers(ALWAYS, request), {});
    assert.deepEqual(thinkingMembers(thinker(undefined), request), {});
    assert.deepEqual(thinkingMembers(DEEPSEEK, request), { thinking: { type: 'disabled' } });
  });

  for (const [id, thinking, choice] of [
    ['kimi-k2.6', { type: 'disabled' }, /"f"/],
    ['kimi-k2.7-code', undefined, /"auto"/],
    ['kimi-k3', undefined, /"f"/],
    ['deepseek-v4-pro', { type: 'disabled' }, /"f"/],
  ] as const) {
    it(`of ${id} leaves room for a tool that must be called`, () => {
      const known = VENDOR_PROVIDERS.flatMap(({ models }) => models).find((one) => one.id === id);
      const forced = { ...prompt('Hi'), tools: [{ name: 'f', description: 'd' }], toolChoice: 'required' } as const;
      const body = chatBody({ ...modelOf({ id }), ...fromCatalogue(known ?? {}) }, forced);

      assert.deepEqual(body['thinking'], thinking);
      assert.match(JSON.stringify(body['tool_choice']), choice);
    });
  }
});
