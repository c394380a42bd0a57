import assert from 'node:assert/strict';

import { inTurns, type Message, withoutSystem } from '../../../src/core/chat/turns';

const says = (role: Message['role'], content: Message['content']): Message => ({ role, content });
const user = (content: Message['content'] = 'Hi') => says('user', content);
const assistant = (content: Message['content'] = 'Hello') => says('assistant', content);
const system = says('system', 'Be kind.');
const tool = says('tool', '1');
const calling: Message = { ...assistant(''), tool_calls: [{ id: 'a' }] };
const image = { type: 'image_url' };
const go = user('Go on.');
const seen = assistant('I see.');

/** Messages, and the turns that they become. */
const TURNS: Readonly<Record<string, readonly [before: readonly Message[], after: readonly Message[]]>> = {
  'the user begins': [
    [system, assistant(), user()],
    [system, go, assistant(), user()],
  ],
  'the user ends': [
    [user(), assistant()],
    [user(), assistant(), go],
  ],
  'the user is not silent': [[system], [system, go]],
  'somebody speaks': [[], [go]],
  'two of one role are one': [
    [user('A'), user('B'), assistant('C'), assistant('D'), user('E')],
    [user('A\n\nB'), assistant('C\n\nD'), user('E')],
  ],
  'a list and a text are one list': [
    [user('A'), user([image]), user('')],
    [user([{ type: 'text', text: 'A' }, image])],
  ],
  'a text before calls goes with them': [
    [user(), assistant('A'), calling, tool],
    [user(), { ...calling, content: 'A' }, tool],
  ],
  'the model speaks behind results': [
    [user(), calling, tool, tool, user()],
    [user(), calling, tool, tool, seen, user()],
  ],
  'results may be the end': [
    [user(), calling, tool],
    [user(), calling, tool],
  ],
};

describe('messages in turns', () => {
  for (const [what, [before, after]] of Object.entries(TURNS)) {
    it(`say: ${what}`, () => {
      assert.deepEqual(inTurns(before), after);
    });
  }

  it('stay as they are where they are so already', () => {
    for (const [, after] of Object.values(TURNS)) assert.deepEqual(inTurns(after), after);
  });
});

describe('messages without a system', () => {
  for (const [what, before, after] of [
    ['begin with its words in those of the user', [system, user(), assistant()], [user('Be kind.\n\nHi'), assistant()]],
    ['keep an image', [system, user([image])], [user([{ type: 'text', text: 'Be kind.' }, image])]],
    ['have it speak as the user before anybody else', [system, assistant()], [user('Be kind.'), assistant()]],
    ['are those of the user where there are no others', [system], [user('Be kind.')]],
    ['stay as they are', [assistant(), user()], [assistant(), user()]],
    ['may be none', [], []],
  ] as const) {
    it(what, () => {
      assert.deepEqual(withoutSystem(before), after);
    });
  }
});
