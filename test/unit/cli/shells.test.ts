import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';

import { writeOption, writeVariables } from '../../../src/cli/shells';

const VALUE = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));

describe('shells', () => {
  it('sets exactly the value in sh, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { minLength: 20, maxLength: 20 }), (values) => {
        const names = values.map((_, index) => `VALUE_${index}`);
        const script = writeVariables(
          'sh',
          Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
        );
        const print = names.map((name) => `printf '%s\\0' "$${name}"`).join('\n');

        const printed = execFileSync('sh', ['-c', `${script}${print}`], { encoding: 'utf8', env: {} });

        assert.deepEqual(printed.split('\0').slice(0, -1), values);
      }),
      { numRuns: 50 },
    );
  });

  it('reads back exactly from JSON', () => {
    fc.assert(
      fc.property(VALUE, (value) => assert.deepEqual(JSON.parse(writeVariables('json', { A: value })), { A: value })),
    );
  });

  const tricky = `it's $HOME \`id\` "x" \\ ‘y’ ; & |`;
  for (const [shell, expected] of [
    ['sh', `export A='it'\\''s $HOME \`id\` "x" \\ ‘y’ ; & |'\n`],
    ['fish', `set -gx A 'it\\'s $HOME \`id\` "x" \\\\ ‘y’ ; & |'\n`],
    ['powershell', `$env:A = 'it''s $HOME \`id\` "x" \\ ‘‘y’’ ; & |'\n`],
  ] as const) {
    it(`quotes what ${shell} would read otherwise`, () => {
      assert.equal(writeVariables(shell, { A: tricky }), expected);
    });
  }

  it('writes an option that sh reads as it is meant, whatever its value holds', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { minLength: 20, maxLength: 20 }), (values) => {
        const script = values.map((value) => `printf '%s\\0' ${writeOption('model', value, 'linux')}`).join('\n');

        const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} });

        const words = printed.replaceAll('--model\0', '--model=').split('\0').slice(0, -1);
        assert.deepEqual(
          words,
          values.map((value) => `--model=${value}`),
        );
      }),
      { numRuns: 50 },
    );
  });

  for (const [value, posix, windows] of [
    ['qwen/qwen3-coder:free', ' qwen/qwen3-coder:free', ' qwen/qwen3-coder:free'],
    ['my model', ` 'my model'`, ' "my model"'],
    ['https://a.b/v1?x=1&y=2', ` 'https://a.b/v1?x=1&y=2'`, ' "https://a.b/v1?x=1&y=2"'],
    ['$HOME', ` '$HOME'`, ` '$HOME'`],
    [`it's`, ` 'it'\\''s'`, ` "it's"`],
    [`it's "so"`, ` 'it'\\''s "so"'`, ` 'it''s "so"'`],
    ['C:\\models', ` 'C:'\\\\'models'`, ' "C:\\models"'],
    ['@a', ` '@a'`, ' "@a"'],
    ['-v', '=-v', '=-v'],
    ['', ` ''`, ' ""'],
  ] as const) {
    it(`writes ${value || 'nothing'} as the value of an option for the shells of each system`, () => {
      assert.deepEqual(
        [writeOption('model', value, 'linux'), writeOption('model', value, 'win32')],
        [`--model${posix}`, `--model${windows}`],
      );
    });
  }
});
