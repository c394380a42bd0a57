import assert from 'node:assert/strict';

import { ReasoningDetails } from '../../../src/core/chat/reasoningDetails';

const MIB = 1024 * 1024;
const signed = (...holders: readonly object[]) => {
  const details = new ReasoningDetails();
  for (const holder of holders) details.feed({ ...holder }, false);
  return details.signature;
};
/** What becomes of the pieces of one list. */
const list = (...pieces: readonly object[]) =>
  signed(...pieces.map((piece) => ({ reasoning_details: [piece] })))?.['reasoning_details'];

describe('what a server signs of a thought', () => {
  it('is nothing where it signs nothing', () => {
    for (const holder of [{}, { reasoning_opaque: '', extra_content: null }, { reasoning_details: 'x' }])
      assert.equal(signed(holder), undefined);
  });

  it('is what it says last of the whole turn', () => {
    assert.deepEqual(signed({ reasoning_opaque: 'a' }, { reasoning_opaque: 'b', extra_content: { c: 1 } }, {}), {
      reasoning_opaque: 'b',
      extra_content: { c: 1 },
    });
  });

  for (const name of ['text', 'summary', 'thinking', 'data']) {
    it(`is put together from pieces of "${name}"`, () => {
      const piece = (said: string, more: object = {}) => ({ type: 't', index: 0, [name]: said, ...more });

      assert.deepEqual(list(piece('a', { id: 'i' }), piece('b'), piece('c', { id: 'i', signature: 's' })), [
        { type: 't', index: 0, [name]: 'abc', id: 'i', signature: 's' },
      ]);
    });
  }

  it('keeps what a later piece says nothing of', () => {
    assert.deepEqual(list({ type: 't', text: 'a', signature: 's' }, { type: 't', text: null, signature: null }), [
      { type: 't', text: 'a', signature: 's' },
    ]);
  });

  for (const [what, one, other] of [
    ['type', { type: 't', index: 0, text: 'a' }, { type: 'u', index: 0, text: 'b' }],
    ['place', { type: 't', index: 0, text: 'a' }, { type: 't', index: 1, text: 'b' }],
    ['id', { type: 't', index: 0, id: 'i', text: 'a' }, { type: 't', index: 0, id: 'j', text: 'b' }],
  ] as const) {
    it(`has thoughts of another ${what} apart`, () => {
      assert.deepEqual(list(one, other), [one, other]);
    });
  }

  it('has each list by its name, without what is no thought', () => {
    assert.deepEqual(signed({ reasoning_details: ['x', { a: 1 }], thinking_blocks: [{ b: 2 }] }), {
      reasoning_details: [{ a: 1 }],
      thinking_blocks: [{ b: 2 }],
    });
  });

  it('is that of the whole message where one comes', () => {
    const details = new ReasoningDetails();
    details.feed({ reasoning_details: [{ text: 'a' }] }, false);
    details.feed({ reasoning_details: [{ text: 'ab' }] }, true);

    assert.deepEqual(details.signature, { reasoning_details: [{ text: 'ab' }] });
  });

  for (const [what, piece] of [
    ...['text', 'summary', 'thinking', 'data'].map((name) => [name, (said: string) => ({ [name]: said })] as const),
    ['signatures', (said: string, at: number) => ({ id: `${at}`, signature: said })],
    ['members', (said: string, at: number) => ({ [`member${at}`]: said })],
    ['objects', (said: string, at: number) => ({ [`member${at}`]: { said } })],
  ] as const) {
    it(`is sent back to nobody where its ${what} have no end`, () => {
      const pieces = (count: number) => Array.from({ length: count }, (_, at) => piece('x'.repeat(MIB), at));

      assert.equal(JSON.stringify(list(...pieces(3))).length > 3 * MIB, true);
      assert.equal(list(...pieces(5)) === undefined, true);
    });
  }

  it('is as long as what is said, however short its pieces are', () => {
    const piece = { type: 'reasoning.text', index: 0, format: 'x'.repeat(40), text: 'a' };
    const pieces = Array.from({ length: 100_000 }, () => piece);

    assert.deepEqual(signed({ reasoning_details: pieces }), {
      reasoning_details: [{ ...piece, text: 'a'.repeat(100_000) }],
    });
  });
});
