import assert from 'node:assert/strict';
import {
  findLeaks,
  ignoredMessage,
  ignoreLine,
  leakWarnings,
  withIgnoreLine,
} from '../../../src/core/diagnostics/gitLeaks';
import type { Files, GitFile } from '../../../src/core/base/ports';

const KEY = 'sk-0123456789abcdef';

/** A project with these files, of which git says what `states` says, else that it does not know them. */
function project(files: Readonly<Record<string, string>>, states: Readonly<Record<string, GitFile['state']>> = {}) {
  const read: Files['read'] = async (file) => {
    const text = files[file.replace('/project/', '')];
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  return {
    files: { read, watch: () => ({ dispose: () => undefined }) },
    git: {
      stateOf: async (file: string): Promise<GitFile> => {
        const path = file.replace('/project/', '');
        return { state: states[path] ?? 'untracked', repository: '/project', path };
      },
    },
  };
}

const CANDIDATES = ['/project/.env', '/project/.qwen/.env', '/project/.env'];

describe('the leak guard', () => {
  for (const [what, text, names] of [
    ['a key', `OPENAI_API_KEY=${KEY}`, ['OPENAI_API_KEY']],
    [
      'keys without a shape of their own',
      'LLAMA_API_KEY="local-secret"\nexport MY_API_KEY=0123456789',
      ['LLAMA_API_KEY', 'MY_API_KEY'],
    ],
  ] as const) {
    it(`finds ${what}`, async () => {
      const leaks = await findLeaks(project({ '.env': text }), CANDIDATES);

      assert.deepEqual(
        leaks.map((leak) => [leak.git.path, leak.names]),
        [['.env', names]],
      );
    });
  }

  for (const [what, text] of [
    ['a placeholder', 'OPENAI_API_KEY=your-api-key-here'],
    ['an empty value', 'OPENAI_API_KEY='],
    ['another variable', `PASSWORD=${KEY}`],
    ['a comment', `# OPENAI_API_KEY=${KEY}`],
  ] as const) {
    it(`passes over ${what}`, async () => {
      assert.deepEqual(await findLeaks(project({ '.env': text }), CANDIDATES), []);
    });
  }

  it('passes over what git ignores', async () => {
    assert.deepEqual(await findLeaks(project({ '.env': `A_API_KEY=${KEY}` }, { '.env': 'ignored' }), CANDIDATES), []);
  });

  it('is silent where there is no git', async () => {
    const { files } = project({ '.env': `A_API_KEY=${KEY}` });

    assert.deepEqual(await findLeaks({ files, git: { stateOf: async () => undefined } }, CANDIDATES), []);
  });

  it('never asks git of files without a key', async () => {
    const { files } = project({ '.env': 'PORT=80' });
    const git = { stateOf: async () => assert.fail('git was asked') };

    assert.deepEqual(await findLeaks({ files, git }, CANDIDATES), []);
  });

  for (const [what, text, page] of [
    [
      'the base URL',
      `OPENAI_API_KEY=${KEY}\nOPENAI_BASE_URL=https://coding.dashscope.aliyuncs.com/v1/`,
      /bailian\.console.*coding_plan/,
    ],
    ['what the key begins with', 'OPENAI_API_KEY=sk-or-0123456789abcdef', /openrouter\.ai/],
    ['the variable', `DASHSCOPE_API_KEY=${KEY}`, /bailian|aliyun/],
    ['nobody', `MY_API_KEY=${KEY}`, /^none$/],
    ['an address that is none', `OPENAI_API_KEY=${KEY}\nOPENAI_BASE_URL=nowhere`, /platform\.openai\.com/],
  ] as const) {
    it(`knows the key page by ${what}`, async () => {
      const [leak] = await findLeaks(project({ '.env': text }), CANDIDATES);

      assert.match(leak?.keyPage ?? 'none', page);
    });
  }

  it('warns once of all files that can still be ignored', async () => {
    const both = project({ '.env': `A_API_KEY=${KEY}`, '.qwen/.env': `B_API_KEY=${KEY}` });

    const warnings = leakWarnings(await findLeaks(both, CANDIDATES));

    assert.deepEqual(
      warnings.map(({ message }) => message),
      [
        '.env and .qwen/.env hold a key (A_API_KEY, B_API_KEY), and git does not ignore them: the next commit may publish them.',
      ],
    );
  });

  it('says how to rotate a key that git keeps, within what a notification holds', async () => {
    const tracked = project({ '.qwen/.env': `DASHSCOPE_API_KEY=${KEY}` }, { '.qwen/.env': 'tracked' });

    const [warning] = leakWarnings(await findLeaks(tracked, CANDIDATES));

    assert.equal(warning?.command, 'git rm --cached -- .qwen/.env');
    assert.match(
      warning.message,
      /revoke this one, then run "git rm --cached -- \.qwen\/\.env" and add it to \.gitignore/,
    );
    assert.ok(warning.message.length < 300);
  });

  for (const [what, path, pattern] of [
    ['a blank', 'it is/.env', '"it is/.env"'],
    ['letters of any language', 'größe/项目/.env', '"größe/项目/.env"'],
    ['what ends a quotation', "it's; reboot '/.env", '"it?s? reboot ?/.env"'],
    ["what Windows' command processor obeys", 'a&reboot&"%PATH%/.env', '"a?reboot???PATH?/.env"'],
    ['what a terminal obeys', 'a\u0003reboot\r/.env', '"a?reboot?/.env"'],
    ['signs of several bytes', 'a😀\u2028/.env', '"a???????/.env"'],
    ['what git would take for an option', '-r/.env', '"-r/.env"'],
    ['what git would take for a pattern', ':!a*/.env', '"??a?/.env"'],
  ] as const) {
    it(`names a path with ${what} for every shell`, () => {
      const git = { state: 'tracked', repository: '/p', path } as const;

      const [warning] = leakWarnings([{ file: '', git, names: ['A_API_KEY'], keyPage: undefined }]);

      assert.equal(warning?.command, `git rm --cached -- ${pattern}`);
    });
  }

  for (const [state, kind, said] of [
    ['ignored', 'info', /^git ignores \.env from now on\.$/],
    ['untracked', 'warning', /^git still does not ignore \.env\./],
  ] as const) {
    it(`tells that a file is ${state} in the end`, () => {
      const git = { state: 'untracked', repository: '/project', path: '.env' } as const;

      const told = ignoredMessage([{ file: '', git, names: [], keyPage: undefined }], [{ ...git, state }]);

      assert.equal(told.kind, kind);
      assert.match(told.message, said);
    });
  }

  it('never says the key', async () => {
    const warnings = leakWarnings(await findLeaks(project({ '.env': `A_API_KEY=${KEY}` }), CANDIDATES));

    assert.ok(!JSON.stringify(warnings).includes(KEY));
  });
});

describe('the line for .gitignore', () => {
  for (const [path, line] of [
    ['.env', '/.env'],
    ['apps/web/.qwen/.env', '/apps/web/.qwen/.env'],
    ['a[b]*?/.env', '/a\\[b\\]\\*\\?/.env'],
  ] as const) {
    it(`is ${line}`, () => assert.equal(ignoreLine({ path }), line));
  }

  for (const [what, before, after] of [
    ['an empty file', '', '/.env\n'],
    ['a file', 'dist\n', 'dist\n/.env\n'],
    ['a last line without an end', 'dist', 'dist\n/.env\n'],
    ["Windows' line endings", 'dist\r\nout', 'dist\r\nout\r\n/.env\r\n'],
    ['a file that has it', '/.env\r\ndist\r\n', '/.env\r\ndist\r\n'],
    ['a file that has something like it', '#/.env\n', '#/.env\n/.env\n'],
  ] as const) {
    it(`is put at the end of ${what}`, () => assert.equal(withIgnoreLine(before, '/.env'), after));
  }
});
