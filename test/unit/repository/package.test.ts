import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

describe('the packaged extension', () => {
  it('holds these files and no other', () => {
    const vsce = [path.resolve('node_modules/@vscode/vsce/vsce'), 'ls', '--no-dependencies'];

    const files = execFileSync(process.execPath, vsce, { cwd: 'out/package', encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((file) => file.replace(/-[0-9A-Z]{8}\.js$/, '-(hash).js'))
      .sort();

    assert.deepEqual(
      [...new Set(files)],
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/ThirdPartyNotices.txt',
        'dist/chunk-(hash).js',
        'dist/cli.js',
        'dist/cliProgram.js',
        'dist/extension.js',
        'dist/openai.js',
        'dist/process-(hash).js',
        'dist/webview.css',
        'dist/webview.js',
        'media/icon.png',
        'media/icon.svg',
        'media/schemas/qwenSettings.json',
        'media/walkthrough/chat.md',
        'media/walkthrough/model.md',
        'media/walkthrough/sign-in.md',
        'media/walkthrough/test.md',
        'package.json',
        'package.nls.json',
      ],
    );
  });
});
