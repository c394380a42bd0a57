import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';

import { findProgram } from '../../../src/core/terminal/findProgram';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('a program on the PATH', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = createTemporaryFolder({ 'text/qwen': '', 'folder/qwen/file': '', 'bin/qwen': '', 'later/qwen': '' });
    chmodSync(folder.at('text/qwen'), 0o644);
    for (const name of ['bin/qwen', 'later/qwen']) chmodSync(folder.at(name), 0o755);
  });
  after(() => folder.remove());

  const find = async (...folders: readonly string[]) =>
    await findProgram('qwen', { environment: { PATH: folders.join(':') }, platform: 'linux' });

  it('is the first that can be run', async () => {
    const folders = ['missing', 'text', 'folder', 'bin', 'later'].map((name) => folder.at(name));

    assert.equal(await find(...folders), folder.at('bin/qwen'));
  });

  it('is none where nothing can be run', async () => {
    assert.equal(await find(folder.at('text'), ''), undefined);
    assert.equal(await findProgram('qwen', { environment: {}, platform: 'linux' }), undefined);
  });

  it('is never looked for from where somebody happens to be', async () => {
    assert.equal(await find(path.relative('.', folder.at('bin'))), undefined);
  });
});
