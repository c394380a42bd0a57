import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { systemGit } from '../../../src/core/base/git';
import { ignoreLine } from '../../../src/core/diagnostics/gitLeaks';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('what git says of a file', () => {
  let folder: TemporaryFolder;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder.at('repository'), ...args], { stdio: 'pipe' });

  beforeEach(() => {
    folder = createTemporaryFolder({
      'outside/.env': 'A=1',
      'repository/.env': 'A=1',
      'repository/a [b]/.qwen/.env': 'A=1',
    });
    git('init', '--quiet');
  });
  afterEach(() => folder.remove());

  const stateOf = async (name: string) => (await systemGit.stateOf(folder.at(name)))?.state;

  it('is untracked at first', async () => {
    assert.deepEqual(await systemGit.stateOf(folder.at('repository/a [b]/.qwen/.env')), {
      state: 'untracked',
      repository: folder.at('repository'),
      path: 'a [b]/.qwen/.env',
    });
  });

  it('is ignored by the line that is made for it', async () => {
    folder.write({ 'repository/.gitignore': `${ignoreLine({ path: 'a [b]/.qwen/.env' })}\n` });

    assert.equal(await stateOf('repository/a [b]/.qwen/.env'), 'ignored');
    assert.equal(await stateOf('repository/.env'), 'untracked');
  });

  it('is ignored by a pattern above it', async () => {
    folder.write({ 'repository/.gitignore': '.env\n' });

    assert.equal(await stateOf('repository/a [b]/.qwen/.env'), 'ignored');
  });

  it('is tracked once it is added, ignored or not', async () => {
    git('add', '.env');
    folder.write({ 'repository/.gitignore': '.env\n' });

    assert.equal(await stateOf('repository/.env'), 'tracked');
  });

  it('is nothing outside of a repository, or of a folder that is not there', async () => {
    assert.equal(await stateOf('outside/.env'), undefined);
    assert.equal(await stateOf('repository/missing/.env'), undefined);
  });

  it('is nothing without the program', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = folder.at('outside');
    try {
      assert.equal(await stateOf('repository/.env'), undefined);
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  it('is asked without starting what the repository names', async () => {
    git('config', 'core.fsmonitor', `touch ${folder.at('started')}; false`);

    await stateOf('repository/.env');

    assert.deepEqual(await folder.files.read(folder.at('started')), { kind: 'missing' });
  });
});
