import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { readJsonc } from '../../../src/core/config/jsonc';
import type { JsonPath } from '../../../src/core/config/jsonPath';
import { ConfigurationError } from '../../../src/core/base/errors';

const FILE = '/home/me/.qwen/settings.json';

describe('JSON with comments', () => {
  const text = '{ // mine\r\n  "a": [1,\n    { "b": 2 /* two */ }],\n  "a.b": null,\n  "env": { "X": "1" }\n}\n';

  it('is read without its comments', () => {
    const { value } = readJsonc(FILE, text);

    assert.equal(JSON.stringify(value), '{"a":[1,{"b":2}],"a.b":null,"env":{"X":"1"}}');
  });

  const rows: readonly (readonly [place: JsonPath, line: number | undefined])[] = [
    [[], 1],
    [['a'], 2],
    [['a', 0], 2],
    [['a', 1], 3],
    [['a', 1, 'b'], 3],
    [['a.b'], 4],
    [['env', 'X'], 5],
    [['env', 'Y'], undefined],
    [['a', 2], undefined],
    [['a', 0, 'b', 'c'], undefined],
    [['a', 0, 0], undefined],
    [['none', 0], undefined],
    [['env', 0], undefined],
  ];
  for (const [place, line] of rows) {
    it(`has ${JSON.stringify(place)} on line ${line ?? 'none'}`, () => {
      assert.equal(readJsonc(FILE, text).lineOf(place), line);
      assert.equal(readJsonc(FILE, text.replace(/\/\/ mine|\/\*.*\*\//g, '')).lineOf(place), line);
    });
  }

  for (const [what, comment] of [
    ['without comments', ''],
    ['with one', '// mine'],
  ] as const)
    it(`has a property on the line of its name, and no item of a list for one, ${what}`, () => {
      const document = readJsonc(FILE, `{ ${comment}\n"a":\n1, "b": [["a",\n1]] }`);

      assert.deepEqual([document.lineOf(['a']), document.lineOf(['b', 'a'])], [2, undefined]);
    });

  for (const [second, third] of [
    ['a', 'c'],
    ['a', String.raw`\u0063`],
    [String.raw`\u0061`, 'c'],
  ] as const) {
    it(`counts the last of two of one name, the second as "${second}", before "${third}"`, () => {
      const document = readJsonc(FILE, `{\n"a": { "b": 1 },\n"${second}": {\n"b": 2 }, "${third}": 3 }`);

      assert.equal(JSON.stringify(document.value), '{"a":{"b":2},"c":3}');
      assert.deepEqual([document.lineOf(['a']), document.lineOf(['a', 'b'])], [3, 4]);
    });
  }

  it('has lines without end', () => {
    const document = readJsonc(FILE, `[\n${Array.from({ length: 20 }, () => '{ "a": 1 }').join(',\n')}\n]`);

    for (let at = 0; at < 20; at += 1) assert.equal(document.lineOf([at, 'a']), at + 2);
  });

  it('has them in time that grows with the file, be a name of the way there once more at its end', () => {
    const entries = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`model-${at}`, { id: 'x'.repeat(99) }]),
    );
    const document = readJsonc(FILE, JSON.stringify({ list: { a: 1, ...entries }, last: { a: 'list' } }, null, 1));

    assert.equal(document.lineOf(['list', 'a']), 3);
  });

  const faults: readonly (readonly [what: string, text: string, line: number, why: RegExp])[] = [
    ['nothing', '', 1, /value expected/],
    ['a comment alone', '// mine\n', 2, /value expected/],
    ['a comma too many', '{\n  "a": 1,\n}', 2, /: a comma behind which nothing comes\. Nothing/],
    ['a comma too many in a list', '{\n  "a": [1,\n]}', 2, /: a comma behind which nothing comes\./],
    ['a comma alone', '{\n\n,}', 3, /expected/],
    ['typographic quotes', '{\n  “a”: 1 }', 2, /: "“" \(U\+201C\) is no sign of JSON\./],
    ['a colon of full width', '{\n  "a"： 1 }', 2, /: "：" \(U\+FF1A\) is no sign of JSON\./],
    ['a blank that does not break', '{\n\u00a0"a": 1 }', 2, /: U\+00A0 is no sign of JSON\./],
    ['a picture', '{\n "a": 😀 }', 2, /: "😀" \(U\+1F600\) is no sign of JSON\./],
    ['single quotes', "{\n'a': 1 }", 2, /: "'" \(U\+0027\) is no sign of JSON\./],
    ['a name without quotes', '{\n  a: 1 }', 2, /: a word without quotes\./],
    ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', 3, /comma expected/],
    ['a brace too few', '{\n  "a": 1\n', 3, /close brace expected/],
    ['a word', '{\n\n  "a": nope }', 3, /: a word without quotes\./],
    ['something behind the end', '{}\n{}', 2, /end of file expected/],
  ];
  for (const [what, broken, line, why] of faults) {
    it(`names the line of ${what}`, () => {
      assert.throws(() => readJsonc(FILE, broken), {
        where: { file: FILE, line },
        message: why,
      });
    });
  }

  it('may not nest without end', () => {
    for (const close of ['', ']'])
      assert.throws(() => readJsonc(FILE, '['.repeat(200_000) + close.repeat(200_000)), {
        name: 'ConfigurationError',
        where: { file: FILE, line: 1 },
        message: `${FILE} cannot be read: it nests too deeply. Nothing of it is used.`,
      });
  });

  it('may nest a hundred levels and more', () => {
    const nested = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels);

    for (const levels of [100, 101, 500]) {
      const document = readJsonc(FILE, nested(levels));
      assert.equal(JSON.stringify(document.value), nested(levels));
      assert.equal(document.lineOf(Array.from({ length: levels }, () => 'a')), 1);
    }
  });
});

describe('arbitrary JSON', () => {
  const piece = fc.oneof(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '1', 'null', '//', '/*', '*/', '\n', '\r\n', '\\', ' '),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

  it('is read, or refused with a line of it', () => {
    fc.assert(
      fc.property(text, (any) => {
        const line = lineOfFault(any);
        assert.ok(line === undefined || (line >= 1 && line <= any.split(/\r\n|\r|\n/).length));
      }),
      { numRuns: 2000 },
    );
  });

  it('has each value on its line, be it without comments or with one', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        const lines = JSON.stringify(JSON.parse(json), undefined, 2);
        // Of a text with a comment a tree is made, and one without is walked through.
        const tree = readJsonc(FILE, `${lines} // mine`);
        for (const place of placesIn(JSON.parse(json)))
          assert.equal(readJsonc(FILE, lines).lineOf(place), tree.lineOf(place), `${place.join()} in ${lines}`);
      }),
    );
  });

  it('is read as JSON where it is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.deepEqual(JSON.parse(JSON.stringify(readJsonc(FILE, json).value)), JSON.parse(json));
      }),
    );
  });
});

/** The places of all values in a value, and of one that is not there. */
function placesIn(value: unknown): readonly JsonPath[] {
  if (typeof value !== 'object' || value === null) return [[], ['none']];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...inner.flatMap(([part, one]) => placesIn(one).map((rest) => [part, ...rest]))];
}

/** Undefined where the text can be read; every other error than the expected one is thrown on. */
function lineOfFault(text: string): number | undefined {
  try {
    readJsonc(FILE, text);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError && 'file' in error.where) return error.where.line;
    throw error;
  }
}
