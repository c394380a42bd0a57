import assert from 'node:assert/strict';

import type { Configuration } from '../../../src/core/config/configuration';
import type { OpenFolder } from '../../../src/core/config/openFolders';
import { WorkspaceConfiguration } from '../../../src/core/config/workspaceConfiguration';
import { MemoryFolders } from '../../fakes/memoryFolders';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('the configuration of a workspace', () => {
  let temporary: TemporaryFolder;
  let open: MemoryFolders;
  let configuration: WorkspaceConfiguration;
  const folder = (name: string): OpenFolder => ({ uri: `file:///${name}`, name, path: temporary.at(name) });
  const modelIn = ({ variables }: Configuration) => variables.envFile?.values.get('OPENAI_MODEL')?.value.reveal();
  const changed = () =>
    new Promise<void>((resolve) => {
      const waiting = configuration.onDidChange(() => {
        waiting.dispose();
        resolve();
      });
    });

  beforeEach(async () => {
    temporary = createTemporaryFolder({ 'a/.env': 'OPENAI_MODEL=of-a', 'b/.env': 'OPENAI_MODEL=of-b' });
    open = new MemoryFolders([folder('a'), folder('b')]);
    const parts = { files: temporary.files, environment: {}, home: temporary.at('home') };
    configuration = new WorkspaceConfiguration(parts, open);
    await configuration.load();
  });
  afterEach(() => {
    configuration.dispose();
    temporary.remove();
  });

  it('is that of the folder that is worked in, and names it', () => {
    assert.deepEqual([modelIn(configuration.current), configuration.current.folderLabel], ['of-a', 'a']);
  });

  it('is that of another folder as a whole once it was read', async () => {
    const change = changed();
    open.change({ inEffect: open.folders[1] });
    const meanwhile = configuration.current;
    await change;

    assert.deepEqual([modelIn(meanwhile), meanwhile.folderLabel], ['of-a', 'a']);
    assert.deepEqual([modelIn(configuration.current), configuration.current.folderLabel], ['of-b', 'b']);
  });

  it('is at once that of a folder that was read before', async () => {
    await configuration.of(folder('b'));
    open.change({ inEffect: open.folders[1] });

    assert.equal(modelIn(configuration.current), 'of-b');
  });

  it('can be had for any folder without a change of what is in effect', async () => {
    assert.equal(modelIn(await configuration.of(folder('b'))), 'of-b');
    assert.equal(modelIn(configuration.current), 'of-a');
  });

  it('can be had for all folders once they were read', async () => {
    configuration.followAll();
    await configuration.of(folder('b'));

    const all = configuration.followAll().map((one) => [one.folder.name, modelIn(one.configuration)]);
    assert.deepEqual(all, [
      ['a', 'of-a'],
      ['b', 'of-b'],
    ]);
  });

  it('can be had while it is read anew', async () => {
    const first = configuration.of(folder('b'));
    const anew = configuration.load();

    assert.equal(modelIn(await first), 'of-b');
    await anew;
  });

  it('has no name where a single folder is left', async () => {
    const change = changed();
    open.change({ folders: [folder('b')], inEffect: folder('b') });
    await change;

    assert.deepEqual([modelIn(configuration.current), configuration.current.folderLabel], ['of-b', undefined]);
  });

  it('is that of no folder once the last is closed', async () => {
    const change = changed();
    open.change({ folders: [], inEffect: undefined });
    await change;

    assert.deepEqual([modelIn(configuration.current), configuration.current.folder], [undefined, undefined]);
  });

  it('has nothing of a folder that is not trusted', async () => {
    const change = changed();
    open.change({ isTrusted: false });
    await change;

    assert.deepEqual([modelIn(configuration.current), configuration.current.folderLabel], [undefined, 'a']);
  });

  it('tells of another folder that is read, and of what is in effect only where that changes', async () => {
    const told: string[] = [];
    configuration.onDidChange(() => told.push('in effect'));
    configuration.onDidChangeAny(() => told.push('any'));

    await configuration.of(folder('b'));
    assert.deepEqual(told, ['any']);
    open.change({ inEffect: open.folders[1] });
    assert.deepEqual(told, ['any', 'in effect']);
    await configuration.load();
    assert.equal(told.filter((one) => one === 'in effect').length, 2);
  });

  it('has files of the other folders as the word of the workspace', async () => {
    temporary.write({ 'a/inner/x': '' });
    const sideIn = async (folders: readonly OpenFolder[]) => {
      open.folders = folders;
      await configuration.load();
      const { variables } = await configuration.of(folder('a/inner'));
      return variables.envFile?.side;
    };

    assert.equal(await sideIn([folder('a/inner'), folder('a')]), 'workspace');
    assert.equal(await sideIn([folder('a/inner'), { ...folder('a'), path: undefined }]), 'outside');
    assert.equal(await sideIn([folder('a/inner'), folder('b')]), 'outside');
  });

  it('tells of nothing any more once it is over', async () => {
    const told: string[] = [];
    configuration.onDidChange(() => told.push('in effect'));
    configuration.onDidChangeAny(() => told.push('any'));
    configuration.dispose();
    open.inEffect = folder('b');
    await configuration.of(folder('b'));

    assert.deepEqual(told, []);
  });

  it('follows a folder that is opened later where all are followed', async () => {
    configuration.followAll();
    open.folders = [...open.folders, folder('c')];
    temporary.write({ 'c/.env': 'OPENAI_MODEL=of-c' });
    await configuration.load();

    assert.deepEqual(
      configuration.followAll().map((one) => modelIn(one.configuration)),
      ['of-a', 'of-b', 'of-c'],
    );
  });

  it('is empty until it is read', () => {
    const own = new WorkspaceConfiguration({ files: temporary.files, environment: { A: '1' }, home: '/' }, open);

    assert.deepEqual([own.current.folder, own.current.variables.process('A')], [undefined, '1']);
    assert.deepEqual(own.followAll(), []);
    own.dispose();
  });

  it('is read again where a file comes while it is read', async () => {
    const files = {
      ...temporary.files,
      watch: (_: readonly string[], tell: () => void) => {
        told.push(tell);
        return { dispose: () => undefined };
      },
      read: async (file: string) => {
        const read = await temporary.files.read(file);
        // It has just been seen that there is none.
        if (file === temporary.at('c/.env') && read.kind === 'missing') {
          temporary.write({ 'c/.env': 'OPENAI_MODEL=of-c' });
          for (const tell of told) tell();
        }
        return read;
      },
    };
    const told: (() => void)[] = [];
    const parts = { files, environment: {}, home: temporary.at('home') };
    const own = new WorkspaceConfiguration(parts, new MemoryFolders([folder('c')]));
    const read = new Promise<void>((resolve) => void own.onDidChange(resolve));
    await own.load();
    await read;
    own.dispose();

    assert.equal(modelIn(own.current), 'of-c');
  });

  describe('reads', () => {
    let read: string[];
    let watches: { readonly paths: readonly string[]; isOver: boolean }[];
    let own: WorkspaceConfiguration;
    const readsOf = (file: string) => read.filter((one) => one === temporary.at(file)).length;

    beforeEach(async () => {
      [read, watches] = [[], []];
      const files = {
        ...temporary.files,
        watch: (paths: readonly string[]) => {
          const watch = { paths, isOver: false };
          watches.push(watch);
          return { dispose: () => void (watch.isOver = true) };
        },
        read: (file: string) => {
          read.push(file);
          return temporary.files.read(file);
        },
      };
      own = new WorkspaceConfiguration({ files, environment: {}, home: temporary.at('home') }, open);
      await own.load();
    });
    afterEach(() => own.dispose());

    it('no folder any more that was closed, and it anew once it is opened', async () => {
      await own.of(folder('b'));
      open.folders = [folder('a')];
      await own.load();
      read = [];
      await own.load();
      assert.deepEqual([readsOf('a/.env') > 0, readsOf('b/.env')], [true, 0]);

      await own.of(folder('b'));
      assert.ok(readsOf('b/.env') > 0);
    });

    it('nothing more of a folder that was closed, whose files are not watched either', async () => {
      await own.of(folder('b'));
      const [watch] = watches.filter(({ paths }) => paths.includes(temporary.at('b/.env')));
      open.folders = [folder('a')];
      await own.load();

      assert.equal(watch?.isOver, true);
      assert.ok(watches.some(({ paths, isOver }) => paths.includes(temporary.at('a/.env')) && !isOver));
    });

    it('nothing more once it is over', async () => {
      await own.of(folder('b'));
      own.dispose();
      read = [];
      open.change({ inEffect: folder('b') });
      await own.of(folder('a'));

      assert.deepEqual(read, []);
      assert.ok(watches.every(({ isOver }) => isOver));
    });

    it('no folder that nobody works in', () => {
      assert.ok(readsOf('a/.env') > 0);
      assert.equal(readsOf('b/.env'), 0);
    });

    it('a folder once for all who ask for it at a time', async () => {
      own.followAll();
      own.followAll();
      await Promise.all([own.of(folder('b')), own.of(folder('b'))]);

      assert.equal(readsOf('b/.env'), readsOf('a/.env'));
    });
  });
});
