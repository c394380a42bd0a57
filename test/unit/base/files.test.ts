import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, symlinkSync } from 'node:fs';

import type { Disposable } from '../../../src/core/base/events';
import { SystemFiles, systemFiles } from '../../../src/core/base/files';
import type { FileRead } from '../../../src/core/base/ports';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

const MIB = 1024 * 1024;

for (const [how, files] of [
  ['beside other work', new SystemFiles()],
  ['by a program that waits for them', systemFiles],
] as const) {
  describe(`files of this machine, read ${how}`, () => {
    let temporary: TemporaryFolder;

    beforeEach(() => {
      temporary = createTemporaryFolder();
    });
    afterEach(() => temporary.remove());

    const read = (content: string | Uint8Array) => {
      temporary.write({ file: content });
      return files.read(temporary.at('file'));
    };

    it('are read as text', async () => {
      assert.deepEqual(await read('über'), { kind: 'text', text: 'über' });
      assert.deepEqual(await read(''), { kind: 'text', text: '' });
    });

    it('are read without a byte order mark', async () => {
      assert.deepEqual(await read('\uFEFF\uFEFFA=1'), { kind: 'text', text: '\uFEFFA=1' });
    });

    it('are read whatever their bytes', async () => {
      assert.deepEqual(await read(new Uint8Array([0, 0xff, 65])), { kind: 'text', text: '\0\uFFFDA' });
    });

    it('are told apart where they are in UTF-16, as Windows PowerShell writes them', async () => {
      const text = Buffer.from('\uFEFFA=1', 'utf16le');

      assert.equal(whyOf(await read(text)), 'is in UTF-16, not in UTF-8');
      assert.equal(whyOf(await read(text.swap16())), 'is in UTF-16, not in UTF-8');
    });

    it('are told apart where UTF-16 has no mark, or begins in the middle', async () => {
      const text = Buffer.from('KEY=1', 'utf16le');
      const appended = Buffer.concat([Buffer.from('FIRST=1\n'), text]);

      assert.equal(whyOf(await read(text)), 'is in UTF-16, not in UTF-8');
      assert.equal(whyOf(await read(appended)), 'is in UTF-16, not in UTF-8');
      assert.equal(whyOf(await read(Buffer.from(text).swap16())), 'is in UTF-16, not in UTF-8');
    });

    it('are broken where a link leads nowhere', async () => {
      symlinkSync(temporary.at('gone'), temporary.at('link'));

      const why = (name: string) => `${name} to ${temporary.at('gone')}, which does not exist`;
      assert.equal(whyOf(await files.read(temporary.at('link'))), why('is a link'));
      assert.equal(
        whyOf(await files.read(temporary.at('link/file'))),
        why(`is not there: ${temporary.at('link')} is a link`),
      );
    });

    it('are missing where a link leads to a folder without them', async () => {
      symlinkSync(temporary.at(''), temporary.at('link'));

      assert.deepEqual(await files.read(temporary.at('link/file')), { kind: 'missing' });
    });

    it('are not waited for where they are pipes', async () => {
      execFileSync('mkfifo', [temporary.at('pipe')]);

      assert.equal(whyOf(await files.read(temporary.at('pipe'))), 'is a named pipe, which is not read here');
    });

    it('may hold 1 MiB and no more', async () => {
      assert.equal((await read('a'.repeat(MIB))).kind, 'text');
      assert.deepEqual(await read('a'.repeat(MIB + 1)), { kind: 'broken', isRead: true, why: 'is larger than 1 MiB' });
    });

    it('may be missing, or a folder', async () => {
      temporary.write({ file: '' });

      assert.deepEqual(await files.read(temporary.at('nothing')), { kind: 'missing' });
      assert.deepEqual(await files.read(temporary.at('file/below')), { kind: 'missing' });
      assert.deepEqual(await files.read(temporary.at('')), { kind: 'folder' });
    });

    it('may be closed to the reader', async function () {
      temporary.write({ file: 'A=1' });
      chmodSync(temporary.at('file'), 0o000);

      const result = await asNobody(() => files.read(temporary.at('file')));

      if (!result) return skip(this, 'needs a user beside root, or one that files can be closed to');
      assert.deepEqual(result, { kind: 'broken', why: 'may not be read by you' });
    });

    describe('under watch', () => {
      let watching: Disposable | undefined;

      afterEach(() => watching?.dispose());

      /** Watches a file that is not there yet; `next` makes a change and waits until it is told. */
      function follow(): { readonly next: (change: () => void) => Promise<void> } {
        let tell = (): void => undefined;
        watching = new SystemFiles(20).watch([temporary.at('other'), temporary.at('file')], () => tell());
        return {
          next: (change) =>
            new Promise((resolve) => {
              tell = resolve;
              change();
            }),
        };
      }

      it('tell when they come, change and go', async () => {
        const { next } = follow();

        await next(() => temporary.write({ file: 'one' }));
        await next(() => temporary.write({ file: 'two' }));
        await next(() => rmSync(temporary.at('file')));

        assert.deepEqual(await files.read(temporary.at('file')), { kind: 'missing' });
      });

      it('tell when others take their place or permissions change', async () => {
        const { next } = follow();
        temporary.write({ older: 'older' });

        await next(() => temporary.write({ file: 'newer' }));
        await next(() => renameSync(temporary.at('older'), temporary.at('file')));
        await next(() => chmodSync(temporary.at('file'), 0o400));

        assert.deepEqual(await files.read(temporary.at('file')), { kind: 'text', text: 'older' });
      });

      it('are silent to those who went away', async () => {
        const { next } = follow();
        let told = 0;
        files.watch([temporary.at('file')], () => told++).dispose();

        await next(() => temporary.write({ file: 'one' }));

        assert.equal(told, 0);
      });
    });
  });
}

function whyOf(read: FileRead): string {
  return read.kind === 'broken' ? read.why : read.kind;
}

/** Does something as a user whom permissions hold for; undefined where the system has no such users. */
async function asNobody<T>(act: () => Promise<T>): Promise<T | undefined> {
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (user !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
