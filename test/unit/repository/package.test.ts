import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

describe('the packaged extension', () => {
  it('holds these files and no other', () => {
    const vsce = [path.resolve('node_modules/@vscode/vsce/vsce'), 'ls', '--no-dependencies'];

    const files = execFileSync(process.execPath, vsce, { cwd: 'out/package', encoding: 'utf8' })
      .trim()
      .split('\n')
      .sort();

    assert.deepEqual(files, [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/ThirdPartyNotices.txt',
      'dist/cli.js',
      'dist/cliProgram.js',
      'dist/extension.js',
      'dist/openai.js',
      'dist/webview.css',
      'dist/webview.js',
      'media/icon.png',
      'media/icon.svg',
      'media/schemas/qwenSettings.json',
      'media/screenshots/chat.png',
      'media/screenshots/panel.png',
      'media/screenshots/picker.png',
      'media/screenshots/terminal.png',
      'media/walkthrough/chat.md',
      'media/walkthrough/model.md',
      'media/walkthrough/sign-in.md',
      'media/walkthrough/test.md',
      'package.json',
      'package.nls.json',
    ]);
  });
});
