import assert from 'node:assert/strict';

import { callId, newCallId, withCallIds } from '../../../src/core/chat/callIds';
import type { ChatMessage } from '../../../src/core/chat/request';

/** What every server takes, and nobody takes for a number. */
const OURS = /^q[a-z0-9]{8}$/;

describe('the id of a call', () => {
  it('that has none is a new one each time, which every server takes', () => {
    const ids = Array.from({ length: 100 }, newCallId);

    for (const id of ids) assert.match(id, OURS);
    assert.equal(new Set(ids).size, 100);
  });

  for (const id of ['', 'call_1', 'functions.read:0', 'x'.repeat(40)]) {
    it(`stays as it is: "${id}"`, () => {
      assert.equal(callId(id), id);
    });
  }

  it('of more than 40 characters is another one, the same for the same', () => {
    const [one, other] = ['x'.repeat(41), `${'x'.repeat(40)}y`];

    assert.match(callId(one), OURS);
    assert.equal(callId(one), callId(one));
    assert.notEqual(callId(one), callId(other));
  });

  it('for Mistral has nine letters and digits, and stays where it has', () => {
    assert.equal(callId('D681PevKs', true), 'D681PevKs');
    for (const id of ['', 'call_1234', 'D681PevKsX', 'XD681PevKs', 'D681PevK-', 'D681PevKs\n'])
      assert.match(callId(id, true), OURS, JSON.stringify(id));
  });

  it('is the same in a call and its result', () => {
    const said: readonly ChatMessage[] = [
      { role: 'user', content: [] },
      { role: 'assistant', text: 'A', toolCalls: [{ id: 'call_1', name: 'f', input: { a: 1 } }] },
      { role: 'tool', toolCallId: 'call_1', content: [] },
    ];
    const id = callId('call_1', true);

    assert.deepEqual(withCallIds(said, false), said);
    assert.deepEqual(withCallIds(said, true), [
      { role: 'user', content: [] },
      { role: 'assistant', text: 'A', toolCalls: [{ id, name: 'f', input: { a: 1 } }] },
      { role: 'tool', toolCallId: id, content: [] },
    ]);
  });
});
