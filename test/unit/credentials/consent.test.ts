import assert from 'node:assert/strict';

import { consentFor, forgetConsents, saveConsent } from '../../../src/core/credentials/consent';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import type { Side } from '../../../src/core/providers/source';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';
import { model } from '../../fakes/models';

const theirs = model({ baseUrlSide: 'workspace' });

function keyOf(changes: { readonly key?: string; readonly side?: Side; readonly saved?: boolean } = {}): Credential {
  const { key = 'sk-0123456789-abcd', side = 'person', saved = false } = changes;
  const account = saved ? keyAccount() : undefined;
  const source = { kind: 'environment', name: 'OPENAI_API_KEY' } as const;
  return { kind: 'key', account, key: key ? new Secret(key) : undefined, keyHeader: 'authorization', source, side };
}

describe('consent', () => {
  let state: MemoryStateStore;

  beforeEach(() => {
    state = createMemoryStateStore();
  });

  it('is needed for a key of the person at an address of the workspace', () => {
    assert.equal(consentFor(state, keyOf(), theirs), 'needed');
  });

  const sides: readonly (readonly [key: Side, address: Side, consent: 'needed' | 'notNeeded'])[] = [
    ['person', 'outside', 'needed'],
    ['outside', 'workspace', 'needed'],
    ['outside', 'outside', 'notNeeded'],
    ['outside', 'person', 'notNeeded'],
    ['workspace', 'outside', 'notNeeded'],
  ];
  for (const [side, baseUrlSide, consent] of sides) {
    it(`is ${consent} where the key is from ${side} and the address from ${baseUrlSide}`, () => {
      assert.equal(consentFor(state, keyOf({ side }), model({ baseUrlSide })), consent);
    });
  }

  for (const [what, credential, to] of [
    ['an address of the person', keyOf(), model()],
    ['a key of the workspace', keyOf({ side: 'workspace' }), theirs],
    [
      'a key that was saved for it',
      keyOf({ saved: true }),
      model({ baseUrlSide: 'workspace', baseUrl: keyAccount().baseUrl }),
    ],
    ['no key at all', keyOf({ key: '' }), theirs],
    ['a sign-in', { kind: 'oauth', account: oauthAccount(), source: { kind: 'keychain' } }, theirs],
  ] as const) {
    it(`is not needed for ${what}`, async () => {
      await saveConsent(state, credential, to, 'refused');

      assert.equal(consentFor(state, credential, to), 'notNeeded');
      assert.equal(state.entries.size, 0);
    });
  }

  const stored = credentialOf(keyAccount({ baseUrl: 'https://gw.example.com/tenant-a/v1' }));
  const paths: readonly (readonly [path: string, consent: 'needed' | 'notNeeded'])[] = [
    ['/tenant-a/v1', 'notNeeded'],
    ['/tenant-a/v1/', 'notNeeded'],
    ['/tenant-a/v1/models/x.1', 'notNeeded'],
    ['/tenant-a/v2/../v1/x', 'notNeeded'],
    ['/tenant-b/v1', 'needed'],
    ['/tenant-a', 'needed'],
    ['/Tenant-A/v1', 'needed'],
    ['/tenant-a/v1x', 'needed'],
    ['/tenant-a/v1/../../tenant-b', 'needed'],
    ['/tenant-a/v1/%2e%2e/%2e%2e/tenant-b', 'needed'],
    ['/tenant-a/v1/..%2f..%2ftenant-b', 'needed'],
    ['/tenant-a/v1/%252e%252e/tenant-b', 'needed'],
    ['/tenant-a/v1/..;/..;/tenant-b', 'needed'],
    ['/tenant-a/v1\\..\\..\\tenant-b', 'needed'],
    ['/tenant-a/v1//tenant-b', 'needed'],
    ['/tenant-a/v1?tenant=b', 'needed'],
  ];
  for (const [path, consent] of paths) {
    it(`is ${consent} for a key that was saved for /tenant-a/v1 at ${path}`, () => {
      assert.equal(consentFor(state, stored, { ...theirs, baseUrl: `https://gw.example.com${path}` }), consent);
    });
  }

  it('is not needed for another path that the person names', () => {
    assert.equal(consentFor(state, stored, model({ baseUrl: 'https://gw.example.com/tenant-b' })), 'notNeeded');
  });

  it('is for one path of a host alone', async () => {
    const [b, c] = ['b', 'c'].map((name) => ({ ...theirs, baseUrl: `https://gw.example.com/tenant-${name}` }));
    await saveConsent(state, stored, b ?? theirs, 'given');

    assert.deepEqual(
      [consentFor(state, stored, b ?? theirs), consentFor(state, stored, c ?? theirs)],
      ['given', 'needed'],
    );
  });

  for (const said of ['given', 'refused'] as const) {
    it(`is remembered as ${said} for that pair alone`, async () => {
      await saveConsent(state, keyOf(), theirs, said);

      assert.equal(consentFor(state, keyOf(), theirs), said);
      assert.equal(consentFor(state, keyOf(), { ...theirs, id: 'b' }), said);
      assert.equal(consentFor(state, keyOf(), { ...theirs, baseUrl: `${theirs.baseUrl}/b` }), 'needed');
      assert.equal(consentFor(state, keyOf({ key: 'sk-0123456789-efgh' }), theirs), 'needed');
      assert.equal(consentFor(state, keyOf(), { ...theirs, baseUrl: 'https://models.example.com:8443/v1' }), 'needed');
    });
  }

  it('may be given after it was refused', async () => {
    const elsewhere = { ...theirs, baseUrl: 'https://other.example.com/v1' };
    await saveConsent(state, keyOf(), theirs, 'refused');
    await saveConsent(state, keyOf(), elsewhere, 'refused');
    await saveConsent(state, keyOf(), theirs, 'given');

    assert.deepEqual([consentFor(state, keyOf(), theirs), consentFor(state, keyOf(), elsewhere)], ['given', 'refused']);
  });

  it('is kept as a hash alone', async () => {
    await saveConsent(state, keyOf(), theirs, 'given');

    assert.match(JSON.stringify([...state.entries]), /^\[\["consents",\{"[0-9a-f]{64}":"given"\}\]\]$/);
  });

  it('is taken back with all others', async () => {
    await saveConsent(state, keyOf(), theirs, 'given');
    await forgetConsents(state);

    assert.equal(consentFor(state, keyOf(), theirs), 'needed');
    assert.equal(state.entries.size, 0);
  });

  it('is needed anew where nothing can be kept', async () => {
    await saveConsent(undefined, keyOf(), theirs, 'given');
    await forgetConsents(undefined);

    assert.equal(consentFor(undefined, keyOf(), theirs), 'needed');
  });

  for (const broken of [null, 7, [], 'given']) {
    it(`is needed where ${JSON.stringify(broken)} was kept`, async () => {
      await state.set('consents', broken);

      assert.equal(consentFor(state, keyOf(), theirs), 'needed');
    });
  }
});
