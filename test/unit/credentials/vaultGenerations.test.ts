import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { systemClock } from '../../../src/core/base/clock';
import { SystemFiles } from '../../../src/core/base/files';
import type { Clock, Files, StateStore } from '../../../src/core/base/ports';
import { createKey, idOfKey, writeKey } from '../../../src/core/credentials/sealedRecords';
import { Vault } from '../../../src/core/credentials/vault';
import { VaultGenerations } from '../../../src/core/credentials/vaultGenerations';
import { sealedByVersion01 } from '../../fakes/earlierVault';
import { ManualClock } from '../../fakes/manualClock';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('a vault that is put back as it was', () => {
  const key = createKey();
  const keychain = { get: async () => writeKey(key), store: async () => undefined };
  let folder: TemporaryFolder;
  let state: StateStore;
  let open: Vault[];
  let told: string[];
  let asked: string[];

  beforeEach(() => {
    folder = createTemporaryFolder();
    state = createMemoryStateStore();
    [open, told, asked] = [[], [], []];
  });
  afterEach(() => {
    for (const vault of open) vault.dispose();
    folder.remove();
  });

  function openWindow(
    answer: Promise<boolean> = Promise.resolve(false),
    ports: { readonly state?: StateStore; readonly clock?: Clock; readonly files?: Files } = {},
  ): Vault {
    const keeper = {
      tellPutAside: (sentence: string) => void told.push(sentence),
      useOlder: async (sentence: string) => (asked.push(sentence), await answer),
    };
    const files = new SystemFiles(5);
    const vault = new Vault(folder.at('vault'), { files, clock: systemClock, keychain, state, keeper, ...ports });
    open.push(vault);
    return vault;
  }
  const file = (): string => path.join(folder.at('vault'), `${idOfKey(key)}.sealed`);
  const aside = (): readonly string[] => readdirSync(folder.at('vault')).filter((name) => name.includes('.damaged.'));

  /** A key is stored and then signed out of, and the file is put back as it was between. */
  async function replay(): Promise<void> {
    const vault = openWindow();
    await vault.store('account', 'sk-signed-out');
    const before = readFileSync(file());
    await vault.delete('account');
    writeFileSync(file(), before);
  }

  it('gives a window that is open nothing back, and is put aside and named', async () => {
    await replay();
    const [vault] = open;

    await assert.rejects(async () => await vault?.get('account'), { message: /is older than it was.*Sign in again/ });
    await vault?.store('another', '2');
    assert.deepEqual(await vault?.keys(), ['another']);
    assert.equal(aside().length, 1);
    // The id of the key, which is in the name, stays in the folder.
    const names = [file(), aside()[0] ?? ''].map((name) => name.replace(/([0-9a-f]{8})[0-9a-f]{24}/, '$1…'));
    assert.deepEqual(told, [`${names[0]} was changed or put back by another program. It is kept as ${names[1]}.`]);
  });

  it('gives nothing back to the windows that are opened later', async () => {
    await replay();
    for (const vault of open) vault.dispose();

    await assert.rejects(openWindow().get('account'), { message: /is older than it was/ });
  });

  it('is used all the same once the person says so, by every window', async () => {
    await replay();
    const vault = openWindow(Promise.resolve(true));
    // It is also told of a file that cannot be read.
    const used = new Promise((resolve) => {
      vault.onDidChange(() => void vault.get('account').then(resolve, () => undefined));
    });
    await assert.rejects(vault.get('account'));

    assert.equal(await used, 'sk-signed-out');
    assert.equal(await openWindow().get('account'), 'sk-signed-out');
    assert.deepEqual(aside(), []);
  });

  for (const [what, isOpen] of [
    ['a window that saw both', true],
    ['a window that is opened later', false],
  ] as const) {
    it(`gives ${what} nothing back from the last state of a vault in whose place another was begun`, async () => {
      const vault = openWindow();
      await vault.store('account', 'sk-signed-out');
      const last = readFileSync(file());
      rmSync(file());
      await vault.store('another', '2');
      writeFileSync(file(), last);
      if (!isOpen) for (const one of open) one.dispose();

      await assert.rejects((isOpen ? vault : openWindow()).get('account'), { message: /is older than it was/ });
    });
  }

  it('counts no more in its last state once the person said yes to an older one', async () => {
    const vault = openWindow(Promise.resolve(true));
    await vault.store('account', '1');
    const before = readFileSync(file());
    await vault.store('account', '2');
    const last = readFileSync(file());
    writeFileSync(file(), before);
    const used = new Promise((resolve) => {
      vault.onDidChange(() => void vault.get('account').then(resolve, () => undefined));
    });
    await assert.rejects(vault.get('account'));
    await used;
    writeFileSync(file(), last);

    await assert.rejects(vault.get('account'), { message: /is older than it was/ });
  });

  for (const [what, now] of [
    ['a later state of it was put back', 'two'],
    ['another window has begun a new one', 'new'],
    ['it was damaged', 'damaged'],
  ] as const) {
    it(`is not used after a yes where meanwhile ${what}`, async () => {
      const vault = openWindow();
      const texts = new Map<string, string | Uint8Array>([['damaged', 'damaged']]);
      for (const value of ['one', 'two', 'three']) {
        await vault.store('account', value);
        texts.set(value, readFileSync(file()));
      }
      rmSync(file());
      await openWindow(undefined, { state: createMemoryStateStore() }).store('account', 'new');
      texts.set('new', readFileSync(file()));
      for (const one of open) one.dispose();
      const put = (name: string): void => writeFileSync(file(), texts.get(name) ?? '');

      put('one');
      const clock = new ManualClock();
      // It is told by nobody but itself.
      const files = { ...folder.files, watch: () => ({ dispose: () => undefined }) };
      const asking = openWindow(Promise.resolve(true), { clock, files });
      const done = new Promise<unknown>((resolve) => asking.onDidChange(() => resolve(readFileSync(file(), 'utf8'))));
      // The other window is at work when the answer comes.
      folder.write({ 'vault/locks/write.lock': 'the other window' });
      await assert.rejects(asking.get('account'), { message: /is older than it was/ });
      await clock.nextSleep();
      put(now);
      rmSync(folder.at('vault/locks/write.lock'));
      await clock.passUntil(done);

      assert.equal(await done, Buffer.from(texts.get(now) ?? '').toString());
    });
  }

  it('gives nothing back to a window that has read it only', async () => {
    const vault = openWindow();
    await vault.store('account', '1');
    const before = readFileSync(file());
    await vault.store('account', '2');
    const reader = openWindow(undefined, { state: createMemoryStateStore() });
    await reader.get('account');
    writeFileSync(file(), before);

    await assert.rejects(reader.get('account'), { message: /is older than it was/ });
  });

  it('is asked about once', async () => {
    await replay();
    const vault = openWindow();
    for (const _ of [1, 2, 3]) await assert.rejects(vault.get('account'));

    assert.equal(asked.length, 1);
  });

  it('opens without a word where what VS Code remembers was restored with it', async () => {
    await replay();
    for (const vault of open) vault.dispose();

    assert.equal(await openWindow(undefined, { state: createMemoryStateStore() }).get('account'), 'sk-signed-out');
    assert.deepEqual([...asked, ...told], []);
  });

  it('is not seen in a window whose state is older than the file', async () => {
    const stale = createMemoryStateStore();
    const [first, second] = [openWindow(), openWindow(undefined, { state: stale })];
    await first.store('one', '1');
    await second.get('one');
    await first.store('one', '2');
    await first.store('one', '3');
    await second.store('two', '2');

    assert.deepEqual(await first.keys(), ['one', 'two']);
    assert.deepEqual(asked, []);
  });

  describe('by version 0.1', () => {
    const earlier = (version: number): void =>
      folder.write({ [`vault/${idOfKey(key)}.sealed`]: sealedByVersion01(key, version, { one: '1' }) });

    it('opens, and is written on', async () => {
      earlier(7);
      const vault = openWindow();
      assert.equal(await vault.get('one'), '1');
      await vault.store('two', '2');

      assert.deepEqual(await openWindow().keys(), ['one', 'two']);
      assert.deepEqual([...asked, ...told], []);
    });

    for (const [when, isOpen] of [
      ['by the window that wrote it', true],
      ['by a window that is opened later', false],
    ] as const) {
      it(`is not read in place of what was written since, ${when}`, async () => {
        earlier(7);
        const vault = openWindow();
        await vault.delete('one');
        earlier(7);
        if (!isOpen) for (const one of open) one.dispose();

        await assert.rejects((isOpen ? vault : openWindow()).get('one'), { message: /is older than it was/ });
      });
    }
  });
});

