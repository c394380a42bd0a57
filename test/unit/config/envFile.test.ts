import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import * as fc from 'fast-check';

import { type EnvFile, readEnvFile, withoutExcluded } from '../../../src/core/config/envFile';

const read = (text: string, side: EnvFile['side'] = 'person') => readEnvFile('/home/me/.env', side, text);
const inShort = (file: EnvFile) =>
  [...file.values].map(([name, { value, line }]) => `${line}: ${name}=${value.reveal()}`);

describe('environment file', () => {
  const rows: readonly (readonly [title: string, text: string, ...expected: readonly string[]])[] = [
    ['is empty where nothing is set', '\n# A=1\nA\n'],
    ['has variables on their lines', '# mine\nA=1\n\nB = 2 ', '2: A=1', '4: B=2'],
    ['may have lines that end as on Windows', 'A=1\r\nB=2\rC=3', '1: A=1', '2: B=2', '3: C=3'],
    ['may export', 'export A=1\n  export  B=2', '1: A=1', '2: B=2'],
    ['may name with a colon', 'A: 1', '1: A=1'],
    ['may name with dots and dashes', 'a.b-c=1', '1: a.b-c=1'],
    ['may quote', `A='1 #'\nB="2 #" # two\nC=\`3'"\``, '1: A=1 #', '2: B=2 #', `3: C=3'"`],
    ['may quote values of several lines', 'A="1\nB=no\n3"\nC=3', '1: A=1\nB=no\n3', '4: C=3'],
    ['may escape line ends within double quotes', `A="1\\n2"\nB='1\\n2'`, '1: A=1\n2', '2: B=1\\n2'],
    ['may comment behind a value', 'A=1 # one\nB=2#two', '1: A=1', '2: B=2'],
    ['takes the last of several, on its line', 'A=1\nB=2\nA=3\n', '3: A=3', '2: B=2'],
    ['takes no line of a value for a setting', 'B=2\nA="\nB=no"', '2: A=\nB=no', '1: B=2'],
    ['takes no line of a value with a comment behind it for one', 'B=2\nA= "\nB=no" # two', '2: A=\nB=no', '1: B=2'],
    ['takes no part of a value for one', 'B=2\nA=1 B=3', '2: A=1 B=3', '1: B=2'],
    ['has no value of several lines that goes on behind its quotes', 'A="1\nB=2" x', '1: A="1', '2: B=2" x'],
    ['expands nothing', 'A=1\nB=$A${A}', '1: A=1', '2: B=$A${A}'],
    ['may be empty', 'A=\nB=""', '1: A=', '2: B='],
    ['goes on after quotes that never end', 'A="1\nB=2', '1: A="1', '2: B=2'],
    ['may have names and values lines apart', 'export\nA\n=1', '1: A=1'],
  ];
  for (const line of [
    'set OPENAI_API_KEY=k',
    'set  OPENAI_API_KEY=k',
    '$env:OPENAI_API_KEY = "k"',
    'declare -x OPENAI_API_KEY="k"',
    '- OPENAI_API_KEY=k',
    '\u200bOPENAI_API_KEY=k',
    '\ufeffexport OPENAI_API_KEY=k',
    '\t-  OPENAI_API_KEY: k',
    '- set\tOPENAI_API_KEY=k',
    'declare  -x\t\u200bOPENAI_API_KEY = k',
    '$Env:OPENAI_API_KEY="k"',
    '$ENV:OPENAI_API_KEY="k"',
    'OPENAI_API_KEY:k',
    'OPENAI_API_KEY：k',
    'OPENAI_API_KEY ＝ k',
    'export OPENAI_API_KEY：k',
    '  "OPENAI_API_KEY" : "k"',
    "'OPENAI_API_KEY': 'k'",
    'setx OPENAI_API_KEY "k"',
    'setx  OPENAI_API_KEY  k',
    'setx OPENAI_API_KEY=k',
    'setenv OPENAI_API_KEY k',
    'launchctl setenv OPENAI_API_KEY k',
    'set -gx OPENAI_API_KEY k',
    'set -Ux OPENAI_API_KEY "k"',
    'ENV OPENAI_API_KEY k',
    'ENV OPENAI_API_KEY=k',
  ]) {
    it(`understands ${JSON.stringify(line)}`, () => {
      assert.deepEqual(inShort(read(`# mine\n${line}\n`)), ['2: OPENAI_API_KEY=k']);
    });
  }

  for (const name of ['HF_TOKEN', 'OPENAI_BASE_URL', 'OPENAI_API_BASE', 'OPENAI_MODEL', 'A2_KEY'])
    it(`understands other shells where they set ${name}`, () => {
      assert.deepEqual(inShort(read(`set ${name}=k`)), [`1: ${name}=k`]);
    });

  for (const line of [
    'set PATH=k',
    '$env:NODE_OPTIONS=k',
    'set openai_api_key=k',
    'set 2_KEY=k',
    'set OPENAI_API_KEYS=k',
    'set OPENAI_API_KEY k',
    `set ${'A'.repeat(62)}_KEY=k`,
    'reset OPENAI_API_KEY=k',
    'OPENAI_API_KEY k',
    'export OPENAI_API_KEY k',
    'setx PATH k',
    'setx OPENAI_API_KEY',
    'unset -gx OPENAI_API_KEY k',
    '"OPENAI_API_KEY" k',
    'declare OPENAI_API_KEY=k',
    '-OPENAI_API_KEY',
  ])
    it(`does not understand ${line.slice(0, 30)}`, () => assert.deepEqual(inShort(read(line)), []));

  it('leaves the quotes of a command to whoever reads the value', () => {
    assert.deepEqual(inShort(read('set "OPENAI_API_KEY=k"')), ['1: OPENAI_API_KEY=k"']);
  });

  it('has its path, and whose word it is', () => {
    const { path, side } = read('', 'outside');

    assert.deepEqual([path, side], ['/home/me/.env', 'outside']);
  });

  for (const [title, text, ...expected] of rows) {
    it(title, () => {
      assert.deepEqual(inShort(read(text)).sort(), expected.toSorted());
    });
  }

  describe('of a project', () => {
    const text = 'DEBUG=1\nDEBUG_MODE=1\nMY_DEBUG=1';
    const namesIn = (file: string, side: EnvFile['side'], excluded?: readonly string[]) =>
      [...withoutExcluded(readEnvFile(file, side, text), excluded).values.keys()].join(' ');

    for (const side of ['workspace', 'outside'] as const) {
      it(`has no DEBUG and DEBUG_MODE that count (${side})`, () => {
        assert.equal(namesIn('/project/.env', side), 'MY_DEBUG');
      });

      it(`has nothing that counts of what settings name in the place of those (${side})`, () => {
        assert.equal(namesIn('/project/.env', side, ['MY_DEBUG', 'OTHER']), 'DEBUG DEBUG_MODE');
        assert.equal(namesIn('/project/.env', side, []), 'DEBUG DEBUG_MODE MY_DEBUG');
      });
    }

    it('has all of it where it is for Qwen Code alone, as one of the person has', () => {
      assert.equal(namesIn('/project/.qwen/.env', 'workspace', ['MY_DEBUG']), 'DEBUG DEBUG_MODE MY_DEBUG');
      assert.equal(namesIn('/home/me/.env', 'person', ['MY_DEBUG']), 'DEBUG DEBUG_MODE MY_DEBUG');
    });
  });

  it('does not print its values', () => {
    assert.doesNotMatch(JSON.stringify([...read('A=sk-0123456789').values]), /0123456789/);
  });

  it('is read soon however many lines are empty', () => {
    const lines = 1024 * 1024 - 3;

    assert.deepEqual(inShort(read(`${'\n'.repeat(lines)}A=1`)), [`${lines + 1}: A=1`]);
    assert.deepEqual(inShort(read(`${'\n'.repeat(lines)}A`)), []);
  });

  for (const end of ['\r', '\u2028', '\u2029']) {
    it(`is read soon however many lines are empty that ${JSON.stringify(end)} ends`, () => {
      const text = `${end.repeat(350_000)}A=1`;

      assert.deepEqual([...read(text).values.keys()], ['A']);
    });
  }

  it('is read soon however long a value is', () => {
    const value = `\\'B=2\n`.repeat(170_000);

    assert.deepEqual(
      inShort(read(`A='${value}'\nC=3`)).map((line) => line.slice(0, 9)),
      [`1: A=\\'B=`, '170002: C'],
    );
  });

  it('is read soon however many variables there are', () => {
    const text = Array.from({ length: 80_000 }, (_, index) => `A${index}=1`).join('\n');

    assert.equal(read(text).values.get('A79999')?.line, 80_000);
  });
});

describe('arbitrary environment files', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'A',
      'B.c',
      '=',
      ': ',
      "'",
      '"',
      '`',
      '\n',
      '\r\n',
      '\r',
      '#',
      ' ',
      'export ',
      '\\',
      '\\n',
      '\u2028',
      '\uFEFF',
      '-',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString()),
  );

  it('are read as dotenv reads them', () => {
    fc.assert(
      fc.property(text, (any) => {
        // Not in their order: an object has names that are numbers first.
        const values = [...read(any).values].map(([name, { value }]) => [name, value.reveal()]);
        assert.deepEqual(Object.fromEntries(values), { ...parse(any) });
      }),
      { numRuns: 2000 },
    );
  });

  it('have every variable begin on its line', () => {
    fc.assert(
      fc.property(text, (any) => {
        const lines = any.split(/\r\n|\r|\n/);
        for (const [name, { value, line }] of read(any).values) {
          assert.equal(parse(lines.slice(line - 1).join('\n'))[name], value.reveal());
          assert.ok(line >= 1 && line <= lines.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
