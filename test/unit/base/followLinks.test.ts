import assert from 'node:assert/strict';
import { chmodSync, chownSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { SystemFiles, systemFiles } from '../../../src/core/base/files';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

for (const [how, files] of [
  ['beside other work', new SystemFiles()],
  ['by a program that waits for them', systemFiles],
] as const) {
  describe(`the way to a file, read ${how}`, () => {
    let temporary: TemporaryFolder;

    beforeEach(() => {
      temporary = createTemporaryFolder({ 'a/file': '', 'b/file': '' });
    });
    afterEach(() => temporary.remove());

    /** Those in the temporary folder, by their names in it. */
    const entries = async (name: string) => {
      const way = await files.followLinks(temporary.at(name));
      const inside = way.entries.filter((entry) => entry.path.startsWith(temporary.at('') + path.sep));
      return inside.map((entry) => ({ ...entry, path: path.relative(temporary.at(''), entry.path) }));
    };
    const names = async (name: string) => (await entries(name)).map((entry) => entry.path);

    it('begins at the root', async () => {
      const [first] = (await files.followLinks(temporary.at('a'))).entries;

      assert.deepEqual([first?.path, first?.kind], [path.parse(temporary.at('a')).root, 'folder']);
    });

    it('leads through folders', async () => {
      assert.deepEqual(
        (await entries('a/file')).map((entry) => `${entry.kind} ${entry.path}`),
        ['folder a', 'file a/file'],
      );
    });

    it('ends where nothing is', async () => {
      assert.deepEqual(await names('a/nothing/at/all'), ['a']);
      assert.equal((await files.followLinks(temporary.at('a/nothing'))).target, undefined);
    });

    it('goes on where links lead', async () => {
      symlinkSync(temporary.at('b'), temporary.at('a/absolute'));
      symlinkSync('../b/file', temporary.at('a/relative'));

      assert.deepEqual(await names('a/absolute/file'), ['a', 'a/absolute', 'b', 'b/file']);
      assert.deepEqual(await names('a/relative'), ['a', 'a/relative', 'a', 'b', 'b/file']);
    });

    it('goes up from where a link has led', async () => {
      mkdirSync(temporary.at('deep/er'), { recursive: true });
      symlinkSync(temporary.at('deep/er'), temporary.at('a/link'));
      symlinkSync('link/../file', temporary.at('a/odd'));
      temporary.write({ 'deep/file': '' });

      assert.equal((await files.followLinks(temporary.at('a/odd'))).target, temporary.at('deep/file'));
    });

    it('ends in a circle', async () => {
      symlinkSync('circle', temporary.at('a/circle'));

      assert.ok((await names('a/circle')).length < 100);
    });

    it('tells who may write, and of other names', async function () {
      if (process.geteuid === undefined) return skip(this, 'not on Windows, where files have no such owners');
      chmodSync(temporary.at('a'), 0o1777);
      linkSync(temporary.at('a/file'), temporary.at('a/other'));

      const [folder, file] = await entries('a/file');

      assert.deepEqual([folder?.writers, folder?.isSticky, folder?.owner], ['everybody', true, 'person']);
      assert.deepEqual([file?.writers, file?.isSticky, file?.names], ['owner', false, 2]);
    });

    it('tells whose they are', async function () {
      if (process.geteuid?.() !== 0) return skip(this, 'needs root, to give files to somebody else');
      chownSync(temporary.at('a/file'), 65_534, 65_534);

      const [, file] = await entries('a/file');

      assert.deepEqual([file?.owner, file?.ownerName], ['other', 'nobody']);
    });
  });
}
