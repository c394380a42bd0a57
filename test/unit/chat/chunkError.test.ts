import assert from 'node:assert/strict';

import { errorIn } from '../../../src/core/chat/chunkError';

/** What is an error by itself, of an event of that name. */
const ERRORS: readonly (readonly [chunk: object, name?: string])[] = [
  [{ error: 'no' }],
  [{ error: true }],
  [{ error: 5 }],
  [{ error: { message: 'no' } }],
  [{ error: { details: [{ a: 'no' }] } }],
  [{ x_groq: { error: 'no' } }],
  [{ base_resp: { status_code: 1008 } }],
  [{ a: 1 }, 'error'],
  [{ object: 'error' }],
  [{ type: 'error' }],
  [{ success: false }],
  ...['code', 'error_code', 'errorCode', 'err_code', 'status_code', 'statusCode', 'status'].map(
    (code): readonly [object] => [{ [code]: 'Bad', message: 'no' }],
  ),
];
const kindOf = (chunk: object, name = '', choices: readonly object[] = []): string | undefined =>
  errorIn(
    { ...chunk },
    name,
    choices.map((choice) => ({ ...choice })),
  )?.kind;

describe('an error in the place of an answer', () => {
  for (const [chunk, name] of ERRORS) {
    it(`is ${JSON.stringify(chunk)}${name === undefined ? '' : ` of an event "${name}"`}`, () => {
      assert.equal(kindOf(chunk, name), 'error');
    });
  }

  for (const choice of [{ error: 'no' }, { delta: { error: { message: 'no' } } }]) {
    it(`is in a choice: ${JSON.stringify(choice)}`, () => {
      assert.deepEqual(errorIn({ choices: [] }, '', [{ delta: {} }, choice])?.kind, 'error');
    });
  }

  it('is told as it came, without the answer beside it', () => {
    const error = { message: 'no' };

    for (const [chunk, choices, said] of [
      [{ error, choices: [{}], id: 'a' }, [], { error, id: 'a' }],
      [{ id: 'a' }, [{ error }], { error }],
      [{ id: 'a' }, [{ delta: { error } }], { error }],
      [{ x_groq: { error, id: 'a' } }, [], { error }],
      [{ base_resp: { code: 1 }, id: 'a' }, [], { base_resp: { code: 1 } }],
      [{ success: false, choices: [], id: 'a' }, [], { success: false, id: 'a' }],
      [{ code: 5, message: 'no', choices: [] }, [], { code: 5, message: 'no' }],
    ] as const)
      assert.deepEqual(errorIn(chunk, '', choices)?.said, said);
  });

  for (const text of ['message', 'msg', 'error_msg', 'errorMessage', 'error_message', 'detail', 'details', 'errors']) {
    it(`may be what "${text}" says, where no answer comes`, () => {
      assert.equal(kindOf({ [text]: 'no' }), 'hint');
      assert.equal(kindOf({ [text]: ['no'] }), 'hint');
      assert.equal(kindOf({ [text]: 'no', code: 5 }, '', [{}]), undefined);
    });
  }

  for (const good of [
    '',
    ' ',
    0,
    200,
    '200',
    'ok',
    'OK',
    ' Success ',
    'succeeded',
    null,
    'null',
    'undefined',
    'none',
    false,
    'false',
    {},
    [],
  ]) {
    it(`is none where a member says that all is well: ${JSON.stringify(good)}`, () => {
      assert.equal(kindOf({ error: good, base_resp: { status_code: good }, x_groq: { error: good } }), undefined);
      assert.equal(kindOf({ message: 'a', status: good }), 'hint');
      assert.equal(kindOf({ message: good, code: 5 }), undefined);
    });
  }

  it('is none in what says nothing', () => {
    for (const chunk of [{}, { success: true }, { base_resp: 'a', x_groq: 'b' }, { code: 5 }])
      assert.equal(kindOf(chunk), undefined);
    assert.equal(kindOf({}, 'ping', [{ delta: 'a' }]), undefined);
  });
});
