import assert from 'node:assert/strict';

import { prompt } from '../../../src/core/chat/request';
import { effortsOf, thinkingMembers } from '../../../src/core/chat/thinking';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';
import type { Reasoning } from '../../../src/core/providers/reasoning';

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

  it("is off where one of Alibaba's models must call a tool", () => {
    const request = { ...prompt('Hi'), toolChoice: 'required', effort: 'max' } as const;

    assert.deepEqual(thinkingMembers(HYBRID, request), { enable_thinking: false });
    assert.deepEqual(thinkingMembers(ALWAYS, request), {});
    assert.deepEqual(thinkingMembers(DEEPSEEK, request), { thinking: { type: 'enabled' }, reasoning_effort: 'max' });
  });
});
