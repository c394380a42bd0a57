import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { Secret } from '../../../src/core/base/secret';
import { credentialRefusal, refusedWith } from '../../../src/core/credentials/credentialRefusal';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import type { Source } from '../../../src/core/providers/source';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const BASE_URL = 'https://a.example:8443/v1';
const host = 'a.example:8443';

/** A key that no account has, from there. */
function keyFrom(source: Source): Credential {
  const key = new Secret('sk-0123456789-abcd');
  return { kind: 'key', account: undefined, key, keyHeader: 'authorization', source, side: 'person' };
}

describe('the refusal of a credential', () => {
  const key = { reason: 'refused', method: 'api-key', host, keyLast4: 'abcd' };
  for (const [what, credential, about] of [
    ['a sign-in', credentialOf(oauthAccount()), { reason: 'refused', method: 'qwen-oauth', host }],
    [
      'a stored key',
      credentialOf(keyAccount()),
      { ...key, method: 'coding-plan', provider: 'coding-plan', region: 'china' },
    ],
    [
      'an account without a key',
      credentialOf(keyAccount({ key: undefined })),
      { reason: 'refused', method: 'coding-plan', host, provider: 'coding-plan', region: 'china' },
    ],
    ['a key of the environment', keyFrom({ kind: 'environment', name: 'A_KEY' }), { ...key, envKey: 'A_KEY' }],
    ['a key of an environment without a name', keyFrom({ kind: 'environment' }), key],
    ['a key of a file', keyFrom({ kind: 'dotenv', name: 'A_KEY', file: '/home/me/.env' }), key],
  ] as const) {
    it(`names what is known of ${what}`, () => {
      assert.deepEqual(credentialRefusal(credential, BASE_URL).about, about);
    });
  }

  it('has the words of the server where it was refused just now', () => {
    const error = new RequestError(host, 'status', { status: 403, text: 'No access.' });

    assert.deepEqual(credentialRefusal(keyFrom({ kind: 'none' }), BASE_URL, error).about, {
      ...key,
      status: 403,
      said: 'No access.',
    });
  });

  for (const [details, expected] of [
    [{ status: 401, text: 'Bad key.' }, { said: 'Bad key.' }],
    [{ status: 403 }, { status: 403 }],
    [{ status: 403, text: '<html>', page: true }, { status: 403 }],
    [{}, {}],
  ] as const) {
    it(`says ${JSON.stringify(expected)} of ${JSON.stringify(details)}`, () => {
      assert.deepEqual(refusedWith(new RequestError(host, 'status', details)), expected);
    });
  }
});
