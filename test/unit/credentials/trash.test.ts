import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { Account } from '../../../src/core/credentials/account';
import { findAccount, saveAccount } from '../../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../../src/core/credentials/qwenCredentials';
import { SharedSignIn } from '../../../src/core/credentials/sharedSignIn';
import { Trash } from '../../../src/core/credentials/trash';
import { Vault } from '../../../src/core/credentials/vault';
import { systemClock } from '../../../src/core/base/clock';
import type { SecretStore } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const ID = 'coding-plan/china';
const [OLD, NEW] = ['sk-sp-0123456789-old1', 'sk-sp-0123456789-new2'].map((key) =>
  keyAccount({ key: new Secret(key) }),
);

const UNDO_MS = 30_000;

describe('the trash of accounts', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let vault: Vault;
  let trash: Trash;
  /** What the system's keychain holds. */
  let key: string | undefined;
  let destroyed: (readonly [id: string, account: Account | undefined])[];
  let open: { dispose(): void }[];
  const going = new AbortController().signal;

  const openVault = (): Vault => {
    const keychain = { get: async () => key, store: async (made: string) => void (key = made) };
    const opened = new Vault(folder.at('vault'), { files: folder.files, clock: systemClock, keychain });
    open.push(opened);
    return opened;
  };
  const openTrash = (secrets: SecretStore, undoMs = UNDO_MS): Trash => {
    const beforeDestroyed = async (id: string, account: Account | undefined): Promise<void> =>
      void destroyed.push([id, account]);
    const opened = new Trash({ secrets, clock, undoMs, beforeDestroyed });
    open.push(opened);
    return opened;
  };
  const last4 = async (secrets: SecretStore = vault): Promise<string | undefined> => {
    const account = await findAccount(secrets, ID);
    return account?.method === 'qwen-oauth' ? undefined : account?.key?.last4;
  };
  /** Resolves when the store holds so many entries. */
  const holds = async (entries: number): Promise<void> => {
    while ((await vault.keys()).length !== entries) await new Promise(setImmediate);
  };

  beforeEach(async () => {
    folder = createTemporaryFolder();
    clock = new ManualClock();
    [key, destroyed, open] = [undefined, [], []];
    vault = openVault();
    trash = openTrash(vault);
    await saveAccount(vault, OLD ?? keyAccount());
  });
  afterEach(() => {
    for (const one of open) one.dispose();
    folder.remove();
  });

  it('takes an account out of use in every window at once', async () => {
    const other = openVault();
    await trash.discard(ID);

    assert.equal(await last4(other), undefined);
  });

  it('restores it as it was', async () => {
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    await trash.restore(name);

    assert.equal(await last4(), 'old1');
    assert.deepEqual(await vault.keys(), [`account/${ID}`]);
  });

  it('destroys it when its time is over', async () => {
    await trash.discard(ID);
    await trash.follow();
    await clock.nextSleep();
    clock.advance(UNDO_MS - 1);
    assert.equal((await vault.keys()).length, 1);
    clock.advance(1);

    await holds(0);
    assert.deepEqual(destroyed[0]?.[0], ID);
  });

  it('waits for nothing that is gone', async () => {
    await trash.discard(ID);
    await trash.follow();
    await clock.nextSleep();

    await trash.empty();

    assert.equal(clock.sleepers, 0);
  });

  it('restores nothing after that', async () => {
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    await trash.empty();

    assert.equal(await trash.restore(name), undefined);
    assert.equal(await last4(), undefined);
  });

  it('is emptied by the next window where one was killed', async () => {
    await trash.discard(ID);
    clock.advance(UNDO_MS);
    await openTrash(openVault()).follow();

    await holds(0);
  });

  it('leaves to another window what that may still restore', async () => {
    await trash.discard(ID);
    const other = openTrash(openVault());
    await other.follow();
    await other.empty();

    assert.equal((await vault.keys()).length, 1);
  });

  it('is emptied by one window, whichever is first', async () => {
    await trash.discard(ID);
    const others = [openTrash(openVault()), openTrash(openVault())];
    clock.advance(UNDO_MS);
    await Promise.all([trash, ...others].map((one) => one.follow()));
    await holds(0);

    assert.equal(destroyed.length, 1);
  });

  it('keeps the record until all is done that comes before its end', async () => {
    let told = (): void => undefined;
    const telling = new Promise<void>((resolve) => (told = resolve));
    const slow = new Trash({ secrets: vault, clock, undoMs: UNDO_MS, beforeDestroyed: () => telling });
    open.push(slow);
    await slow.discard(ID);
    const emptying = slow.empty();
    assert.equal((await vault.keys()).length, 1);
    told();
    await emptying;

    assert.deepEqual(await vault.keys(), []);
  });

  it('destroys at once where nobody could restore it', async () => {
    assert.equal(await openTrash(vault, 0).discard(ID), undefined);

    assert.deepEqual(await vault.keys(), []);
    assert.equal(destroyed[0]?.[1]?.id, ID);
  });

  it('destroys at once what does not fit in twice', async () => {
    const resourceUrl = 'https://models.example.com/'.padEnd(450_000, 'x');
    const { tokens } = oauthAccount();
    await saveAccount(vault, oauthAccount({ tokens: { ...tokens, resourceUrl } }));

    assert.equal(await trash.discard('qwen-oauth'), undefined);
    assert.equal(await findAccount(vault, 'qwen-oauth'), undefined);
  });

  it('holds what cannot be read, too', async () => {
    await vault.store('account/newer', '{"from":"a newer version"}');
    const { name, account } = (await trash.discard('newer')) ?? { name: '' };
    await trash.restore(name);

    assert.equal(account, undefined);
    assert.equal(await vault.get('account/newer'), '{"from":"a newer version"}');
  });

  it('is cleared of what is none of its records', async () => {
    await vault.store('trash/odd', 'no JSON');
    await trash.follow();

    await holds(1);
  });

  it('takes a key that a new one replaces, and gives it back', async () => {
    const replaced = await trash.replace(NEW ?? keyAccount(), going);
    assert.equal(await last4(), 'new2');

    const restored = await trash.restore(replaced?.name ?? '');
    assert.equal(await last4(), 'old1');
    await trash.restore(restored?.replaced?.name ?? '');
    assert.equal(await last4(), 'new2');
  });

  it('takes nothing where the same key is stored again', async () => {
    assert.equal(await trash.replace({ ...keyAccount(), ...OLD, status: 'unverified' }, going), undefined);
    assert.equal((await vault.keys()).length, 1);
  });

  it('takes nothing of a sign-in that has ended', async () => {
    await saveAccount(vault, oauthAccount({ status: 'ended' }));
    const tokens = { ...oauthAccount().tokens, accessToken: new Secret('another-access-token') };

    assert.equal(await trash.replace(oauthAccount({ tokens }), going), undefined);
  });

  it('leaves everything as it was where the new sign-in is called off', async () => {
    const called = new AbortController();
    const replacing = trash.replace(NEW ?? keyAccount(), called.signal);
    called.abort();

    await assert.rejects(replacing, { name: 'Cancelled' });
    assert.equal(await last4(), 'old1');
    assert.deepEqual(await vault.keys(), [`account/${ID}`]);
  });

  it("restores Qwen Code's sign-in to its file, and the one that was hidden by it to the keychain", async () => {
    const qwenCode = new QwenCredentials(folder.at('.qwen'), { files: folder.files, clock: systemClock });
    const shared = new SharedSignIn(vault, qwenCode);
    open.push(shared);
    const named = (name: string) =>
      oauthAccount({ tokens: { ...oauthAccount().tokens, accessToken: new Secret(`access-${name}`) } });
    await saveAccount(vault, named('ours'));
    await saveAccount(qwenCode, named('theirs'));
    await shared.share(true);
    const of = openTrash(shared);
    const { name } = (await of.discard('qwen-oauth')) ?? { name: '' };
    assert.equal(await findAccount(vault, 'qwen-oauth'), undefined);

    await of.restore(name);

    assert.match(readFileSync(qwenCode.file, 'utf8'), /access-theirs/);
    await shared.share(false);
    assert.match((await shared.get('account/qwen-oauth')) ?? '', /access-ours/);
  });
});
