import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { systemClock } from '../../../src/core/base/clock';
import { changeAccount, listAccounts, saveAccount } from '../../../src/core/credentials/accountStore';
import { Vault } from '../../../src/core/credentials/vault';
import { SystemFiles } from '../../../src/core/base/files';
import type { Files } from '../../../src/core/base/ports';
import { eventually } from '../../eventually';
import { keyAccount } from '../../fakes/accounts';
import { Browser, type BrowserWindow } from '../../fakes/browserKeychain';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const files = new SystemFiles(5);

describe('vault', () => {
  let folder: TemporaryFolder;
  let browser: Browser;
  let open: Vault[];

  beforeEach(() => {
    folder = createTemporaryFolder();
    browser = new Browser();
    open = [];
  });
  afterEach(() => {
    for (const vault of open) vault.dispose();
    folder.remove();
  });

  /** A window of the browser, which sees the keychain as it is now until it is reloaded. */
  function openWindow(keychain: BrowserWindow = browser.open(), through: Files = files): Vault {
    const vault = new Vault(folder.at('vault'), { files: through, clock: systemClock, keychain });
    open.push(vault);
    return vault;
  }
  const sealed = (): readonly string[] => readdirSync(folder.at('vault')).filter((name) => name.endsWith('.sealed'));
  const sealedFile = (): string => path.join(folder.at('vault'), sealed()[0] ?? '');
  const notes = (): readonly string[] => readdirSync(folder.at('vault/locks')).filter((name) => name.endsWith('.late'));
  /** Files of this machine that tell of no change by themselves, read in this way. */
  const readingWith = (read: Files['read'], watch: Files['watch'] = () => ({ dispose: () => undefined })): Files => ({
    followLinks: (file) => files.followLinks(file),
    watch,
    read,
  });
  const nextChange = (vault: Vault): Promise<unknown> =>
    new Promise((resolve) => {
      const subscription = vault.onDidChange((change) => {
        subscription.dispose();
        resolve(change);
      });
    });

  it('is empty, and makes nothing, until there is something to keep', async () => {
    const vault = openWindow();

    assert.deepEqual(await vault.keys(), []);
    assert.equal(await vault.get('one'), undefined);
    assert.equal(existsSync(folder.at('vault')), false);
  });

  it('keeps what is stored, and forgets what is deleted', async () => {
    const vault = openWindow();
    await vault.store('one', '1');
    await vault.store('two', '2');
    await vault.delete('one');

    assert.deepEqual(await vault.keys(), ['two']);
    assert.equal(await vault.get('two'), '2');
  });

  it('lies in one file that only the person may read, and that tells nothing', async () => {
    await openWindow().store('account/coding-plan', 'sk-sp-0123456789');

    assert.deepEqual(readdirSync(folder.at('vault')).sort(), [...sealed(), 'locks', 'windows'].sort());
    assert.equal(sealed().length, 1);
    assert.equal(statSync(sealedFile()).mode & 0o777, 0o600);
    assert.equal(statSync(folder.at('vault')).mode & 0o777, 0o700);
    assert.doesNotMatch(readFileSync(sealedFile(), 'utf8'), /sk-sp|account/);
  });

  it('leaves nothing beside its locks that was written', async () => {
    const vault = openWindow();
    await vault.store('one', '1');
    await vault.locked(async () => {
      await vault.get('one');
      await vault.store('one', '2');

      assert.deepEqual(notes(), []);
    });
  });

  it('is the same after a reload', async () => {
    await openWindow().store('one', '1');

    assert.equal(await openWindow().get('one'), '1');
  });

  describe('in several windows', () => {
    it('is one, whatever each of them sees of the keychain', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await first.store('one', '1');
      await second.store('two', '2');

      assert.equal(await second.get('one'), '1');
      assert.equal(await first.get('two'), '2');
      assert.equal(sealed().length, 1);
    });

    it('is one where sockets find no place in its folder, nor in that of a login that is over', async () => {
      const runtime = process.env['XDG_RUNTIME_DIR'];
      process.env['XDG_RUNTIME_DIR'] = folder.at('gone');
      try {
        const deep = 'deep/'.repeat(20);
        const windows = [browser.open(), browser.open()].map((keychain) => {
          const vault = new Vault(folder.at(deep), { files, clock: systemClock, keychain });
          open.push(vault);
          return vault;
        });
        const [first, second] = windows;
        await first?.store('one', '1');

        assert.equal(await second?.get('one'), '1');
      } finally {
        if (runtime === undefined) delete process.env['XDG_RUNTIME_DIR'];
        else process.env['XDG_RUNTIME_DIR'] = runtime;
      }
    });

    it('begins with one key and one file when all of them begin at once', async () => {
      const windows = [openWindow(), openWindow(), openWindow(), openWindow()];
      await Promise.all(windows.map((vault, index) => vault.store(`key ${index}`, String(index))));

      for (const vault of windows) assert.equal((await vault.keys()).length, 4);
      assert.equal(sealed().length, 1);
    });

    it('opens after a reload, whichever of them wrote its keychain last', async () => {
      const stale = browser.open();
      const [first, second] = [openWindow(), openWindow(stale)];
      await first.store('one', '1');
      await second.get('one');
      // Another extension stores something in the window whose view is the oldest: all of that view is written.
      stale.storeForeign('of another extension');
      for (const vault of open) vault.dispose();

      assert.equal(await openWindow().get('one'), '1');
    });

    it('tells each of them what another has changed', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await first.store('one', '1');
      await second.get('one');
      const told = nextChange(second);
      await first.delete('one');
      await told;

      assert.deepEqual(await second.keys(), []);
    });

    it('tells a window that has none of it yet', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await second.keys();
      const told = nextChange(second);
      await first.store('one', '1');
      await told;

      assert.equal(await second.get('one'), '1');
    });

    it('tells of a change although it was read meanwhile', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await first.store('one', '1');
      await second.get('one');
      const told = nextChange(second);
      await first.store('one', '2');
      await second.get('one');

      await told;
    });

    it('is read while another holds its lock', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await first.store('one', '1');

      assert.equal(await first.locked(async () => await second.get('one')), '1');
    });

    it('does one piece of locked work at a time', async () => {
      const windows = [openWindow(), openWindow(), openWindow()];
      let inside = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        await new Promise(setImmediate);
        inside -= 1;
      };
      await Promise.all(windows.map((vault) => vault.locked(() => vault.locked(work))));

      assert.equal(most, 1);
    });

    it('takes what began under its lock for the holder of it no longer than it is held', async () => {
      const [first, second] = [openWindow(), openWindow()];
      await first.store('one', '1');
      folder.write({ watched: 'a' });
      const order: string[] = [];
      let seen: (value: string | undefined) => void = () => undefined;
      const later = new Promise<string | undefined>((resolve) => (seen = resolve));
      let watch = { dispose: (): void => undefined };
      const look = async (): Promise<void> => {
        watch.dispose();
        order.push('asks');
        await first.locked(async () => order.push('has it'));
        seen(await first.get('one'));
      };
      await first.locked(async () => {
        await first.get('one');
        watch = files.watch([folder.at('watched')], () => void look());
      });
      await second.store('one', '2');
      await second.locked(async () => {
        while (order.length === 0) {
          folder.write({ watched: 'b' });
          await new Promise(setImmediate);
        }
        order.push('holder');
      });

      assert.equal(await later, '2');
      assert.deepEqual(order, ['asks', 'holder', 'has it']);
    });

    it('takes no listener for the holder of its lock', async () => {
      const vault = openWindow();
      const order: string[] = [];
      const told = new Promise<void>((resolve) => {
        vault.onDidChange(() => void vault.locked(async () => order.push('listener')).then(() => resolve()));
      });
      await vault.locked(async () => {
        await vault.store('one', '1');
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        order.push('holder');
      });
      await told;

      assert.deepEqual(order, ['holder', 'listener']);
    });
  });

  it('is under its lock as it was read first, whatever others write', async () => {
    const [first, second] = [openWindow(), openWindow()];
    await first.store('one', '1');
    await first.locked(async () => {
      await first.get('one');
      await second.store('one', '2');

      assert.equal(await first.get('one'), '1');
    });
    assert.equal(await first.get('one'), '2');
  });

  it('has a lock for each entry', async () => {
    const [first, second] = [openWindow(), openWindow()];
    const inner = (): Promise<string> => second.locked(async () => 'done', 'two');

    assert.equal(await first.locked(inner, 'one'), 'done');
  });

  it('is not written again where nothing has changed', async () => {
    const vault = openWindow();
    await vault.store('one', '1');
    const before = readFileSync(sealedFile(), 'utf8');
    await vault.store('one', '1');
    await vault.delete('two');

    assert.equal(readFileSync(sealedFile(), 'utf8'), before);
  });

  it('says why its file cannot be read, and leaves it', async () => {
    await openWindow().store('one', '1');
    const before = readFileSync(sealedFile(), 'utf8');
    const broken = readingWith(async () => ({ kind: 'broken', why: 'may not be read' }));
    const vault = openWindow(browser.open(), broken);
    const expected = {
      name: 'ConfigurationError',
      where: { file: sealedFile() },
      message: /\.sealed may not be read\.$/,
    };

    await assert.rejects(vault.get('one'), expected);
    await assert.rejects(vault.store('two', '2'), expected);
    assert.equal(readFileSync(sealedFile(), 'utf8'), before);
  });

  it('watches its folder until it is put away, and tells of nothing then', async () => {
    let changed: (() => void) | undefined;
    const watch: Files['watch'] = (paths, listener) => {
      assert.deepEqual(paths, [folder.at('vault')]);
      changed = listener;
      return { dispose: () => (changed = undefined) };
    };
    const vault = openWindow(
      browser.open(),
      readingWith((file) => files.read(file), watch),
    );
    const offers = (): number =>
      readdirSync(folder.at('vault/windows')).filter((name) => name.endsWith('.window')).length;
    let told = 0;
    vault.onDidChange(() => (told += 1));
    await vault.store('one', '1');
    assert.equal(told, 1);
    changed?.();
    await vault.get('one');
    await new Promise(setImmediate);
    assert.equal(told, 1, 'it knows of its own changes');
    assert.equal(offers(), 1);
    vault.dispose();
    await new Promise(setImmediate);
    assert.deepEqual([changed, offers()], [undefined, 0]);
    await vault.store('two', '2');

    assert.equal(told, 1);
  });

  describe('of somebody else', () => {
    it('takes a new sign-in', async () => {
      await saveAccount(openWindow(), keyAccount());
      for (const vault of open) vault.dispose();
      const other = openWindow(new Browser().open());
      await changeAccount(other, keyAccount().id, () => keyAccount());

      assert.equal((await listAccounts(other)).accounts.length, 1);
      assert.equal(sealed().length, 2);
    });

    it('is left as it is, and said to be so until something new is kept', async () => {
      await openWindow().store('one', '1');
      const [theirs] = sealed();
      for (const vault of open) vault.dispose();
      const other = openWindow(new Browser().open());

      await assert.rejects(other.keys(), {
        name: 'ConfigurationError',
        message: /\.sealed holds sign-ins.*Sign in again/,
      });
      await other.store('two', '2');
      assert.deepEqual(await other.keys(), ['two']);
      assert.equal(sealed().length, 2);
      assert.ok(sealed().includes(theirs ?? ''));
      assert.deepEqual(await openWindow().keys(), ['one']);
    });

    it('opens again when its key is back', async () => {
      const before = browser.open();
      await openWindow(before).store('one', '1');
      for (const vault of open) vault.dispose();
      await openWindow(new Browser().open()).store('two', '2');

      assert.equal(await openWindow(before).get('one'), '1');
    });
  });

  const damages: Readonly<Record<string, (text: string) => string | Buffer>> = {
    'cut short': (text) => text.slice(0, text.length / 2),
    empty: () => '',
    'changed in one character': (text) =>
      text.replace(/"sealed":"(.)/, (_, first) => `"sealed":"${first === 'A' ? 'B' : 'A'}`),
    'said to be newer': (text) => text.replace(/"version":1/, '"version":2'),
    'of a format to come': (text) => text.replace(/"format":1/, '"format":2'),
    'restored as UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    'longer than any that is read': (text) => text + ' '.repeat(1024 * 1024),
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is put aside when it is ${what}`, async () => {
      const vault = openWindow();
      await vault.store('one', '1');
      const damaged = Buffer.from(damage(readFileSync(sealedFile(), 'utf8')));
      writeFileSync(sealedFile(), damaged);

      await assert.rejects(vault.get('one'), { name: 'ConfigurationError', message: /is damaged.*Sign in again/ });
      await vault.store('two', '2');
      assert.deepEqual(await vault.keys(), ['two']);
      const aside = readdirSync(folder.at('vault')).find((name) => name.includes('.damaged.')) ?? '';
      assert.deepEqual(readFileSync(path.join(folder.at('vault'), aside)), damaged);
    });
  }

  it('takes a new sign-in when it is damaged', async () => {
    const vault = openWindow();
    await saveAccount(vault, keyAccount());
    writeFileSync(sealedFile(), 'damaged');
    await changeAccount(vault, keyAccount().id, () => keyAccount());

    assert.equal((await listAccounts(vault)).accounts.length, 1);
  });

  it('does not keep what a keychain does not keep the key of', async () => {
    const forgetful = { get: async () => undefined, store: async () => undefined };
    const vault = new Vault(folder.at('vault'), { files, clock: systemClock, keychain: forgetful });
    open.push(vault);

    await assert.rejects(saveAccount(vault, keyAccount()), { where: { part: 'keychain' }, message: /did not keep/ });
    assert.deepEqual((await listAccounts(vault)).accounts, []);
  });

  it('is not taken for a new one while the keychain cannot be reached', async () => {
    await openWindow().store('one', '1');
    const broken = { get: async () => Promise.reject(new Error('locked')), store: async () => undefined };
    const vault = new Vault(folder.at('vault'), { files, clock: systemClock, keychain: broken });
    open.push(vault);

    await assert.rejects(saveAccount(vault, keyAccount()), {
      where: { part: 'keychain' },
      message: /cannot be reached/,
    });
    assert.equal(sealed().length, 1);
  });

  it('loses nothing to a keychain that goes while a window is open, and comes back', async () => {
    let isThere = true;
    const kept = browser.open();
    const flickering = {
      ...kept,
      get: async () => (isThere ? await kept.get() : await Promise.reject(new Error('locked'))),
    };
    const vault = openWindow(flickering);
    await vault.store('one', '1');
    isThere = false;
    await vault.store('two', '2');
    vault.dispose();
    await assert.rejects(openWindow(flickering).keys());
    isThere = true;

    assert.deepEqual(await openWindow(flickering).keys(), ['one', 'two']);
    assert.equal(sealed().length, 1);
  });

  it('writes only over the version that it has read', async () => {
    const [first, second] = [openWindow(), openWindow()];
    await first.store('one', '1');
    let reads = 0;
    const heldUp = readingWith(async (file) => {
      const read = await files.read(file);
      // Its lock was broken between its reading and its writing.
      if (++reads === 1) {
        unlinkSync(folder.at('vault/locks/write.lock'));
        await second.store('two', '2');
      }
      return read;
    });
    await openWindow(browser.open(), heldUp).store('three', '3');

    assert.deepEqual([...(await first.keys())].sort(), ['one', 'three', 'two']);
  });

  it('writes an entry only over what was read of it under the lock', async () => {
    const [first, second] = [openWindow(), openWindow()];
    await first.store('one', '1');
    await first.locked(async () => {
      await first.get('one');
      await second.store('one', '2');

      await assert.rejects(first.store('one', '3'), { name: 'RecordChanged' });
      assert.equal(await first.get('one'), '2');
      assert.deepEqual(notes(), []);
      await first.store('one', '3');
    });
    assert.equal(await first.get('one'), '3');
  });

  it('tells of a change once, and of its end where the file could not be read meanwhile', async () => {
    let changed = (): void => undefined;
    const watch: Files['watch'] = (_, listener) => ((changed = listener), { dispose: () => undefined });
    await openWindow().store('one', '1');
    const good = readFileSync(sealedFile());
    const vault = openWindow(
      browser.open(),
      readingWith((file) => files.read(file), watch),
    );
    let told = 0;
    vault.onDidChange(() => (told += 1));
    const becomes = async (text: string | Uint8Array, expected: number): Promise<void> => {
      writeFileSync(sealedFile(), text);
      await vault.get('one').catch(() => undefined);
      changed();
      // What looks at the file for the listeners began before these do.
      for (const _ of [1, 2, 3]) await vault.get('one').catch(() => undefined);
      await eventually(() => told, expected);
    };

    await becomes(good, 0);
    await becomes('damaged', 1);
    await becomes('damaged again', 1);
    await becomes(good, 2);
  });

  describe('whose window was killed before it had written', () => {
    /** A window that noted that `one` becomes 2, or has gone, and was killed while it waited to write. */
    async function killedWindow(change = (vault: Vault) => vault.store('one', '2')): Promise<void> {
      await openWindow().store('one', '1');
      folder.write({ 'vault/locks/write.lock': 'somebody else' });
      const noted = new Promise<void>((resolve) => {
        const clock = { now: () => 0, sleep: (ms: number) => new Promise<void>(() => ms < 1000 && resolve()) };
        const killed = new Vault(folder.at('vault'), { files, clock, keychain: browser.open() });
        open.push(killed);
        void killed.locked(async () => {
          await killed.get('one');
          await change(killed);
        });
      });
      await noted;
      const locks = folder.at('vault/locks');
      for (const lock of readdirSync(locks).filter((name) => name.endsWith('.lock')))
        unlinkSync(path.join(locks, lock));
    }

    it('is finished by the next holder of its lock', async () => {
      await killedWindow();
      const next = openWindow();

      assert.equal(await next.get('one'), '1');
      assert.equal(await next.locked(() => next.get('one')), '2');
      assert.deepEqual(readdirSync(folder.at('vault/locks')), []);
    });

    it('stays as it was changed since', async () => {
      await killedWindow();
      const next = openWindow();
      await next.store('one', '3');
      let told = 0;
      next.onDidChange(() => (told += 1));

      assert.equal(await next.locked(() => next.get('one')), '3');
      assert.equal(told, 0);
      assert.deepEqual(readdirSync(folder.at('vault/locks')), []);
    });

    it('stays as it was where nothing was to be kept', async () => {
      await killedWindow((vault) => vault.delete('one'));

      assert.deepEqual(notes(), []);
      assert.equal(await openWindow().get('one'), '1');
    });

    it('is worked on by nobody while it cannot be finished', async () => {
      await killedWindow();
      const broken = readingWith(async (file) =>
        file.endsWith('.sealed') ? { kind: 'broken', why: 'may not be read' } : await files.read(file),
      );
      const hindered = openWindow(browser.open(), broken);

      await assert.rejects(
        hindered.locked(async () => 'never'),
        { message: /may not be read\.$/ },
      );
      const next = openWindow();
      assert.equal(await next.locked(() => next.get('one')), '2');
    });

    it('is finished by its own people, whoever else has the same lock meanwhile', async () => {
      await killedWindow();
      const somebodyElse = openWindow(new Browser().open());
      for (const vault of open) vault.dispose();
      await somebodyElse.locked(async () => undefined);
      const stranger = openWindow(new Browser().open());
      await stranger.locked(async () => await stranger.store('one', '4'));
      const next = openWindow();

      assert.equal(await next.locked(() => next.get('one')), '2');
    });

    it('hinders no new sign-in where its file was damaged as well', async () => {
      await killedWindow();
      writeFileSync(sealedFile(), 'damaged');
      const next = openWindow();
      await next.locked(async () => await next.store('one', '3'));

      assert.equal(await next.get('one'), '3');
    });

    it('tells nothing in what it noted', async () => {
      await openWindow().store('one', 'a secret value');
      await killedWindow();
      const [late = ''] = readdirSync(folder.at('vault/locks')).filter((name) => name.endsWith('.late'));
      const file = path.join(folder.at('vault/locks'), late);

      assert.doesNotMatch(readFileSync(file, 'utf8'), /one|secret/);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    });
  });

  it('is finished by the next holder of its lock where it could not be written', async () => {
    let isBroken = false;
    const flickering = readingWith(async (file) =>
      isBroken ? { kind: 'broken', why: 'may not be read' } : await files.read(file),
    );
    const vault = openWindow(browser.open(), flickering);
    await vault.store('one', '1');
    const renewing = vault.locked(async () => {
      await vault.get('one');
      isBroken = true;
      await vault.store('one', '2');
    });
    await assert.rejects(renewing, { message: /may not be read\.$/ });
    isBroken = false;

    assert.equal(await vault.locked(() => vault.get('one')), '2');
    assert.deepEqual(notes(), []);
  });

  for (const [how, store] of [
    ['', (vault: Vault, value: string) => vault.store('one', value)],
    [
      ' under its lock',
      (vault: Vault, value: string) =>
        vault.locked(async () => {
          await vault.get('one');
          await vault.store('one', value);
        }),
    ],
  ] as const) {
    it(`takes nothing${how} that would make it too large to be read`, async () => {
      const vault = openWindow();
      await vault.store('one', '1');

      await assert.rejects(store(vault, 'x'.repeat(900_000)), { name: 'ConfigurationError', message: /too large/ });
      assert.equal(await vault.locked(async () => await vault.get('one')), '1');
      assert.deepEqual(notes(), []);
    });
  }

  it('is written again soon after its writer was killed', async () => {
    const vault = openWindow();
    await vault.store('one', '1');
    mkdirSync(folder.at('vault/locks'), { recursive: true });
    const lock = folder.at('vault/locks/write.lock');
    writeFileSync(lock, 'of the killed');
    utimesSync(lock, new Date(), new Date(Date.now() - 60_000));
    const impatient = { now: () => systemClock.now(), sleep: async () => undefined };
    const second = new Vault(folder.at('vault'), { files, clock: impatient, keychain: browser.open() });
    open.push(second);
    await second.store('two', '2');

    assert.deepEqual(await vault.keys(), ['one', 'two']);
  });
});