describe('readings of a vault that overtake each other', () => {
  const FILE = '/home/me/vault';
  const [old, good] = [
    { id: 'old', version: 9 },
    { id: 'good', version: 1 },
  ];

  for (const isKnown of [true, false]) {
    it(`leave the newer one good, ${isKnown ? 'be the older one known before' : 'be the older one not known before'}`, () => {
      const generations = new VaultGenerations(undefined);
      if (isKnown) generations.fromNow(FILE).see(old);
      const slow = generations.fromNow(FILE);
      generations.fromNow(FILE).see(good);
      slow.see(old);

      assert.equal(generations.fromNow(FILE).isOlder(good), false);
      assert.ok(generations.fromNow(FILE).isOlder({ ...old, version: 8 }));
    });
  }

  it('are settled by the next one', () => {
    const generations = new VaultGenerations(undefined);
    const quick = generations.fromNow(FILE);
    generations.fromNow(FILE).see(old);
    quick.see(good);
    generations.fromNow(FILE).see(good);

    assert.equal(generations.fromNow(FILE).isOlder(old), true);
  });
});

describe('the newest version that was seen of a vault', () => {
  const FILE = '/home/me/vault';
  const STATE = 'vault.versions';
  let state: MemoryStateStore;

  beforeEach(() => {
    state = createMemoryStateStore();
  });

  const at = (version: number, id = 'the id') => ({ id, version });
  const isOlder = (generations: VaultGenerations, version: number, id?: string) =>
    generations.fromNow(FILE).isOlder(at(version, id));

  it('is as good as any newer one, and any older one is not', () => {
    const generations = new VaultGenerations(undefined);
    generations.see(at(5), FILE);
    generations.see(at(4), FILE);

    assert.deepEqual(
      [4, 5, 6].map((version) => isOlder(generations, version)),
      [true, false, false],
    );
    assert.equal(isOlder(generations, 1, 'another id'), false);
  });

  it('is that of before a reading, which others may overtake', () => {
    const generations = new VaultGenerations(undefined);
    const reading = generations.fromNow(FILE);
    generations.see(at(5), FILE);

    assert.equal(reading.isOlder(at(4)), false);
  });

  it('outlives the window', () => {
    new VaultGenerations(state).see(at(5), FILE);

    assert.deepEqual([...state.entries.keys()].sort(), ['vault.files', STATE]);
    assert.deepEqual(state.get(STATE), { 'the id': 5 });
    assert.deepEqual(
      [4, 5].map((version) => isOlder(new VaultGenerations(state), version)),
      [true, false],
    );
  });

  for (const [seen, kept] of [
    [5, 7],
    [7, 5],
  ] as const) {
    it(`is the newer one of what this window has seen (${seen}) and what others have (${kept})`, async () => {
      const generations = new VaultGenerations(state);
      generations.see(at(seen), FILE);
      await state.set(STATE, { 'the id': kept });
      assert.deepEqual([isOlder(generations, 6), isOlder(generations, 7)], [true, false]);

      generations.see(at(6), FILE);
      assert.deepEqual(state.get(STATE), { 'the id': kept });
    });
  }

  it('has ended where another vault is in the place of it, and is seen no more', () => {
    const generations = new VaultGenerations(state);
    generations.see(at(5), FILE);
    generations.see(at(1, 'another id'), FILE);
    generations.see(at(9), FILE);

    assert.ok(isOlder(generations, 9));
    assert.ok(isOlder(new VaultGenerations(state), 9));
    assert.equal(isOlder(generations, 1, 'another id'), false);
    generations.see(at(2, 'another id'), FILE);
    assert.equal(isOlder(generations, 2, 'another id'), false);
  });

  it('says nothing of a vault in another file', () => {
    const generations = new VaultGenerations(state);
    generations.see(at(5), FILE);
    generations.see(at(1, 'another id'), '/home/me/other');

    assert.equal(isOlder(generations, 5), false);
  });

  it('is not noted of version 0.1, which is older than any that has an id', () => {
    const generations = new VaultGenerations(state);
    generations.see(at(5, ''), FILE);
    assert.equal(isOlder(generations, 4, ''), false);
    assert.equal(state.entries.size, 0);
    generations.see(at(6), FILE);

    assert.ok(isOlder(generations, 7, ''));
    assert.ok(isOlder(new VaultGenerations(state), 7, ''));
    assert.equal(new VaultGenerations(state).fromNow('/home/me/other').isOlder(at(7, '')), false);
  });

  it('is not noted of version 0.1 where its reading was overtaken, either', () => {
    const generations = new VaultGenerations(state);
    const slow = generations.fromNow(FILE);
    generations.see(at(5), FILE);
    slow.see(at(7, ''));

    assert.deepEqual(state.get(STATE), { 'the id': 5 });
  });

  it('is kept of fifty vaults, the last that were seen', () => {
    const see = (version: number, index: number): void =>
      new VaultGenerations(state).see(at(version, `vault ${index}`), FILE);
    for (let index = 0; index < 40; index++) see(1, index);
    see(2, 1);
    for (let index = 40; index < 52; index++) see(1, index);

    const kept = Object.keys(Object(state.get(STATE)));
    assert.equal(kept.length, 50);
    assert.deepEqual([kept.at(0), kept.at(-13), kept.at(-1)], ['vault 3', 'vault 1', 'vault 51']);
  });

  it('is kept once, whoever sees it again', () => {
    let sets = 0;
    const counting: StateStore = { ...state, set: (...entry) => ((sets += 1), state.set(...entry)) };
    new VaultGenerations(counting).see(at(5), FILE);
    const first = sets;
    for (const _ of [1, 2]) new VaultGenerations(counting).see(at(5), FILE);

    assert.equal(sets, first);
  });

  it('is that of a file among fifty others, as often as those are seen', () => {
    new VaultGenerations(state).see(at(5), FILE);
    const other = (index: number): void => new VaultGenerations(state).see(at(1, 'other'), `/home/me/other ${index}`);
    for (let index = 0; index < 49; index++) for (const _ of [1, 2]) other(index);
    const isKnown = (): boolean => isOlder(new VaultGenerations(state), 7, '');

    assert.ok(isKnown());
    other(49);
    assert.equal(isKnown(), false);
  });

  it('is known to the window where it cannot be kept', async () => {
    const full: StateStore = { ...state, set: () => Promise.reject(new Error('full')) };
    const generations = new VaultGenerations(full);
    generations.see(at(5), FILE);
    await new Promise(setImmediate);

    assert.ok(isOlder(generations, 4));
  });

  for (const broken of [null, 'text', ['the id'], { 'the id': 'five' }]) {
    it(`is not known where ${JSON.stringify(broken)} was kept`, async () => {
      await state.set(STATE, broken);

      assert.equal(isOlder(new VaultGenerations(state), 1), false);
    });
  }
});
