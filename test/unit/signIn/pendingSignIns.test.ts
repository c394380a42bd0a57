import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

import { SystemFiles } from '../../../src/core/base/files';
import { createPendingSignIns, type PendingSignIn, type PendingSignIns } from '../../../src/core/signIn/pendingSignIns';
import { fingerprintOf, readRedirect } from '../../../src/core/oauth/redirect';
import { Redirects, TERMINAL } from '../../../src/core/signIn/redirects';
import { Secret } from '../../../src/core/base/secret';
import { createRecordingBrowser } from '../../fakes/recordingBrowser';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const STATE = 'the-state';
const ID = fingerprintOf(new Secret(STATE));
/** No process has this number on any system. */
const GONE = 2 ** 30;

describe('pending sign-ins', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let window: PendingSignIns;
  let other: PendingSignIns;

  beforeEach(() => {
    folder = createTemporaryFolder();
    clock = new ManualClock();
    const files = new SystemFiles(5);
    window = createPendingSignIns(folder.at('pending'), { files, clock });
    other = createPendingSignIns(folder.at('pending'), { files, clock, owner: process.ppid });
  });
  afterEach(() => folder.remove());

  const pending = (changes: Partial<PendingSignIn> = {}): PendingSignIn => ({
    id: ID,
    request: { method: 'api-key', provider: 'openrouter', model: 'm' },
    target: 'https://openrouter.ai/api/v1',
    others: ['paste', 'key'],
    redirectUri: 'http://127.0.0.1:1/callback',
    codeVerifier: new Secret('the-verifier'),
    createdAt: clock.now(),
    owner: window.owner,
    ...changes,
  });

  it('are read by another window as they were saved', async () => {
    await window.save(pending());
    const [{ codeVerifier, ...rest } = pending()] = await other.list();
    const { codeVerifier: _, ...expected } = pending();

    assert.deepEqual(rest, expected);
    assert.equal(codeVerifier.reveal(), 'the-verifier');
  });

  it('may be gone while a code waits that nobody comes back with', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    const watch: PendingSignIns['watch'] = (_, claimed) => {
      claimed();
      return { dispose: () => undefined };
    };
    const ports = { ...TERMINAL, pending: { ...window, watch }, clock, browser: createRecordingBrowser() };
    process.on('unhandledRejection', note);
    await new Redirects(ports).remember(pending(), () => new Promise(setImmediate));
    process.off('unhandledRejection', note);

    assert.deepEqual(unhandled, []);
  });

  it('are claimed by one of all who try', async () => {
    await window.save(pending());
    const claimed = await Promise.all([window.claim(ID), other.claim(ID), window.claim(ID), other.claim(ID)]);

    assert.equal(claimed.filter(Boolean).length, 1);
    assert.deepEqual(await window.list(), []);
  });

  it('do not come back when claimed while a window starts', async () => {
    await window.save(pending({ owner: GONE }));
    const redirect = readRedirect(`state=${STATE}`);
    const over = new AbortController();
    let claimed: Promise<unknown> = Promise.resolve();
    const racing: PendingSignIns = {
      ...window,
      save: async (one) => {
        claimed = redirects.claim(redirect, over.signal);
        await claimed;
        await window.save(one);
      },
    };
    const redirects: Redirects = new Redirects({
      ...TERMINAL,
      pending: racing,
      clock,
      browser: createRecordingBrowser(),
    });

    assert.deepEqual(await redirects.claimInterrupted(), []);
    assert.notEqual(await claimed, undefined);
    assert.deepEqual(await window.list(), []);
  });

  it('tell that they have been claimed', async () => {
    await window.save(pending());
    const claimed = new Promise<void>((resolve) => window.watch(ID, resolve));
    await other.claim(ID);

    await claimed;
  });

  it('are of no use after ten minutes, and gone after twenty', async () => {
    await window.save(pending());
    clock.advance(600_000);
    assert.deepEqual(await window.list(), []);
    assert.ok(existsSync(folder.at(`pending/${ID}.json`)));
    clock.advance(600_001);
    await window.list();

    assert.ok(!existsSync(folder.at(`pending/${ID}.json`)));
  });

  it('are waited for as long as their process lives', () => {
    assert.ok(other.isWaitedFor(pending()));
    assert.ok(!window.isWaitedFor(pending()), 'its own window knows better');
    assert.ok(!window.isWaitedFor(pending({ owner: 2 ** 30 })));
  });

  for (const [what, text] of [
    ['no JSON', '{'],
    ['another kind of sign-in', JSON.stringify({ ...pendingJson(), request: { method: 'coding-plan' } })],
    ['no method', JSON.stringify({ ...pendingJson(), request: {} })],
    ['no target', JSON.stringify({ ...pendingJson(), target: '' })],
  ] as const) {
    it(`do not come from a file with ${what}`, async () => {
      folder.write({ [`pending/${ID}.json`]: text });
      folder.write({ 'pending/other.json': pendingJson() });

      assert.deepEqual(await window.list(), []);
    });
  }
});

function pendingJson(): object {
  return {
    id: ID,
    request: { method: 'qwen-oauth' },
    target: 'https://a.example.com',
    createdAt: Date.now(),
    owner: 1,
  };
}
