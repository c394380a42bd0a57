import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { killWindows } from '../soak/kills';
import { WindowProcess } from '../soak/windowProcess';

/** Their waits are so many times shorter: not by more, or a busy machine makes a lock look forgotten. */
const SPEED = 10;

describe('windows in processes of their own', () => {
  let folder: TemporaryFolder;
  let sandbox: Sandbox;
  let windows: WindowProcess[];

  beforeEach(async () => {
    folder = createTemporaryFolder();
    sandbox = await startSandbox();
    windows = [];
  });
  afterEach(async () => {
    for (const window of windows) await window.kill();
    await sandbox.stop();
    folder.remove();
  });

  async function open(): Promise<WindowProcess> {
    const window = await WindowProcess.open({ folder: folder.at('vault'), settings: sandbox.settings, speed: SPEED });
    windows.push(window);
    return window;
  }
  const several = (count: number): Promise<WindowProcess[]> => Promise.all(Array.from({ length: count }, () => open()));
  const refreshes = (): number => sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length;
  async function signIn(window: WindowProcess): Promise<void> {
    const signingIn = window.call('signIn');
    while (sandbox.pendingUserCodes.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    sandbox.approve(sandbox.pendingUserCodes[0] ?? '');
    await signingIn;
  }

  it('end up with one key and one file when all store something at once', async () => {
    const opened = await several(4);
    await Promise.all(opened.map((window, index) => window.call('store', `entry ${index}`, 'value')));
    const keys = await Promise.all(opened.map((window) => window.call('key')));
    const seen = await Promise.all(opened.map((window) => window.call('keys')));

    assert.equal(new Set(keys).size, 1);
    for (const entries of seen) assert.equal(Array.isArray(entries) && entries.length, 4);
    assert.equal(readdirSync(folder.at('vault')).filter((name) => name.endsWith('.sealed')).length, 1);
  });

  it('refresh once when all find the same token at its end', async () => {
    const opened = await several(4);
    await signIn(opened[0] ?? (await open()));
    await Promise.all(opened.map((window) => window.call('pass', String(6 * 3_600_000))));
    const tokens = await Promise.all(opened.flatMap((window) => [window.call('fresh'), window.call('fresh')]));

    assert.equal(new Set(tokens).size, 1);
    assert.equal(refreshes(), 1);
  });

  it('go on when the one that holds the lock is killed', async () => {
    const [holder, next] = [await open(), await open()];
    await signIn(holder);
    assert.ok(await next.call('token'));
    const held = holder.told('held');
    holder.call('hold').catch(() => undefined);
    await held;
    await holder.kill();

    assert.ok(await next.call('renew'));
  });

  it('see in each what another did to the sign-in', async () => {
    const [first, second] = [await open(), await open()];
    await signIn(first);
    assert.equal(await second.call('token'), await first.call('token'));
    await second.call('signOut');

    assert.equal(await first.call('token'), '');
  });

  it('lose no token that was kept, and block nobody, when they are killed at any point', async () => {
    const { kills } = await killWindows(8, 4);

    assert.equal(kills, 8);
  });
});
