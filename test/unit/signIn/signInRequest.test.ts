import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { readMethod, readSignInFields, withoutKey } from '../../../src/core/signIn/signInRequest';

describe('request to sign in', () => {
  it('has one of three methods', () => {
    const methods = ['qwen-oauth', 'coding-plan', 'api-key', 'oauth', '', undefined, ['api-key']].map(readMethod);

    assert.deepEqual(methods, ['qwen-oauth', 'coding-plan', 'api-key', ...Array(4).fill(undefined)]);
  });

  it('takes the fields that a form or a command may fill in', () => {
    const given = { provider: 'zai', region: 'api', baseUrl: 'https://x.example', model: 'glm-5', flow: 'device' };

    assert.deepEqual(readSignInFields({ ...given, anyway: true, token: 'x', __proto__: 'y' }), {
      ...given,
      anyway: true,
    });
  });

  for (const flow of ['loopback', 'uriHandler', 'device', 'paste', 'key']) {
    it(`may ask for the way ${flow}`, () => {
      assert.deepEqual(readSignInFields({ flow }), { flow });
    });
  }

  for (const value of [
    undefined,
    null,
    'text',
    [],
    { provider: '', apiKey: '', flow: 'magic', anyway: 'yes' },
    { apiKey: 7 },
  ]) {
    it(`leaves out what is empty or unknown in ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readSignInFields(value), {});
    });
  }

  for (const apiKey of ['sk-0123456789', new Secret('sk-0123456789')]) {
    it(`has its key as a secret, given as ${typeof apiKey}`, () => {
      const fields = readSignInFields({ apiKey });

      assert.equal(fields.apiKey?.reveal(), 'sk-0123456789');
      assert.doesNotMatch(JSON.stringify(fields), /sk-0/);
    });
  }

  it('is shown and kept without its key', () => {
    assert.deepEqual(withoutKey({ method: 'api-key', apiKey: new Secret('sk-0123456789') }), { method: 'api-key' });
  });
});
