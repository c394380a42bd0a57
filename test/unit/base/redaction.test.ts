import assert from 'node:assert/strict';

import { redact, withoutSecrets } from '../../../src/core/base/redaction';
import { Secret } from '../../../src/core/base/secret';

const KEY = 'odd.key/of+somebody~0123456789';

const NAMES: Readonly<Record<string, string>> = { '.': 'period', '/': 'sol', '+': 'plus' };

/** Ways in which servers encode what they echo. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  'in plain': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in hexadecimal digits': (text) => Buffer.from(text).toString('hex'),
  'in hexadecimal capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'as in a URL': encodeURIComponent,
  'as in a URL, every byte': (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  'as in JSON, every letter': (text) => Buffer.from(text).toString('hex').replace(/../g, '\\u00$&'),
  'as in JSON of PHP': (text) => text.replaceAll('/', '\\/'),
  'as in JavaScript, every letter': (text) => Buffer.from(text).toString('hex').replace(/../g, '\\x$&'),
  'as in HTML': (text) => text.replace(/./g, (letter) => `&#${letter.charCodeAt(0)};`),
  'as in HTML, by hexadecimal numbers': (text) => Buffer.from(text).toString('hex').replace(/../g, '&#x$&;'),
  'as in HTML, by numbers with zeros before them': (text) =>
    text.replace(/./g, (letter) => `&#${String(letter.charCodeAt(0)).padStart(7, '0')};`),
  'as in HTML, by names': (text) => text.replace(/[./+]/g, (sign) => `&${NAMES[sign] ?? ''};`),
  'as in HTML, by numbers that nothing ends': (text) => text.replace(/./g, (letter) => `&#${letter.charCodeAt(0)}`),
};

/** What can be read in a text by one who decodes it, once or twice. */
function readings(text: string, levels = 2): string {
  if (levels === 0) return text;
  const runs = [...text.matchAll(/[\w+/=-]{8,}/g)].flatMap(([run]) => [
    ...[0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')),
    ...[0, 1].map((from) => Buffer.from(run.slice(from), 'hex').toString('latin1')),
  ]);
  const unescaped = text
    .replace(/(?:%|\\x|\\u00)([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&#x(\w+);/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(period|sol|plus);/g, (_, name: string) => Object.keys(NAMES).find((sign) => NAMES[sign] === name) ?? '')
    .replaceAll('\\/', '/');
  return [text, ...[...runs, unescaped].map((inner) => readings(inner, levels - 1))].join('\n').toLowerCase();
}

function holdsRun(text: string, secret: string): boolean {
  const read = readings(text);
  return Array.from({ length: secret.length - 9 }, (_, at) => secret.toLowerCase().slice(at, at + 10)).some((run) =>
    read.includes(run),
  );
}

describe('a secret that a server echoes', () => {
  const secret = new Secret(KEY);

  for (const [how, encode] of Object.entries(ENCODINGS)) {
    it(`is taken out ${how}, and what stands around it stays`, () => {
      assert.match(
        withoutSecrets(`The key ${encode(KEY)} is not known.`, secret),
        /^The key .*\[redacted\].* is not known\.$/,
      );
      assert.ok(!holdsRun(withoutSecrets(`The key ${encode(KEY)} is not known.`, secret), KEY));
    });

    it(`is taken out ${how} where it begins anywhere within something else`, () => {
      for (const before of ['', 'x', 'xy', 'xyz', 'Bearer ', '{"key":"'])
        assert.ok(!holdsRun(withoutSecrets(encode(`${before}${KEY}"}`), secret), KEY), before);
    });

    it(`is taken out ${how} but for its ends`, () => {
      for (let from = 0; from + 10 <= KEY.length; from++)
        assert.ok(!holdsRun(withoutSecrets(encode(KEY.slice(from, from + 10)), secret), KEY), String(from));
    });

    for (const [second, again] of Object.entries(ENCODINGS)) {
      it(`is taken out ${how}, and that ${second}`, () => {
        assert.ok(!holdsRun(withoutSecrets(`Not ${again(encode(`Bearer ${KEY}`))}.`, secret), KEY));
      });
    }
  }

  it('takes nothing with it of a text that has nine of its characters', () => {
    const text = `${KEY.slice(0, 9)} ${KEY.slice(9, 18)} ${KEY.slice(18, 27)}`;

    assert.equal(withoutSecrets(text, secret), text);
  });

  for (const text of [
    'The model qwen3-coder-plus-2025-09-23 does not exist or you do not have access to it.',
    'https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions?request_id=3f2a9c1e4b5d6f708192a3b4c5d6e7f8',
    'eine Anfrage & 100%25 ihrer Länge, \\"so\\" gesagt &amp; geschrieben: 您的余额不足',
    'aW52YWxpZCByZXF1ZXN0LCB0cnkgYWdhaW4gbGF0ZXI= f1e2d3c4b5a697887766554433221100',
  ]) {
    it(`takes nothing of ${JSON.stringify(text)}`, () => {
      assert.equal(withoutSecrets(text, secret), text);
    });
  }

  for (const part of ['QUJD', '%25', '6162', '\\u0061', 'odd.key/o', KEY]) {
    it(`is looked for in time that grows with the text, be it all ${part}`, () => {
      const text = part.repeat(100_000 / part.length);

      assert.ok(withoutSecrets(text, secret).length <= text.length);
    });
  }
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

  for (const part of ['sk-', 'sk-ws-', 'eyJaaaaaaaa-', '-eyJaaaaaaaa', 'api_key=']) {
    it(`is soon done with a text of ${part} alone`, () => {
      const text = part.repeat(120_000 / part.length);

      assert.equal(redact(text), text);
    });
  }

  for (const [part, token] of [
    ['claims', `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIi'.repeat(2000)}.abc_def`],
    ['signature', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'abc_def-'.repeat(2000)}`],
  ] as const) {
    it(`takes out a JSON web token whole, however long its ${part}`, () => {
      assert.equal(redact(`No ${token}!`), 'No [redacted]!');
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
