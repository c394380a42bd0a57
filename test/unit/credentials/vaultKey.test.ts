import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';

import { askForKey, offerKey } from '../../../src/core/credentials/keyHandover';
import { createKey, idOfKey, writeKey } from '../../../src/core/credentials/sealedRecords';
import { type KeyEntry, VaultKey } from '../../../src/core/credentials/vaultKey';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('the key of a vault in a window', () => {
  const [one, other] = [createKey(), createKey()];
  let folder: TemporaryFolder;
  let kept: string | undefined;
  let reads: number;
  let open: { dispose(): void }[];

  beforeEach(() => {
    folder = createTemporaryFolder();
    [kept, reads, open] = [undefined, 0, []];
  });
  afterEach(() => {
    for (const each of open) each.dispose();
    folder.remove();
  });

  const keychain: KeyEntry = {
    get: async () => ((reads += 1), kept),
    store: async (key) => void (kept = key),
  };
  function openKey(entry = keychain): VaultKey {
    const key = new VaultKey(folder.at('windows'), entry);
    open.push(key);
    return key;
  }
  const notices = (): readonly string[] =>
    existsSync(folder.at('windows'))
      ? readdirSync(folder.at('windows')).filter((name) => name.endsWith('.window'))
      : [];

  it('is none, and makes nothing, where nobody has one', async () => {
    const key = openKey();

    assert.equal(await key.find([idOfKey(one)]), undefined);
    assert.equal(key.known, undefined);
    assert.deepEqual([kept, existsSync(folder.at('windows'))], [undefined, false]);
  });

  it('is that of the keychain, which is read once', async () => {
    kept = writeKey(one);
    const key = openKey();

    for (const ids of [[], [idOfKey(one)], [idOfKey(other), idOfKey(one)], []])
      assert.ok((await key.find(ids))?.equals(one), ids.join());
    assert.ok(key.known?.equals(one));
    assert.equal(reads, 1);
  });

  it('is that of another window where it opens a file, and is kept in the keychain then', async () => {
    kept = writeKey(other);
    open.push(await offerKey(folder.at('windows'), one));

    assert.ok((await openKey().find([idOfKey(one)]))?.equals(one));
    assert.equal(kept, writeKey(one));
  });

  it('gives way to the one that opens a file', async () => {
    kept = writeKey(other);
    const key = openKey();
    await key.find([]);
    kept = writeKey(one);

    assert.ok((await key.find([idOfKey(one)]))?.equals(one));
    assert.ok(key.known?.equals(one));
    assert.equal(await askForKey(folder.at('windows'), [idOfKey(other)]), undefined);
    assert.equal(notices().length, 1);
  });

  it('is for a new file where nobody has that of those which are there', async () => {
    kept = writeKey(one);
    const key = openKey();
    assert.ok((await key.find([idOfKey(other)]))?.equals(one));
    const offered = notices();
    kept = writeKey(createKey());

    assert.ok((await key.find([idOfKey(other)]))?.equals(one));
    assert.deepEqual(notices(), offered);
  });

  it('is made anew, kept, and handed on until the window is closed', async () => {
    const key = openKey();
    const made = await key.create();
    assert.equal(kept, writeKey(made));
    assert.ok(key.known?.equals(made));
    assert.ok((await askForKey(folder.at('windows'), [idOfKey(made)]))?.equals(made));
    key.dispose();
    await new Promise(setImmediate);

    assert.deepEqual(notices(), []);
  });

  it('is not used where the keychain does not keep it', async () => {
    const key = openKey({ get: async () => undefined, store: async () => undefined });

    await assert.rejects(key.create(), { where: { part: 'keychain' }, message: /did not keep what was saved/ });
    assert.equal(key.known, undefined);
  });

  it('is used where it cannot be handed on', async () => {
    folder.write({ windows: 'a file in the place of the folder' });
    kept = writeKey(one);

    assert.ok((await openKey().find([]))?.equals(one));
  });
});
