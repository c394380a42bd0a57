import assert from 'node:assert/strict';

import { mendedHistory, withoutTools } from '../../../src/core/chat/history';
import type { ChatMessage, UserContent } from '../../../src/core/chat/request';

const text = (said: string): UserContent => ({ kind: 'text', text: said });
const user = (...content: readonly UserContent[]): ChatMessage => ({ role: 'user', content });
const calls = (...ids: readonly string[]): ChatMessage => {
  return { role: 'assistant', text: '', toolCalls: ids.map((id) => ({ id, name: 'f', input: { id } })) };
};
const result = (toolCallId: string, ...content: readonly UserContent[]): ChatMessage => {
  return { role: 'tool', toolCallId, content };
};
const NONE = text('There is no result: the call was not carried out.');

/** A conversation as somebody sends it, and as servers take it. */
const ROWS: readonly (readonly [string, readonly ChatMessage[], readonly ChatMessage[]])[] = [
  [
    'that is whole stays',
    [user(text('Hi')), calls('a'), result('a', text('1')), user(text('So?'))],
    [user(text('Hi')), calls('a'), result('a', text('1')), user(text('So?'))],
  ],
  [
    'has a result for a call that has none',
    [calls('a', 'b'), result('a', text('1')), user(text('Stop'))],
    [calls('a', 'b'), result('a', text('1')), result('b', NONE), user(text('Stop'))],
  ],
  ['has one for a call at its end', [user(text('Hi')), calls('a')], [user(text('Hi')), calls('a'), result('a', NONE)]],
  [
    'has a result directly behind its call, and in the order of the calls',
    [calls('a', 'b'), user(text('Wait')), result('b', text('2')), result('a', text('1'))],
    [calls('a', 'b'), result('a', text('1')), result('b', text('2')), user(text('Wait'))],
  ],
  [
    'has a result without a call as words',
    [user(text('Hi')), result('gone', text('1'))],
    [user(text('Hi')), user(text('Result of a tool:'), text('1'))],
  ],
  [
    'has a result of a call that nobody made as words, behind the results of the calls',
    [calls('a'), result('gone', text('1'))],
    [calls('a'), result('a', NONE), user(text('Result of a tool:'), text('1'))],
  ],
  [
    'has a result before its call as words',
    [result('a', text('1')), calls('a')],
    [user(text('Result of a tool:'), text('1')), calls('a'), result('a', NONE)],
  ],
  [
    'has one result for each call',
    [calls('a'), result('a', text('1')), result('a', text('2'))],
    [calls('a'), result('a', text('1'), text('2'))],
  ],
  [
    'whose turns number their calls anew keeps them apart',
    [calls('0'), result('0', text('1')), calls('0'), result('0', text('2'))],
    [calls('0'), result('0', text('1')), calls('0'), result('0', text('2'))],
  ],
];

describe('a conversation', () => {
  for (const [what, said, mended] of ROWS) {
    it(what, () => {
      assert.deepEqual(mendedHistory(said), mended);
    });
  }

  it('without tools stays as it is where it has no calls, and keeps the words before a call', () => {
    const said: ChatMessage = { role: 'assistant', text: 'Hello', thinking: 'Hm.', toolCalls: [] };
    const plain = [{ role: 'system', text: 'Be kind.' } as const, user(text('Hi')), said];

    assert.deepEqual(withoutTools(plain), plain);
    assert.deepEqual(withoutTools([{ ...said, toolCalls: [{ id: 'a', name: 'f', input: {} }] }]), [
      { role: 'assistant', text: 'Hello\n\nCall a: f({})', toolCalls: [] },
    ]);
  });

  it('without tools tells of calls and results in words', () => {
    assert.deepEqual(withoutTools([calls('a'), result('a', text('1'))]), [
      { role: 'assistant', text: 'Call a: f({"id":"a"})', toolCalls: [] },
      user(text('Result of the call a:'), text('1')),
    ]);
  });
});
