import assert from 'node:assert/strict';
import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { Emitter } from '../../../src/core/base/events';
import { FileWatch } from '../../../src/core/base/fileWatch';
import { type FolderListener, FolderWatches } from '../../../src/core/base/folderWatches';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

/** So long that no test lives to see it. */
const NEVER_MS = 1_000_000;
/** A file system that does not tell of changes. */
const SILENT = { add: () => ({ dispose: () => undefined }) };

describe('a watch of files', () => {
  let temporary: TemporaryFolder;
  let watching: FileWatch | undefined;
  let tell = (): void => undefined;

  beforeEach(() => {
    temporary = createTemporaryFolder({ 'project/readme': '' });
  });
  afterEach(() => {
    watching?.dispose();
    temporary.remove();
  });

  const open = (isThere: boolean, pollMs: number, folders: Pick<FolderWatches, 'add'> = new FolderWatches()) => {
    const changed = new Emitter<void>();
    const attention = { isThere, onDidChange: changed.event };
    const paths = [temporary.at('project/.env'), temporary.at('project/.qwen/.env')];
    watching = new FileWatch(paths, () => tell(), { folders, attention, pollMs });
    return {
      come: () => {
        attention.isThere = true;
        changed.fire();
      },
    };
  };
  const told = (change: () => void) =>
    new Promise<void>((resolve) => {
      tell = resolve;
      change();
    });

  it('is told by the system, where nobody is there and nothing is polled', async () => {
    open(false, NEVER_MS);

    await told(() => temporary.write({ 'project/.env': 'A=1' }));
  });

  it('sees a file come in a folder that was not there', async () => {
    open(false, NEVER_MS);

    await told(() => temporary.write({ 'project/.qwen/.env': 'A=1' }));
    await told(() => temporary.write({ 'project/.qwen/.env': 'A=2' }));
  });

  it('goes on where a folder was removed and made again', async () => {
    open(false, NEVER_MS);
    await told(() => temporary.write({ 'project/.qwen/.env': 'A=1' }));
    await told(() => rmSync(temporary.at('project'), { recursive: true }));
    mkdirSync(temporary.at('project'));

    await told(() => temporary.write({ 'project/.env': 'A=1' }));
  });

  it('looks when somebody comes', async () => {
    const { come } = open(false, NEVER_MS, SILENT);

    await told(() => {
      temporary.write({ 'project/.env': 'A=1' });
      come();
    });
  });

  it('polls from when a folder cannot be watched any more, though nobody is there', async () => {
    let tellOfFolder: FolderListener = () => undefined;
    let isFull = false;
    const add: FolderWatches['add'] = (_, listener) => {
      tellOfFolder = listener;
      return isFull ? undefined : SILENT.add();
    };
    open(false, 1, { add });
    isFull = true;
    tellOfFolder(undefined);
    await setTimeout(30);

    await told(() => temporary.write({ 'project/.env': 'A=1' }));
  });

  it('watches no folder once it is over, whatever was still to be looked at', async () => {
    let tellOfFolder: FolderListener = () => undefined;
    const watched = new Set<FolderListener>();
    const add: FolderWatches['add'] = (_, listener) => {
      tellOfFolder = listener;
      watched.add(listener);
      return { dispose: () => void watched.delete(listener) };
    };
    const { come } = open(false, NEVER_MS, { add });
    tellOfFolder(undefined);
    come();
    watching?.dispose();
    await setTimeout(30);

    assert.equal(watched.size, 0);
  });

  for (const [what, isThere, isIdle] of [
    ['sets no timer and looks at no file while nobody is there', false, true],
    ['looks now and then while somebody is there', true, false],
  ] as const) {
    it(what, async () => {
      const own = new AsyncLocalStorage<boolean>();
      const work: string[] = [];
      const hook = createHook({ init: (_, type) => void (own.getStore() && work.push(type)) });
      own.run(true, () => open(isThere, 1));
      hook.enable();
      await setTimeout(50);
      hook.disable();

      const counted = work.filter((type) => type === 'Timeout' || type.startsWith('FSREQ'));
      assert.equal(counted.length === 0, isIdle);
    });
  }
});
