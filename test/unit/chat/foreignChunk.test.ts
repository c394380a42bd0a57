import assert from 'node:assert/strict';

import { foreignChunk } from '../../../src/core/chat/foreignChunk';

const said = (delta: object, finish_reason?: unknown, usage?: unknown) => ({
  choices: [{ delta, finish_reason }],
  usage,
});
const whole = (message: object, finish_reason: unknown, usage?: unknown) => ({
  object: 'chat.completion',
  choices: [{ message, finish_reason }],
  usage,
});
const COUNTS = { prompt_tokens: 1, completion_tokens: 2 };
const NO_COUNTS = { prompt_tokens: undefined, completion_tokens: undefined };
const GEMINI = { usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 } };
const candidate = (parts: unknown, more: object = {}) => ({ candidates: [{ content: { parts }, ...more }], ...GEMINI });

/** Events of other APIs, and the chunks that they stand for. */
const EVENTS: Readonly<Record<string, readonly (readonly [event: object, chunk: object])[]>> = {
  Ollama: [
    [
      { message: { content: 'a' }, done: false, prompt_eval_count: 1, eval_count: 2 },
      said({ content: 'a' }, null, COUNTS),
    ],
    [{ message: {}, done: true, done_reason: 'length' }, said({}, 'length', NO_COUNTS)],
    [{ message: {}, done: true }, said({}, 'stop', NO_COUNTS)],
    [{ response: 'a', thinking: 'b', done: false }, said({ content: 'a', thinking: 'b' }, null, NO_COUNTS)],
  ],
  Anthropic: [
    [
      { type: 'message', content: [{ text: 'a' }], stop_reason: 'end_turn', usage: COUNTS },
      whole({ content: [{ text: 'a' }] }, 'end_turn', COUNTS),
    ],
    [
      { type: 'message_start', message: { usage: COUNTS } },
      { choices: [], usage: COUNTS },
    ],
    [
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'a' } },
      said({ content: [{ type: 'text', text: 'a' }] }),
    ],
    [
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'i', name: 'f', input: {} } },
      said({ tool_calls: [{ index: 1, id: 'i', function: { name: 'f' } }] }),
    ],
    [
      { type: 'content_block_delta', delta: { text: 'a', thinking: 'b' } },
      said({ content: 'a', reasoning_content: 'b' }),
    ],
    [
      { type: 'content_block_delta', index: 1, delta: { partial_json: '' } },
      said({ tool_calls: [{ index: 1, function: { arguments: '' } }] }),
    ],
    [{ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: COUNTS }, said({}, 'end_turn', COUNTS)],
  ],
  Gemini: [
    [{ promptFeedback: { blockReason: 'SAFETY' }, ...GEMINI }, said({}, 'content_filter', COUNTS)],
    [
      candidate([{ text: 'a' }, { text: 'b', thought: true }, { text: 'c', thought: 1 }, 'x'], {
        finishReason: 'STOP',
      }),
      said(
        {
          content: [
            { type: 'text', text: 'a' },
            { type: 'thinking', text: 'b' },
            { type: 'text', text: 'c' },
          ],
          tool_calls: [],
        },
        'STOP',
        COUNTS,
      ),
    ],
    [
      candidate([{ functionCall: { id: 'i', name: 'f', args: { a: 1 } } }, { functionCall: 'x' }]),
      said({ content: [], tool_calls: [{ id: 'i', function: { name: 'f', arguments: { a: 1 } } }] }, undefined, COUNTS),
    ],
    [candidate('x'), said({ content: [], tool_calls: [] }, undefined, COUNTS)],
    [
      { candidates: [{ content: 'x' }], promptFeedback: {} },
      said({ content: [], tool_calls: [] }, undefined, NO_COUNTS),
    ],
  ],
  'the Responses API': [
    [{ type: 'response.output_text.delta', delta: 'a' }, said({ content: 'a' })],
    [{ type: 'response.refusal.delta', delta: 'a' }, said({ content: 'a' })],
    [{ type: 'response.reasoning_text.delta', delta: 'a' }, said({ reasoning_content: 'a' })],
    [{ type: 'response.reasoning_summary_text.delta', delta: 'a' }, said({ reasoning_content: 'a' })],
    [
      { type: 'response.output_item.done', item: { type: 'function_call', call_id: 'i', name: 'f', arguments: '{}' } },
      said({ tool_calls: [{ id: 'i', function: { name: 'f', arguments: '{}' } }] }),
    ],
    [{ type: 'response.completed', response: { usage: COUNTS } }, said({}, 'stop', COUNTS)],
    [{ type: 'response.incomplete', response: { status: 'incomplete' } }, said({}, 'length')],
    [
      {
        type: 'response.incomplete',
        response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      },
      said({}, 'content_filter'),
    ],
    [{ type: 'response.failed', response: { error: { message: 'a' } } }, { error: { message: 'a' } }],
    [
      {
        object: 'response',
        usage: COUNTS,
        output: [
          'x',
          { type: 'reasoning', content: ['r'] },
          { type: 'message', content: ['a'] },
          { type: 'message', content: ['b'] },
          { type: 'function_call', call_id: 'i', name: 'f', arguments: '{}' },
        ],
      },
      whole(
        { content: ['a', 'b'], tool_calls: [{ id: 'i', function: { name: 'f', arguments: '{}' } }] },
        'stop',
        COUNTS,
      ),
    ],
  ],
  Baidu: [
    [{ result: 'a', is_end: false, usage: COUNTS }, said({ content: 'a' }, null, COUNTS)],
    [{ result: 'a', is_end: true }, said({ content: 'a' }, 'stop')],
  ],
  Cloudflare: [
    [{ response: 'a', usage: COUNTS }, said({ content: 'a', tool_calls: undefined }, null, COUNTS)],
    [{ response: null, tool_calls: [{}] }, said({ content: null, tool_calls: [{}] }, null)],
    [{ result: { response: 'a', usage: COUNTS } }, whole({ content: 'a', tool_calls: undefined }, 'stop', COUNTS)],
  ],
};

