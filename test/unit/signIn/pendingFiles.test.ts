import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mock } from 'node:test';

import { SystemFiles, systemFiles } from '../../../src/core/base/files';
import type { Files } from '../../../src/core/base/ports';
import { createPendingSignIns } from '../../../src/core/signIn/pendingFiles';
import type { PendingSignIn, PendingSignIns } from '../../../src/core/signIn/pendingSignIns';
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

  it('are waited for by a process of somebody else, which nobody may ask', () => {
    mock.method(process, 'kill', () => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    });
    try {
      assert.ok(window.isWaitedFor(pending({ owner: GONE })));
    } finally {
      mock.restoreAll();
    }
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

  it('stay where their files cannot be read just now', async () => {
    const unreadable: Files = { ...systemFiles, read: async () => ({ kind: 'broken', why: 'is in use' }) };
    await window.save(pending());

    assert.deepEqual(await createPendingSignIns(folder.at('pending'), { files: unreadable, clock }).list(), []);
    assert.equal((await window.list()).length, 1);
  });

  it('are waited for as long as their process lives', () => {
    assert.ok(other.isWaitedFor(pending()));
    assert.ok(!window.isWaitedFor(pending()), 'its own window knows better');
    assert.ok(!window.isWaitedFor(pending({ owner: 2 ** 30 })));
  });

  const READ = {
    id: ID,
    request: { method: 'qwen-oauth', provider: 'a', region: 'b', baseUrl: 'c', model: 'd' },
    target: 'https://a.example.com',
    others: ['loopback', 'uriHandler', 'device', 'paste', 'key'],
    redirectUri: 'http://127.0.0.1:1/callback',
    createdAt: Date.UTC(2026, 5, 1),
    owner: 7,
    told: true,
  };
  const listed = async (changes: object) => {
    folder.write({ [`pending/${ID}.json`]: { ...READ, codeVerifier: 'the-verifier', ...changes } });
    return (await window.list()).map(({ codeVerifier, ...rest }) => ({ ...rest, verifier: codeVerifier.reveal() }));
  };

  for (const [what, changes, expected] of [
    ['with all that another window needs', {}, {}],
    [
      'with the way that was asked for left out',
      { request: { method: 'api-key', flow: 'paste', apiKey: 'sk-012' } },
      { request: { method: 'api-key' } },
    ],
    ['without ways that nobody knows', { others: ['paste', 'magic', 7] }, { others: ['paste'] }],
    ['without ways', { others: 'paste' }, { others: [] }],
    ['without an address to come back to', { redirectUri: 7 }, { redirectUri: '' }],
    ['without a verifier', { codeVerifier: 7 }, { verifier: '' }],
  ] as const) {
    it(`come from a file ${what}`, async () => {
      assert.deepEqual(await listed(changes), [{ ...READ, verifier: 'the-verifier', ...expected }]);
    });
  }

  it('have not been told of where the file does not say so', async () => {
    for (const told of [undefined, false, 'yes']) assert.ok(!('told' in ((await listed({ told }))[0] ?? { told })));
  });

  for (const [what, changes] of [
    ['another kind of sign-in', { request: { method: 'coding-plan' } }],
    ['no method', { request: {} }],
    ['no request', { request: 'qwen-oauth' }],
    ['no id', { id: '' }],
    ['no target', { target: '' }],
    ['no time', { createdAt: undefined }],
    ['no process', { owner: 'mine' }],
  ] as const) {
    it(`do not come from a file with ${what}`, async () => {
      assert.deepEqual(await listed(changes), []);
    });
  }

  it('do not come from a file of another name, or that is no JSON', async () => {
    for (const name of ['other.json', `${ID}.json.tmp`, `x${ID}.json`, `${ID}xjson`])
      folder.write({ [`pending/${name}`]: { ...READ, codeVerifier: 'the-verifier' } });
    folder.write({ [`pending/${ID}.json`]: '{' });

    assert.deepEqual(await window.list(), []);
  });

  it('are none where there is no folder yet, and nobody has what is not there', async () => {
    assert.deepEqual(await window.list(), []);
    assert.equal(await window.claim(ID), false);
  });

  it('are not claimed where their file only changes', async () => {
    let changed: () => Promise<void> = async () => undefined;
    let claims = 0;
    const readings: Promise<unknown>[] = [];
    const files: Files = {
      followLinks: (file) => systemFiles.followLinks(file),
      read: (file) => {
        const reading = systemFiles.read(file);
        readings.push(reading);
        return reading;
      },
      watch: (paths, listener) => {
        assert.deepEqual(paths, [folder.at(`pending/${ID}.json`)]);
        changed = async () => {
          const before = readings.length;
          listener();
          while (readings.length === before) await new Promise(setImmediate);
          await readings.at(-1);
          await new Promise(setImmediate);
        };
        return { dispose: () => undefined };
      },
    };
    const watching = createPendingSignIns(folder.at('pending'), { files, clock });
    await watching.save(pending());
    watching.watch(ID, () => (claims += 1));
    await changed();
    assert.equal(claims, 0);
    await watching.claim(ID);
    await changed();

    assert.equal(claims, 1);
  });
});
