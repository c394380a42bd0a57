import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';

import { systemClock } from '../../../src/core/base/clock';
import { SystemFiles } from '../../../src/core/base/files';
import {
  createKey,
  idOfKey,
  type Note,
  openNote,
  type Records,
  seal,
  sealNote,
  unseal,
  writeKey,
} from '../../../src/core/credentials/sealedRecords';
import { Vault } from '../../../src/core/credentials/vault';
import { noteBeside, noteText, readNote, removeNote, writeNote } from '../../../src/core/credentials/vaultNotes';
import { sealedByVersion01 } from '../../fakes/earlierVault';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('a note of what is about to be written', () => {
  const key = createKey();
  const keychain = { get: async () => writeKey(key), store: async () => undefined };
  let folder: TemporaryFolder;
  let open: Vault[];
  let told: string[];

  beforeEach(() => {
    folder = createTemporaryFolder();
    [open, told] = [[], []];
  });
  afterEach(() => {
    for (const vault of open) vault.dispose();
    folder.remove();
  });

  function openVault(name: string): Vault {
    const keeper = { tellPutAside: (sentence: string) => void told.push(sentence), useOlder: async () => false };
    const vault = new Vault(folder.at(name), { files: new SystemFiles(5), clock: systemClock, keychain, keeper });
    open.push(vault);
    return vault;
  }

  /** The id and version of the vault as it is. */
  async function stateOf(name: string): Promise<{ readonly id: string; readonly version: number }> {
    const read = await new SystemFiles().read(folder.at(`${name}/${idOfKey(key)}.sealed`));
    return (read.kind === 'text' ? unseal(key, read.text) : undefined) ?? { id: '', version: 0 };
  }

  const lockOf = (name: string): string => folder.at(`${name}/locks/e3b0c44298fc1c14.lock`);
  const leave = (name: string, vault: string, note: Note): void => writeNote(lockOf(name), key, vault, note);
  const left = (name: string): readonly string[] => readdirSync(folder.at(`${name}/locks`));

  it('is finished though other entries were written since', async () => {
    const vault = openVault('vault');
    await vault.store('one', '1');
    const { id, version } = await stateOf('vault');
    leave('vault', id, { version, key: 'one', value: '2' });
    await vault.store('two', '2');

    assert.equal(await vault.locked(() => vault.get('one')), '2');
    assert.deepEqual(left('vault'), []);
  });

  it('brings back nothing that was signed out of since', async () => {
    const vault = openVault('vault');
    await vault.store('another', '1');
    const { id, version } = await stateOf('vault');
    await vault.store('one', 'sk-signed-out');
    await vault.delete('one');
    leave('vault', id, { version, key: 'one', value: 'sk-signed-out' });

    assert.equal(await vault.locked(() => vault.get('one')), undefined);
    assert.deepEqual(left('vault'), []);
  });

  it('is put aside and named where it is older than the writes that the vault remembers', async () => {
    const vault = openVault('vault');
    await vault.store('one', '1');
    const { id, version } = await stateOf('vault');
    for (let write = 0; write < 70; write++) await vault.store('two', String(write));
    leave('vault', id, { version, key: 'one', value: '2' });

    assert.equal(await vault.locked(() => vault.get('one')), '1');
    assert.equal(left('vault').length, 1);
    const late = `e3b0c44298fc1c14\\.lock\\.${idOfKey(key).slice(0, 8)}…\\.late`;
    assert.match(
      told.join(),
      new RegExp(`/${late} was changed or put back.*It is kept as ${late}\\.damaged\\.\\d+\\.$`),
    );
  });

  it('is put aside and named where it is of another vault with the same key', async () => {
    const [vault, other] = [openVault('vault'), openVault('other')];
    await vault.store('one', '1');
    await other.store('one', '1');
    const theirs = await stateOf('other');
    leave('vault', theirs.id, { version: theirs.version, key: 'one', value: 'of the other' });

    assert.equal(await vault.locked(() => vault.get('one')), '1');
    assert.match(told.join(), /\.late\.damaged/);
  });

  it('is no vault when it is put in the place of one', async () => {
    const vault = openVault('vault');
    await vault.locked(() => vault.store('one', '1'));
    const { id, version } = await stateOf('vault');
    leave('vault', id, { version: version + 1, key: 'one', value: '2' });
    copyFileSync(noteBeside(lockOf('vault'), key), folder.at(`vault/${idOfKey(key)}.sealed`));

    await assert.rejects(openVault('vault').get('one'), { message: /is damaged/ });
  });

  describe('of version 0.1', () => {
    const note = { key: 'one', value: '2', before: '1' };
    const leaveEarlier = (): void =>
      folder.write({ [`vault/locks/e3b0c44298fc1c14.lock.${idOfKey(key)}.late`]: sealedByVersion01(key, 0, note) });

    it('is finished in a vault of that version', async () => {
      folder.write({ [`vault/${idOfKey(key)}.sealed`]: sealedByVersion01(key, 7, { one: '1' }) });
      leaveEarlier();
      const vault = openVault('vault');

      assert.equal(await vault.locked(() => vault.get('one')), '2');
    });

    it('is no vault when it is put in the place of one', async () => {
      folder.write({ [`vault/${idOfKey(key)}.sealed`]: sealedByVersion01(key, 0, note) });

      await assert.rejects(openVault('vault').keys(), { message: /is damaged/ });
    });

    it('is put aside in a vault that was written since', async () => {
      const vault = openVault('vault');
      await vault.store('one', '1');
      leaveEarlier();

      assert.equal(await vault.locked(() => vault.get('one')), '1');
      assert.match(told.join(), /\.late\.damaged/);
    });
  });
});

