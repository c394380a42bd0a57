import assert from 'node:assert/strict';

import type { Configuration, ConfigurationPlaces } from '../../../src/core/config/configuration';
import { FollowedConfiguration } from '../../../src/core/config/followedConfiguration';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

/** A watch that somebody asked for. */
interface Watch {
  readonly paths: readonly string[];
  readonly tell: () => void;
  isOver: boolean;
}

describe('the configuration of a folder that is followed', () => {
  let temporary: TemporaryFolder;
  let watches: Watch[];
  let folder: string;
  let reads: number;
  /** Holds up what is read of `a/.env` or `b/.env` until it is opened. */
  let gates: Map<string, Promise<void>>;
  let followed: FollowedConfiguration;
  let placesOf: (name: string) => ConfigurationPlaces;
  let changes: number;
  const modelIn = ({ variables }: Configuration) => variables.envFile?.values.get('OPENAI_MODEL')?.value.reveal();

  beforeEach(() => {
    temporary = createTemporaryFolder({ 'a/.env': 'OPENAI_MODEL=of-a', 'b/.env': 'OPENAI_MODEL=of-b' });
    [watches, folder, reads, gates, changes] = [[], 'a', 0, new Map(), 0];
    const files = {
      ...temporary.files,
      read: async (file: string) => {
        reads += 1;
        const read = await temporary.files.read(file);
        await gates.get(file);
        return read;
      },
      watch: (paths: readonly string[], tell: () => void) => {
        const watch: Watch = { paths, tell, isOver: false };
        watches.push(watch);
        return { dispose: () => void (watch.isOver = true) };
      },
    };
    placesOf = (name) => ({
      files,
      environment: { A: '1' },
      home: temporary.at('home'),
      folder: temporary.at(name),
      trusted: true,
    });
    followed = new FollowedConfiguration(() => placesOf(folder));
    followed.onDidChange(() => (changes += 1));
  });
  afterEach(() => {
    followed.dispose();
    temporary.remove();
  });

  /** Holds up the reading of a file; answers how to let it go on. */
  const holdUp = (file: string) => {
    let open = (): void => undefined;
    gates.set(temporary.at(file), new Promise((resolve) => (open = resolve)));
    return () => open();
  };

  it('is that of the process alone until it is read, which nothing begins by itself', () => {
    const { current, isRead } = followed;

    assert.deepEqual([current.variables.process('A'), current.folder, isRead, reads], ['1', undefined, false, 0]);
    assert.deepEqual(watches, []);
  });

  it('is read, told of and followed once it is loaded', async () => {
    await followed.load();

    assert.deepEqual([modelIn(followed.current), followed.isRead, changes], ['of-a', true, 1]);
    assert.deepEqual([watches.length, watches[0]?.paths.includes(temporary.at('a/.env'))], [1, true]);
  });

  it('is read once for all who wait for it', async () => {
    await Promise.all([followed.loaded(), followed.loaded()]);
    await followed.loaded();

    assert.deepEqual([modelIn(followed.current), changes], ['of-a', 1]);
  });

  it('is read anew when one of its files changes, under the same watch', async () => {
    await followed.load();
    temporary.write({ 'a/.env': 'OPENAI_MODEL=other' });
    const changed = new Promise((resolve) => void followed.onDidChange(resolve));
    watches[0]?.tell();
    await changed;

    assert.equal(modelIn(followed.current), 'other');
    assert.deepEqual(
      watches.map(({ isOver }) => isOver),
      [false],
    );
  });

  it('follows other files where it is elsewhere, and those alone', async () => {
    await followed.load();
    folder = 'b';
    await followed.load();

    assert.equal(modelIn(followed.current), 'of-b');
    assert.deepEqual(
      watches.map(({ paths, isOver }) => [paths.includes(temporary.at('b/.env')), isOver]),
      [
        [false, true],
        [true, false],
      ],
    );
  });

  it('is what was asked for last, whichever reading is done first', async () => {
    const open = holdUp('a/.env');
    const first = followed.load();
    folder = 'b';
    await followed.load();
    assert.equal(modelIn(followed.current), 'of-b');
    open();
    await first;

    assert.deepEqual([modelIn(followed.current), changes], ['of-b', 1]);
  });

  it('is waited for to the end of the reading that was asked for last', async () => {
    const open = holdUp('b/.env');
    const first = followed.load();
    folder = 'b';
    const second = followed.load();
    const done = first.then(() => modelIn(followed.current));
    // What is begun later and takes as long is over: so is the first reading.
    const other = new FollowedConfiguration(() => placesOf('a'));
    await other.load();
    other.dispose();
    open();

    assert.equal(await done, 'of-b');
    await second;
  });

  it('neither changes nor follows anything once it is over', async () => {
    await followed.load();
    const before = followed.current;
    const reading = followed.load();
    followed.dispose();
    await reading;
    folder = 'b';
    await followed.load();

    assert.equal(followed.current, before);
    assert.deepEqual([changes, watches.map(({ isOver }) => isOver)], [1, [true]]);
  });
});
