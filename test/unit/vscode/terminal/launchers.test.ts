import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';

import { writeLaunchers } from '../../../../src/vscode/terminal/launchers';
import { createTemporaryFolder, type TemporaryFolder } from '../../../fakes/temporaryFolder';
import { skip } from '../../../skip';

describe('the launchers for the PATH', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = createTemporaryFolder({ "it's/program.js": 'console.log(process.argv.slice(2).join())' });
  });
  afterEach(() => folder.remove());

  /** The permissions of the folder and of what lies in it. */
  const modes = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      ['.', ...readdirSync(folder.at('bin'))].map((name) => [
        name,
        (statSync(folder.at(`bin/${name}`)).mode & 0o777).toString(8),
      ]),
    );

  for (const umask of [0o000, 0o277]) {
    it(`can be changed by the person alone, with a umask of ${umask.toString(8)}`, async function () {
      if (process.platform === 'win32') skip(this, 'not on Windows');
      const before = process.umask(umask);
      await writeLaunchers(folder.at('bin'), folder.at('program.js')).finally(() => process.umask(before));

      assert.deepEqual(modes(), { '.': '700', 'qwen-auth': '700', 'qwen-auth.cmd': '600' });
    });
  }

  it('can be changed by the person alone where everybody could change what was there before', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    folder.write({ 'bin/qwen-auth': '', 'bin/qwen-auth.cmd': '' });
    for (const name of ['.', 'qwen-auth', 'qwen-auth.cmd']) chmodSync(folder.at(`bin/${name}`), 0o777);
    await writeLaunchers(folder.at('bin'), folder.at('program.js'));

    assert.deepEqual(modes(), { '.': '700', 'qwen-auth': '700', 'qwen-auth.cmd': '600' });
  });

  it('are not what somebody had open, or linked to, before', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    folder.write({ 'bin/qwen-auth': '', theirs: '' });
    const descriptor = openSync(folder.at('bin/qwen-auth'), 'r+');
    symlinkSync(folder.at('theirs'), folder.at('bin/qwen-auth.cmd'));
    await writeLaunchers(folder.at('bin'), folder.at('program.js'));
    writeSync(descriptor, 'theirs');
    closeSync(descriptor);

    assert.doesNotMatch(readFileSync(folder.at('bin/qwen-auth'), 'utf8'), /theirs/);
    assert.ok(lstatSync(folder.at('bin/qwen-auth.cmd')).isFile());
    assert.equal(readFileSync(folder.at('theirs'), 'utf8'), '');
  });

  it('start the program, whatever its path', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    await writeLaunchers(folder.at('bin'), folder.at("it's/program.js"));

    const { stdout } = spawnSync(folder.at('bin/qwen-auth'), ['a b', '$HOME'], { encoding: 'utf8' });

    assert.equal(stdout, 'a b,$HOME\n');
  });
});