describe('what a note of a vault means', () => {
  const key = createKey();
  const vault = (changes: Partial<Records> = {}): Records => ({
    id: 'the id',
    version: 7,
    entries: new Map([['one', '1']]),
    changed: ['one', 'two', 'two'],
    ...changes,
  });
  const read = (note: Partial<Note>, records = vault(), id = 'the id') =>
    readNote(sealNote(key, id, { version: 7, key: 'one', value: '2', ...note }), key, records);
  const late = { kind: 'late', key: 'one', value: '2' };

  for (const [what, note, expected] of [
    ['is of the version that is there', { version: 7 }, late],
    ['is older than writes of other entries', { version: 5 }, late],
    ['is older than a write of its entry', { version: 4 }, { kind: 'over' }],
    ['is of an entry that was written last', { version: 6, key: 'two' }, { kind: 'over' }],
    ['is older than what the vault remembers', { version: 3 }, { kind: 'foreign' }],
    ['is newer than the vault', { version: 8 }, { kind: 'foreign' }],
  ] as const) {
    it(`is ${expected.kind} where it ${what}`, () => {
      assert.deepEqual(read(note), expected);
    });
  }

  it('is foreign where it is of another vault, or no note', () => {
    assert.deepEqual(read({}, vault(), 'another id'), { kind: 'foreign' });
    for (const records of [vault(), vault({ id: '' })])
      for (const text of ['', 'no JSON', seal(key, vault())])
        assert.deepEqual(readNote(text, key, records), { kind: 'foreign' });
  });

  describe('of version 0.1', () => {
    const earlier = vault({ id: '', changed: [] });

    for (const [what, entries, records, expected] of [
      ['as its entry is as it was', { key: 'one', value: '2', before: '1' }, earlier, late],
      ['as its entry is still missing', { key: 'two', value: '2', before: '' }, earlier, { ...late, key: 'two' }],
      ['as its entry was changed', { key: 'one', value: '2', before: '0' }, earlier, { kind: 'foreign' }],
      ['as its entry was missing', { key: 'one', value: '2', before: '' }, earlier, { kind: 'foreign' }],
      ['without an entry', { value: '2', before: '' }, earlier, { kind: 'foreign' }],
      ['without a value', { key: 'one', before: '1' }, earlier, { kind: 'foreign' }],
      ['without what was before', { key: 'two', value: '2' }, earlier, { kind: 'foreign' }],
      ['in a vault of this version', { key: 'one', value: '2', before: '1' }, vault(), { kind: 'foreign' }],
    ] as const) {
      it(`is ${expected.kind} ${what}`, () => {
        assert.deepEqual(readNote(sealedByVersion01(key, 0, entries), key, records), expected);
      });
    }
  });
});

describe('the file of a note', () => {
  const key = createKey();
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = createTemporaryFolder();
  });
  afterEach(() => folder.remove());

  const note: Note = { version: 1, key: 'one', value: '2' };

  it('is one for each key, and is gone once it is removed, as often as that is', async () => {
    const lock = folder.at('a.lock');
    assert.notEqual(noteBeside(lock, key), noteBeside(lock, createKey()));
    assert.equal(await noteText(folder.files, lock, key), undefined);
    writeNote(lock, key, 'the id', note);
    assert.deepEqual(openNote(key, 'the id', (await noteText(folder.files, lock, key)) ?? ''), note);
    await removeNote(lock, key);
    await removeNote(lock, key);

    assert.deepEqual(readdirSync(folder.at('')), []);
  });

  it('is no note where it cannot be read, and hinders nobody where it cannot be written', async () => {
    const lock = folder.at('a.lock');
    mkdirSync(noteBeside(lock, key));
    writeNote(lock, key, 'the id', note);

    assert.equal(await noteText(folder.files, lock, key), '');
  });
});