describe('an event of another API', () => {
  for (const [api, events] of Object.entries(EVENTS))
    for (const [event, chunk] of events)
      it(`of ${api} stands for a chunk: ${JSON.stringify(event)}`, () => {
        assert.deepEqual(foreignChunk({ ...event }), chunk);
      });

  for (const event of [
    {},
    { message: { content: 'a' }, done: 'no' },
    { message: 'a', response: 5, done: true },
    { type: 'message', content: 'a' },
    { type: 'message_start', message: 'a' },
    { type: 'content_block_start', content_block: 'a' },
    { type: 'content_block_delta', delta: 'a' },
    { type: 'message_delta', delta: 'a' },
    { type: 'content_block_stop', delta: {}, message: {}, content_block: {}, content: [] },
    { candidates: [] },
    { candidates: 'a' },
    { promptFeedback: 'a' },
    { type: 'output_text.delta', delta: 'a' },
    { type: 'response.output_text.delta.more', delta: 'a' },
    { type: 'response.my_output_text.delta', delta: 'a' },
    { type: 'response.my_reasoning_text.delta', delta: 'a' },
    { type: 'response.reasoning_text.delta.more', delta: 'a' },
    { type: 'response.output_item.added', item: { type: 'function_call' } },
    { type: 'response.output_item.done', item: { type: 'message' } },
    { type: 'response.output_item.done', item: 'a' },
    { type: 'response.created', response: {} },
    { type: 'response.completed', response: 5 },
    { type: 'response.completed_more', response: {} },
    { object: 'response', output: 'a' },
    { object: 'other', output: [] },
    { result: 'a', is_end: 'no' },
    { result: 5, is_end: true },
    { response: 5 },
    { response: null },
    { result: { response: 5 } },
  ]) {
    it(`is not ${JSON.stringify(event)}`, () => {
      assert.equal(foreignChunk(event), undefined);
    });
  }
});
