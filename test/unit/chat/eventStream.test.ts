import assert from 'node:assert/strict';

import { EventStream, type StreamEvent } from '../../../src/core/chat/eventStream';

const json = (value: object, name = ''): StreamEvent => ({ kind: 'json', name, value });
const words = (said: string, name = ''): StreamEvent => ({ kind: 'words', name, words: said });
const DONE: StreamEvent = { kind: 'done' };
const BROKEN: StreamEvent = { kind: 'broken' };
const [A, B] = [json({ a: 1 }), json({ b: 2 })];

/** What a server has sent, and the events in it. */
const STREAMS: Readonly<Record<string, readonly [sent: string, ...events: readonly StreamEvent[]]>> = {
  'two events': ['data: {"a":1}\n\ndata:{"b":2}\n\n', A, B],
  'an event without an end': ['data: {"a":1}', A],
  'an event behind a mark of its encoding': ['\uFEFFdata: {"a":1}\n\n', A],
  'such a mark within a text': ['data: {"a":"\uFEFFx"}\n\n', json({ a: '\uFEFFx' })],
  'a comment behind a mark of its encoding': ['\uFEFF: ping\n\ndata: {"a":1}\n\n', A],
  'words that speak of choices': ['event: error\ndata: no "choices" came\n\n', words('no "choices" came', 'error')],
  'words with a brace': ['data: say {x\n\n', words('say {x')],
  'words that end like the end': ['data: x [DONE]\n\n', words('x [DONE]')],
  'words that begin like the end': ['data: done it\n\n', words('done it')],
  'words with the name of a field': ['my data: x\n', words('my data: x')],
  'lines that carriage returns end': ['data: {"a":1}\r\rdata: {"b":2}\r\n\r\n', A, B],
  'names of events': ['event: one\ndata: {"a":1}\n\ndata: {"b":2}\n\n', json({ a: 1 }, 'one'), B],
  'fields in large letters, behind blanks': [' EVENT : one \n Data : {"a":1}\n\n', json({ a: 1 }, 'one')],
  'comments and fields for nobody': [': ping\nid: 1\nretry: 5\ndata: {"a":1}\n: ping\n\n', A],
  'an error in a field of its own': ['data: {"a":1}\nerror: {"b":2}\n\n', A, json({ b: 2 }, 'error')],
  'words as an error': ['error: no more\n', words('no more', 'error')],
  'the end': ['data: [DONE]\n\n', DONE],
  'the end in other words': ['data: "[done]"\n\ndata: done\n\nDONE\n\n[DONE]\n', DONE, DONE, DONE, DONE],
  'no end in a sentence': ['data: done with it\n\n', words('done with it')],
  'events that nothing parts': [
    'event: one\ndata: {"a":1}\ndata: {"b":2}\n\n',
    json({ a: 1 }, 'one'),
    json({ b: 2 }, 'one'),
  ],
  'events and an end that nothing parts': ['data: {"a":1}\ndata: [DONE]\n', A, DONE],
  'words that nothing parts': ['data: one\ndata: two\n\n', words('one'), words('two')],
  'an event in several lines': ['data: {"a":\ndata: 1}\n\n', A],
  'an event in many lines': [`data: {"a":\n${'data: \n'.repeat(40)}data: 1}\n\n`, A],
  'an event whose later lines have no field': ['data: {"a":\n1}\n\n', A],
  'an event without a field': ['{"a":1}\n{"b":2}\n', A, B],
  'an event without a field behind one with it': ['data: {"a":1}\n{"b":2}\n', A, B],
  'a document': ['{\n  "a":\n  1\n}\n', A],
  'a document with a line that looks like an event': ['[\n{"a":1}\n]', json([{ a: 1 }])],
  'a document before an event': ['{\n"a": 1\n}\ndata: {"b":2}\n\n', A, B],
  'numbers that are none': ['data: {"a": NaN, "b":[-Infinity,Infinity ]}\n\n', json({ a: null, b: [null, null] })],
  'such numbers beside a text that speaks of them': [
    String.raw`data: {"a":NaN,"b":"[NaN] \" :NaN,"}`,
    json({ a: null, b: '[NaN] " :NaN,' }),
  ],
  'a number that is none in what is no JSON': ['data: {"a": NaN\n\n', BROKEN],
  'what is cut off': ['data: {"a":\n\ndata: [1\n\n', BROKEN, BROKEN],
  words: ['data: Hello\n\ndata: "Hello"\n\n', words('Hello'), words('Hello')],
  'what says nothing': ['data: 5\n\ndata: null\n\ndata: " "\n\ndata:\n\ndata: true\n\n'],
  'an event that was written as JSON twice': ['data: "{\\"a\\":1}"\n\n', A],
  'words in braces': ['data: "{a}"\n\n', words('{a}')],
  'several events in one': ['data: {"a":1} data: {"b":2}\n\n', A, B],
  'an event in an event': ['data: data: {"a":1}\n\n', A],
  'an event and an end in one': ['data: {"a":1}data: [DONE]\n\n', A, DONE],
  'two events in the lines of one': ['data: {"a":1\ndata: }{"b":2}\n\n', json({ a: 1 }), json({ b: 2 })],
  'letters of several bytes': ['data: {"a":"ü好👋"}\n\n', json({ a: 'ü好👋' })],
};

describe('a stream of events', () => {
  const read = (...pieces: readonly Uint8Array[]): readonly StreamEvent[] => {
    const stream = new EventStream();
    return [...pieces.flatMap((piece) => stream.feed(piece)), ...stream.end()];
  };

  for (const [what, [sent, ...events]] of Object.entries(STREAMS)) {
    it(`has ${what}, however it is cut`, () => {
      const bytes = Buffer.from(sent);

      assert.deepEqual(read(bytes), events);
      assert.deepEqual(read(...[...bytes].map((byte) => Uint8Array.of(byte))), events, 'byte by byte');
      for (let at = 1; at < bytes.length; at += 1)
        assert.deepEqual(read(bytes.subarray(0, at), bytes.subarray(at)), events, `cut at ${at}`);
    });
  }

  for (const [begun, last, events] of [
    ['data: {"a":1}\n', '\n', [A]],
    ['data: {"a":1}\r\n\r', '\n', [A]],
    ['data: {"a":1}\r', '\n\r\n', [A]],
    ['data: {"a":1}\r\r', 'd', [A]],
    ['data: {"a":1}\ndata: {"b"', ':2}\n', [A]],
    ['{"a":1}', '\n', [A]],
    ['data: {"a":1}\n[DONE]', '\n', [A, DONE]],
    ['error: no', '\n', [words('no', 'error')]],
  ] as const) {
    it(`gives what is known at once: ${JSON.stringify(begun + last)}`, () => {
      const stream = new EventStream();

      assert.deepEqual(stream.feed(Buffer.from(begun)), []);
      assert.deepEqual(stream.feed(Buffer.from(last)), events);
    });
  }

  it('holds more with each piece of an event, and nothing once that is given', () => {
    const stream = new EventStream();
    const held = ['data: ', '{"a"', ':1}', '\n\n'].map((piece) => {
      stream.feed(Buffer.from(piece));
      return stream.held;
    });

    assert.deepEqual(held, [6, 10, 13, 0]);
  });
});
