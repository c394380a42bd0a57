import assert from 'node:assert/strict';

import { accessFingerprint, fingerprint } from '../../../src/core/credentials/fingerprint';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import { Secret } from '../../../src/core/base/secret';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';

const ofCommand = (...command: [string, ...string[]]): Credential => {
  const source = { kind: 'command', name: command.join(' ') } as const;
  const baseUrl = 'https://a.example/v1';
  return {
    kind: 'command',
    account: undefined,
    key: undefined,
    keyHeader: 'authorization',
    source,
    command: { baseUrl, command, source },
  };
};

describe('the fingerprint of a credential', () => {
  // It is stored, so that a later version has to find the same.
  for (const [what, credential, expected] of [
    ['a key', credentialOf(keyAccount()), '6b426c2c'],
    ['a server without a key', credentialOf(keyAccount({ key: undefined })), 'e3b0c442'],
    ['a sign-in', credentialOf(oauthAccount()), 'e2a608c4'],
    ['a command', ofCommand('pass', 'show', 'qwen'), '9b0a747f'],
  ] as const) {
    it(`is the same in every version for ${what}`, () => {
      assert.equal(fingerprint(credential), expected);
    });
  }

  it('is that of the server for a sign-in, whose tokens change', () => {
    const { tokens } = oauthAccount();
    const renewed = oauthAccount({ tokens: { ...tokens, accessToken: new Secret('renewed') } });

    assert.equal(fingerprint(credentialOf(renewed)), fingerprint(credentialOf(oauthAccount())));
  });
});

describe('the fingerprint of what requests get in with', () => {
  const key = credentialOf(keyAccount());
  const before = accessFingerprint(model(), key);

  it('is the same for every model of a server', () => {
    assert.equal(accessFingerprint(model({ id: 'another' }), key), before);
    assert.match(before, /^[0-9a-f]{8}$/);
  });

  const customHeaders = { 'x-tenant': 'acme' };
  for (const [what, to, by] of [
    ['key', model(), credentialOf(keyAccount({ key: new Secret('sk-another') }))],
    ['server that needs no key', model(), credentialOf(keyAccount({ key: undefined }))],
    ['base URL', model({ baseUrl: 'https://models.example.com/v2' }), key],
    ['header', model({ generationConfig: { ...DEFAULT_GENERATION_CONFIG, customHeaders } }), key],
    ['credential, which is missing', model(), undefined],
  ] as const) {
    it(`is another for another ${what}`, () => {
      assert.notEqual(accessFingerprint(to, by), before);
    });
  }
});
