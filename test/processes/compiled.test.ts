import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type CommandLineProgram, createCommandLineProgram } from '../fakes/commandLineProgram';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { skip } from '../skip';

/** A Node that keeps what it compiled, where the tests for VS Code have brought one. */
const NEWER_NODE = path.resolve(`test/host/node_modules/node-${process.platform}-${process.arch}/bin/node`);
const KEY = 'sk-0123456789abcdef';

describe('what Node has compiled of the command line', () => {
  let installed: TemporaryFolder;
  let program: CommandLineProgram;

  beforeEach(function () {
    if (!existsSync(NEWER_NODE)) skip(this, 'needs the newer Node that is installed beside the tests');
    installed = createTemporaryFolder();
    cpSync('out/cli', installed.at('dist'), { recursive: true });
    program = createCommandLineProgram({}, installed.at('dist/cli.js'));
  });
  afterEach(() => {
    program?.remove();
    installed?.remove();
  });

  const status = () => program.run(['status'], { OPENAI_API_KEY: KEY }, NEWER_NODE);
  const kept = () =>
    readdirSync(installed.at('dist/.compiled'), { recursive: true, encoding: 'utf8' })
      .map((name) => installed.at(path.join('dist/.compiled', name)))
      .filter((file) => statSync(file).isFile());

  it('is kept for this user alone, with nothing of a key in it', async () => {
    await status();

    assert.equal(statSync(installed.at('dist/.compiled')).mode & 0o777, 0o700);
    assert.ok(kept().length > 0);
    for (const file of kept()) {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(readFileSync(file).includes(KEY), false);
    }
  });

  it('changes nothing where it was damaged', async () => {
    const before = await status();
    assert.ok(kept().length > 0);
    for (const file of kept()) writeFileSync(file, 'damaged');

    assert.deepEqual(await status(), before);
  });
});
