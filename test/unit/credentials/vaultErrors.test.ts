import assert from 'node:assert/strict';
import path from 'node:path';

import {
  shownFile,
  VaultDamaged,
  VaultOlder,
  vaultShut,
  vaultTooLarge,
} from '../../../src/core/credentials/vaultErrors';

const ID = '0123456789abcdef0123456789abcdef';
const FILE = path.join('/home/me/vault', `${ID}.sealed`);
const SHOWN = path.join('/home/me/vault', '01234567….sealed');
const RECORDS = { id: 'the id', version: 1, entries: new Map<string, string>(), changed: [] };

describe('an error of a vault', () => {
  for (const [what, error, message] of [
    [
      'is damaged',
      new VaultDamaged(FILE),
      ', which holds your sign-ins, is damaged or was changed by another program. Sign in again; it is kept beside the new one.',
    ],
    [
      'is older',
      new VaultOlder(FILE, RECORDS),
      ' is older than it was: restored from a backup, or put back by another program. Sign in again; it is kept beside the new one.',
    ],
    [
      'has no key',
      vaultShut(FILE),
      ' holds sign-ins, and its key is not in the keychain. Sign in again; the file stays where it is.',
    ],
  ] as const) {
    it(`that ${what} says what to do, and names the file without the id of its key`, () => {
      assert.equal(error.message, SHOWN + message);
      assert.deepEqual(error.where, { file: SHOWN });
    });
  }

  it('that would become too large says what to do, and names the file without the id of its key', () => {
    const { message, where } = vaultTooLarge(FILE);

    assert.equal(
      message,
      `A sign-in is too large for ${SHOWN}. Sign out where you need none, or choose another server.`,
    );
    assert.deepEqual(where, { file: SHOWN });
  });

  it('never has the id, whatever is before and after it in a name', () => {
    assert.equal(shownFile(`/vault/${ID}.sealed.damaged.1`), path.join('/vault', '01234567….sealed.damaged.1'));
    assert.equal(shownFile(`/locks/one.lock.${ID}.late`), path.join('/locks', 'one.lock.01234567….late'));
  });
});
