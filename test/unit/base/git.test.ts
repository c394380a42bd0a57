import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemGit } from '../../../src/core/base/git';
import { ignoreLine, leakWarnings } from '../../../src/core/diagnostics/gitLeaks';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

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

  it('is untracked after the command that is told for it', async function () {
    if (process.platform === 'win32') skip(this, 'not with such a name on Windows');
    const file = "it's [b] 😀;*/.env";
    folder.write({ [`repository/${file}`]: 'A=1', 'repository/it is/.env': 'A=1' });
    git('add', '.');
    const known = { state: 'tracked', repository: folder.at('repository'), path: file } as const;
    const [warning] = leakWarnings([{ file: '', git: known, names: ['A_API_KEY'], keyPage: undefined }]);

    execFileSync(warning?.command ?? '', { shell: true, cwd: folder.at('repository'), stdio: 'pipe' });

    assert.equal(await stateOf(`repository/${file}`), 'untracked');
    assert.equal(await stateOf('repository/it is/.env'), 'tracked');
  });

  it('is nothing outside of a repository, or of a folder that is not there', async () => {
    assert.equal(await stateOf('outside/.env'), undefined);
    assert.equal(await stateOf('repository/missing/.env'), undefined);
  });

  for (const [where, other] of [
    ['no repository is', 'missing'],
    ['another repository is', '.git'],
  ] as const) {
    it(`is nothing where the repository names a folder above it as its top, in which ${where}`, async () => {
      git('init', '--quiet', '--bare', folder.at(other));
      git('config', 'core.worktree', path.dirname(folder.at('repository')));

      assert.equal(await stateOf('repository/.env'), undefined);
    });
  }

  it('is of a second work tree and of a submodule as of any other', async () => {
    git('config', 'user.name', 'a');
    git('config', 'user.email', 'a@example.com');
    git('commit', '--quiet', '--allow-empty', '--message', 'a');
    git('worktree', 'add', '--quiet', folder.at('tree'));
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', folder.at('repository'), 'module');
    folder.write({ 'tree/.env': 'A=1', 'repository/module/.env': 'A=1' });

    assert.equal(await stateOf('tree/.env'), 'untracked');
    assert.equal(await stateOf('repository/module/.env'), 'untracked');
  });

  it('is nothing where a folder has a name of two lines', async function () {
    if (process.platform === 'win32') skip(this, 'not with such a name on Windows');
    folder.write({ 'repository/a\nb/.env': 'A=1' });

    assert.equal(await stateOf('repository/a\nb/.env'), undefined);
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

  describe('is asked without starting', () => {
    const isStarted = (): boolean => existsSync(folder.at('started'));

    /** Makes git fetch an object of the repository that is not there, by what `remote` says, when it is asked. */
    function lackIgnoreFile(remote: Readonly<Record<string, string>>): void {
      folder.write({ 'repository/.gitignore': 'dist\n' });
      git('add', '.gitignore');
      git('update-index', '--skip-worktree', '.gitignore');
      const object = git('rev-parse', ':.gitignore').toString().trim();
      for (const file of ['.gitignore', `.git/objects/${object.slice(0, 2)}/${object.slice(2)}`])
        rmSync(folder.at(`repository/${file}`));
      const settings = { 'core.repositoryFormatVersion': '1', 'extensions.partialClone': 'evil', ...remote };
      for (const [name, value] of Object.entries(settings)) git('config', name, value);
    }

    it('the monitor of files that the repository names', async () => {
      git('config', 'core.fsmonitor', `touch ${folder.at('started')}; false`);

      await stateOf('repository/.env');

      assert.ok(!isStarted());
    });

    for (const [what, remote] of [
      [
        'a program',
        (started: string) => ({
          'remote.evil.url': `ext::touch ${started}`,
          'protocol.ext.allow': 'always',
        }),
      ],
      [
        'an ssh of its own',
        (started: string) => ({ 'remote.evil.url': 'ssh://git@localhost/a', 'core.sshCommand': `touch ${started};` }),
      ],
      [
        'a folder of this machine',
        (started: string) => ({ 'remote.evil.url': '/', 'remote.evil.uploadPack': `touch ${started};` }),
      ],
    ] as const) {
      it(`${what} that the repository names to fetch what it lacks`, async () => {
        lackIgnoreFile(remote(folder.at('started')));

        await stateOf('repository/.env');

        assert.ok(!isStarted());
      });
    }

    it('what a repository names that lies among the files of a project', async () => {
      lackIgnoreFile({ 'remote.evil.url': `ext::touch ${folder.at('started')}`, 'protocol.ext.allow': 'always' });
      git('config', 'core.worktree', '.');
      folder.write({ 'project/a': '' });
      renameSync(folder.at('repository/.git'), folder.at('project/bare'));
      folder.write({ 'project/bare/.env': 'A=1' });

      assert.equal(await stateOf('project/bare/.env'), undefined);
      assert.ok(!isStarted());
    });

    it('a program of the folder that is worked in', async () => {
      folder.write({ 'outside/git': `#!/bin/sh\ntouch ${folder.at('started')}\n` });
      chmodSync(folder.at('outside/git'), 0o755);
      const [{ PATH }, before] = [process.env, process.cwd()];
      process.env['PATH'] = `.${path.delimiter}${PATH}`;
      process.chdir(folder.at('outside'));
      try {
        await stateOf('repository/.env');
      } finally {
        process.chdir(before);
        process.env['PATH'] = PATH;
      }

      assert.ok(!isStarted());
    });
  });
});
