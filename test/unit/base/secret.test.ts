import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';

import { redact, Secret } from '../../../src/core/base/secret';

const KEY = 'plain-words-without-a-shape';

describe('secret', () => {
  const secret = new Secret(KEY);
  for (const [how, text] of [
    ['String', String(secret)],
    ['a joined list', [secret, secret].join(' ')],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['format', format('%s %o %j', secret, secret, secret)],
    ['an error', inspect(Object.assign(new Error('x'), { secret }), { depth: 9, showHidden: true })],
    ['its own properties', JSON.stringify(Object.entries(secret))],
    ['a copy', JSON.stringify(Object.assign({}, secret))],
  ]) {
    it(`does not print itself in ${how}`, () => {
      assert.doesNotMatch(text ?? '', /plain-words/);
    });
  }

  it('is told by its last four characters', () => {
    assert.equal(new Secret('sk-012345678').last4, '5678');
  });

  it('hides even those where it is short', () => {
    assert.equal(new Secret('sk-01234567').last4, '');
  });

  it('equals one with the same characters alone', () => {
    assert.deepEqual(
      [new Secret(KEY), new Secret('x'), undefined].map((other) => secret.equals(other)),
      [true, false, false],
    );
  });
});

describe('redaction', () => {
  for (const [text, clean] of [
    ['Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer [redacted]'],
    ['Incorrect key: sk-0123456789abc.', 'Incorrect key: [redacted].'],
    ['sk-sp-0123456789', '[redacted]'],
    ['sk-or-v1-0123456789', '[redacted]'],
    ['ms-0123-4567-89ab', '[redacted]'],
    ['gsk_0123456789abcdef', '[redacted]'],
    ['{"access_token":"abcdef123456"}', '{"access_token":"[redacted]"}'],
    ['refresh_token=abcdef123456&x=1', 'refresh_token=[redacted]&x=1'],
    ['device_code: abcdef123456', 'device_code: [redacted]'],
    ['api-key: 0123456789abcdef', 'api-key: [redacted]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def', '[redacted]'],
  ] as const) {
    it(`turns ${JSON.stringify(text)} into ${JSON.stringify(clean)}`, () => {
      assert.equal(redact(text), clean);
    });
  }

  for (const text of [
    'The model gpt-4o-mini is not known.',
    'Ask for a key at https://example.com/keys',
    'sk-…',
    'task-based work',
  ]) {
    it(`leaves ${JSON.stringify(text)} alone`, () => {
      assert.equal(redact(text), text);
    });
  }

  for (const part of ['sk-', 'eyJaaaaaaaa-', 'api_key=']) {
    it(`is soon done with a text of ${part} alone`, () => {
      const text = part.repeat(120_000 / part.length);

      assert.equal(redact(text), text);
    });
  }

  it('takes out what it is told, wherever it stands', () => {
    assert.equal(redact(`${KEY}, and ${KEY}!`, new Secret(KEY)), '[redacted], and [redacted]!');
  });

  it('takes out what has signs of a pattern in it', () => {
    assert.equal(redact('a+b(c)$1[d', new Secret('a+b(c)$1[d')), '[redacted]');
  });

  it('does not take words apart for a tiny secret', () => {
    assert.equal(redact('an answer', new Secret('a'), undefined), 'an answer');
  });
});
