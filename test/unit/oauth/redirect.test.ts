import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import {
  codeOf,
  createState,
  fingerprintOf,
  isFor,
  readPastedRedirect,
  readRedirect,
} from '../../../src/core/oauth/redirect';
import { Secret } from '../../../src/core/base/secret';

const SERVER = { issuer: 'https://login.example.com', namesIssuer: false };

describe('redirect of an authorization server', () => {
  it('carries code, state and issuer', () => {
    const { code, state, iss, error } = readRedirect('code=abc&state=xyz&iss=https%3A%2F%2Flogin.example.com');

    assert.deepEqual(
      [code?.reveal(), state?.reveal(), iss, error],
      ['abc', 'xyz', 'https://login.example.com', undefined],
    );
  });

  for (const [what, query] of [
    ['encoded', 'code=a%2Bb%2Fc%3D'],
    ['as it is', 'code=a+b/c='],
  ] as const) {
    it(`keeps a plus sign of a code that comes ${what}`, () => {
      assert.equal(readRedirect(query).code?.reveal(), 'a+b/c=');
    });
  }

  it('is not fooled by a parameter that is there twice', () => {
    assert.equal(readRedirect('state=mine&state=theirs').state, undefined);
  });

  for (const [what, query, error] of [
    ['none where it is empty', 'error=&error=', undefined],
    ['one where it is there twice', 'error=access_denied&error=access_denied', 'invalid_request'],
    ['one where it is no name', 'error=two%20words', 'invalid_request'],
  ] as const) {
    it(`has an error that is ${what}`, () => {
      assert.equal(readRedirect(query).error, error);
    });
  }

  it('has no values that are longer than any, and is not read to the end where it is endless', () => {
    assert.equal(readRedirect(`code=${'a'.repeat(4096)}`).code?.reveal().length, 4096);
    assert.equal(readRedirect(`code=${'a'.repeat(4097)}`).code, undefined);
    assert.equal(readRedirect(`state=mine&x=${'a'.repeat(8192)}&code=abc`).code, undefined);
    assert.equal(readRedirect('code=').code, undefined);
    assert.equal(readRedirect('error=a&error_description=%0A').description, undefined);
  });

  it('says why in words, without what is invisible', () => {
    const { error, description } = readRedirect('error=access_denied&error_description=You+said%20no%0A%E2%80%AE.');

    assert.deepEqual([error, description], ['access_denied', 'You said no .']);
  });

  it('says neither its state nor its code in its words', () => {
    const [state, code] = [createState().reveal(), 'a-code-of-somebody'];
    const redirect = readRedirect(`state=${state}&code=${code}&error=${state}&error_description=${code}+of+${state}`);

    assert.throws(() => codeOf(redirect, SERVER), { error: '[redacted]', description: '[redacted] of [redacted]' });
  });

  it('belongs to the sign-in of its state only', () => {
    const [mine, other] = [createState(), createState()];

    assert.ok(isFor(readRedirect(`code=a&state=${mine.reveal()}`), fingerprintOf(mine)));
    assert.ok(!isFor(readRedirect(`code=a&state=${other.reveal()}`), fingerprintOf(mine)));
    assert.ok(!isFor(readRedirect('code=a'), fingerprintOf(mine)));
    assert.ok(!isFor(readRedirect(`code=a&state=${fingerprintOf(mine)}`), fingerprintOf(mine)));
  });

  it('may be anything, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const { code, state } = readRedirect(query);
        assert.ok(code === undefined || query.includes('code'));
        assert.ok(state === undefined || query.includes('state'));
        readPastedRedirect(query, { state: new Secret('s'), issuer: SERVER.issuer });
      }),
    );
  });

  it('gives its code', () => {
    assert.equal(codeOf(readRedirect('code=abc'), SERVER).reveal(), 'abc');
  });

  for (const [what, query, namesIssuer] of [
    ['of another issuer', 'code=abc&iss=https://evil.example.com', false],
    ['without an issuer, of a server that always names it', 'code=abc', true],
    ['with an error of another issuer', 'error=access_denied&iss=https://evil.example.com', true],
  ] as const) {
    it(`is refused ${what}`, () => {
      assert.throws(() => codeOf(readRedirect(query), { ...SERVER, namesIssuer }), {
        error: 'wrong_issuer',
        host: 'login.example.com',
        status: 400,
      });
    });
  }

  it('does not mind a slash behind its issuer', () => {
    const redirect = readRedirect('code=abc&iss=https://login.example.com/');

    assert.equal(codeOf(redirect, { ...SERVER, namesIssuer: true }).reveal(), 'abc');
  });

  it('throws the error that it carries, and for nothing at all', () => {
    assert.throws(() => codeOf(readRedirect('error=access_denied&error_description=no'), SERVER), {
      name: 'OAuthError',
      error: 'access_denied',
      description: 'no',
      host: 'login.example.com',
    });
    assert.throws(() => codeOf(readRedirect('error=sk-0123456789abcdef0123456789'), SERVER), { error: '[redacted]' });
    assert.throws(() => codeOf(readRedirect(''), SERVER), {
      error: 'invalid_request',
      status: 400,
      description: 'it sent neither a code nor an error',
    });
  });
});

describe('pasted redirect', () => {
  const state = createState();
  const read = (text: string) => readPastedRedirect(text, { state, issuer: SERVER.issuer });
  const query = `code=a+b&state=${state.reveal()}`;

  for (const [what, text] of [
    ['whole address', `http://127.0.0.1:1234/callback?${query}`],
    ['whole address with what came along', ` "http://127.0.0.1:1234/callback?${query}#_=_" \n`],
    ['link of the editor', `vscode://qwen-auth.qwen-auth/callback?windowId=1&${query}`],
    ['query alone', query],
    ['code alone', 'a+b-long-enough'],
  ] as const) {
    it(`is read from a ${what}`, () => {
      const redirect = read(text);

      assert.ok(redirect?.state?.equals(state));
      assert.match(redirect?.code?.reveal() ?? '', /^a\+b/);
    });
  }

  it('of a code alone counts as the answer of the server that was asked', () => {
    const redirect = read('the-code-itself');

    assert.ok(redirect);
    assert.equal(codeOf(redirect, { ...SERVER, namesIssuer: true }).reveal(), 'the-code-itself');
  });

  for (const [text, error] of [
    ['error=access_denied&state=MINE', 'access_denied'],
    ['state=MINE&error=access_denied', 'access_denied'],
    ['iss=a&state=MINE&code=abc#error=b', undefined],
    ['http://127.0.0.1/callback?state=MINE&error=access_denied', 'access_denied'],
  ] as const) {
    it(`is read from "${text}"`, () => {
      const redirect = read(text.replace('MINE', state.reveal()));

      assert.ok(redirect?.state?.equals(state));
      assert.equal(redirect?.error, error);
    });
  }

  it('is a code of four characters and more', () => {
    assert.equal(read('abcd')?.code?.reveal(), 'abcd');
  });

  for (const text of [
    'code=abc',
    'state=abcd',
    'x'.repeat(4097),
    'http://127.0.0.1/?code=abc',
    '',
    '   ',
    'abc',
    'two words',
    'https://login.example.com/authorize',
    'http://127.0.0.1/?a=b',
  ]) {
    it(`is not "${text}"`, () => {
      assert.equal(read(text), undefined);
    });
  }
});
