import assert from 'node:assert/strict';
import { inertCode, inertText, withoutLinks } from '../../../src/core/views/inertText';

describe('a name that somebody else has given', () => {
  for (const [given, shown] of [
    ['qwen3-coder-plus', 'qwen3-coder-plus'],
    ['Qwen3 (free) *new*', 'Qwen3 (free) *new*'],
    ['[Free](command:workbench.action.quit)', '(Free)(command:workbench.action.quit)'],
    ['<command:workbench.action.quit>', '‹command:workbench.action.quit›'],
    ['$(check) gpt', '$ (check) gpt'],
    ['a\u202Eb\n\n# c', 'a b # c'],
    ['x'.repeat(10_000), `${'x'.repeat(200)}…`],
  ] as const) {
    it(`is shown as ${JSON.stringify(shown.slice(0, 50))}`, () => {
      assert.equal(inertText(given), shown);
    });
  }
});

describe('a path in Markdown', () => {
  it('is code, which it cannot leave', () => {
    assert.equal(inertCode('/home/a`[x](command:y)`\n\n# b'), "`/home/a'[x](command:y)' # b`");
  });
});

describe('a sentence where VS Code makes links and icons of words', () => {
  it('holds neither, and is the same otherwise', () => {
    assert.equal(
      withoutLinks('Requests go to http://[::1]/$(check)/[a](command:quit)\u200B(b) <c> `d`\n'),
      'Requests go to http://[::1]/$ (check)/[a] (command:quit) (b) <c> `d`',
    );
  });
});
