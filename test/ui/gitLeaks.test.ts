import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { useWorkbench } from '../host/fixture.mjs';
import { extensionLoaded, notification, openNotifications, takeButton } from '../host/workbench.mjs';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';

const KEY = 'sk-or-0123456789abcdef';

describe('a key that git would publish', () => {
  let project: TemporaryFolder;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', project.at(''), ...args], { encoding: 'utf8', stdio: 'pipe' });
  const workbench = useWorkbench(() => {
    project = createTemporaryFolder({
      '.gitignore': 'dist\r\n',
      '.qwen/.env': `OPENROUTER_API_KEY=${KEY}\n`,
      'apps/web/.env': `OPENROUTER_API_KEY=${KEY}\n`,
      'apps/api/.env': `OPENROUTER_API_KEY=${KEY}\n`,
    });
    git('init', '--quiet');
    git('add', 'apps/api');
    return { folder: project.at('') };
  });
  after(() => project.remove());

  it('is ignored at a click, in every file that holds it', async () => {
    const toast = notification(
      workbench().page,
      /\.qwen\/\.env and apps\/web\/\.env hold a key \(OPENROUTER_API_KEY\)/,
    );

    await takeButton(toast, 'Add to .gitignore');

    await notification(workbench().page, 'git ignores .qwen/.env and apps/web/.env from now on.').waitFor();
    assert.equal(git('check-ignore', '.qwen/.env', 'apps/web/.env'), '.qwen/.env\napps/web/.env\n');
    assert.equal(readFileSync(project.at('.gitignore'), 'utf8'), 'dist\r\n/.qwen/.env\r\n/apps/web/.env\r\n');
  });

  it('is to be rotated where git has it already, and not mentioned again', async () => {
    const { page } = workbench();
    await openNotifications(page);
    const toast = notification(page, /apps\/api\/\.env holds a key .* run "git rm --cached -- apps\/api\/\.env"/);
    await toast.getByRole('button', { name: 'Open key page' }).waitFor();

    await takeButton(toast, 'Not now');
    project.write({ '.env': `OPENROUTER_API_KEY=${KEY}\n` });
    // It comes after the answer was remembered.
    const another = /(?<!\/)\.env holds a key/;
    await notification(page, another).waitFor();
    await page.reload({ waitUntil: 'commit' });
    await extensionLoaded(page);

    await notification(page, another).waitFor();
    assert.equal(await toast.count(), 0);
  });
});

describe('a project whose .gitignore leads to another file', () => {
  let project: TemporaryFolder;
  const workbench = useWorkbench(() => {
    project = createTemporaryFolder({
      'home/.profile': 'export LANG=C\n',
      'home/project/;reboot;/.env': `OPENROUTER_API_KEY=${KEY}\n`,
    });
    symlinkSync('../.profile', project.at('home/project/.gitignore'));
    execFileSync('git', ['init', '--quiet', project.at('home/project')]);
    return { folder: project.at('home/project') };
  });
  after(() => project.remove());

  it('has nothing written there, which is said', async () => {
    const { page } = workbench();

    await takeButton(notification(page, /;reboot;\/\.env holds a key/), 'Add to .gitignore');

    await notification(page, 'git still does not ignore ;reboot;/.env.').waitFor();
    assert.equal(readFileSync(project.at('home/.profile'), 'utf8'), 'export LANG=C\n');
  });
});
