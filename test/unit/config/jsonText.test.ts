import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readJsonc } from '../../../src/core/config/jsonc';
import { isRecord } from '../../../src/core/base/json';
import type { JsonPath } from '../../../src/core/config/jsonPath';
import {
  duplicateItem,
  insertItem,
  type JsonValue,
  removeValue,
  setValue,
  swapItems,
} from '../../../src/core/config/jsonText';

/** Lines of a text, for tables that can be read. */
const lines = (...parts: readonly string[]): string => parts.join('\n');

describe('edits of JSON with comments', () => {
  const table: readonly (readonly [what: string, before: string, edit: (text: string) => string, after: string])[] = [
    [
      'puts a value in the place of another',
      '{ "a": 1 /* one */ }',
      (text) => setValue(text, ['a'], 2),
      '{ "a": 2 /* one */ }',
    ],
    ['adds a property on one line', '{ "a": 1 }', (text) => setValue(text, ['b'], 2), '{ "a": 1, "b": 2 }'],
    [
      'adds a property behind the comment of the one before',
      lines('{', '    "a": 1 // one', '    // end', '}'),
      (text) => setValue(text, ['b'], 2),
      lines('{', '    "a": 1, // one', '    "b": 2', '    // end', '}'),
    ],
    [
      'puts no second comma behind a property',
      '{\n  "a": 1,\n}',
      (text) => setValue(text, ['b'], 2),
      '{\n  "a": 1,\n  "b": 2\n}',
    ],
    ['fills what is empty', '{}', (text) => setValue(text, ['a'], [1]), '{\n  "a": [\n    1\n  ]\n}'],
    [
      'fills what holds but a comment',
      '{ // nothing yet\n}',
      (text) => setValue(text, ['a'], 1),
      '{ // nothing yet\n  "a": 1\n}',
    ],
    [
      'makes the objects on the way',
      lines('{', '\t"a": {', '\t\t"b": 1', '\t}', '}'),
      (text) => setValue(text, ['a', 'c', 'd'], []),
      lines('{', '\t"a": {', '\t\t"b": 1,', '\t\t"c": {', '\t\t\t"d": []', '\t\t}', '\t}', '}'),
    ],
    [
      'puts an object in the place of what can hold no property',
      '{ "a": 7, "b": [1], "c": null }',
      (text) => ['a', 'b', 'c'].reduce((rest, name) => setValue(rest, [name, 'd', 'e'], 1), text),
      lines(
        '{ "a": {',
        '  "d": {',
        '    "e": 1',
        '  }',
        '}, "b": {',
        '  "d": {',
        '    "e": 1',
        '  }',
        '}, "c": {',
        '  "d": {',
        '    "e": 1',
        '  }',
        '} }',
      ),
    ],
    [
      'keeps the line ends of Windows',
      '{\r\n  "a": 1\r\n}',
      (text) => setValue(text, ['b'], {}),
      '{\r\n  "a": 1,\r\n  "b": {}\r\n}',
    ],
    [
      'writes an item as its neighbours are written',
      lines('[', '  { "id": "a" } // one', ']'),
      (text) => insertItem(text, [], { id: 'b', n: [1, {}] }),
      lines('[', '  { "id": "a" }, // one', '  { "id": "b", "n": [1, {}] }', ']'),
    ],
    [
      'duplicates an item as it is written',
      '[\n  {/*x*/}, // y\n  2\n]',
      (text) => duplicateItem(text, [], 0),
      '[\n  {/*x*/}, // y\n  {/*x*/},\n  2\n]',
    ],
    ['removes the first item of a line', '[{},  2, 3]', (text) => removeValue(text, [0]), '[2, 3]'],
    ['removes an item with the comment before its comma', '[1 /* one */, 2]', (text) => removeValue(text, [0]), '[2]'],
    ['removes the last item of a line', '[1, 2, 3]', (text) => removeValue(text, [2]), '[1, 2]'],
    ['removes what ends a line, and not the line', '[\n  1 , 2\n]', (text) => removeValue(text, [1]), '[\n  1\n]'],
    ['removes the only item', '[\n  1\n]', (text) => removeValue(text, [0]), '[\n]'],
    [
      'removes an item with the comment beside it, and no comment on a line of its own',
      lines('[', '  // above one', '  1, // one', '  // above two', '  2, // two', '  // above three', '  3', ']'),
      (text) => removeValue(text, [1]),
      lines('[', '  // above one', '  1, // one', '  // above two', '  // above three', '  3', ']'),
    ],
    [
      'removes the last item with the comma before it',
      lines('[', '  1, // one', '  // above two', '  2 // two', '  // end', ']'),
      (text) => removeValue(text, [1]),
      lines('[', '  1 // one', '  // above two', '  // end', ']'),
    ],
    [
      'removes the last of several properties of one name',
      '{"a": 1, "a": 2}',
      (text) => removeValue(text, ['a']),
      '{"a": 1}',
    ],
    ['swaps items of a line', '[1, /* of two */ 2]', (text) => swapItems(text, [], 0), '[/* of two */ 2, 1]'],
    ['swaps them with the first', '[/* of one */ 1, 2]', (text) => swapItems(text, [], 0), '[2, /* of one */ 1]'],
    [
      'swaps items with the comments above and beside them',
      lines('[', '  // above one', '  1, // one', '', '  // above two', '  2 // two', '  // end', ']'),
      (text) => swapItems(text, [], 0),
      lines('[', '  // above two', '  2, // two', '', '  // above one', '  1 // one', '  // end', ']'),
    ],
    [
      'leaves a comment in its place that stands by itself',
      lines('[ // numbers', '  // a heading', '', '  1,', '  2', ']'),
      (text) => swapItems(text, [], 0),
      lines('[ // numbers', '  // a heading', '', '  2,', '  1', ']'),
    ],
    [
      'leaves a comment in its place that is beside the bracket',
      lines('[ // numbers', '  1,', '  2', ']'),
      (text) => swapItems(text, [], 0),
      lines('[ // numbers', '  2,', '  1', ']'),
    ],
    ['lets no comment swallow what follows', '[1 // one\n, 2]', (text) => swapItems(text, [], 0), '[2, 1 // one\n]'],
    ['writes null on the line of its neighbours', '[1]', (text) => insertItem(text, [], null), '[1, null]'],
    [
      'fills what is indented',
      '\t{\n\t  "a": {}\n\t}',
      (text) => setValue(text, ['a', 'b'], 1),
      lines('\t{', '\t  "a": {', '\t  \t  "b": 1', '\t  }', '\t}'),
    ],
    ['fills what is indented, on one line', '\t{}', (text) => setValue(text, ['a'], 1), '\t{\n\t  "a": 1\n\t}'],
  ];
  for (const [what, before, edit, after] of table) {
    it(what, () => {
      const edited = edit(before);

      assert.equal(edited, after);
      readJsonc('file', edited, { allowTrailingComma: true });
    });
  }

  for (const [what, edit] of [
    ['remove', (text) => [['b'], [2], ['c', 0], ['a', 'x']].reduce(removeValue, text)],
    ['duplicate', (text) => duplicateItem(duplicateItem(text, ['c'], 0), ['a'], 2)],
    ['swap', (text) => swapItems(swapItems(text, ['c'], 0), ['a'], 1)],
    ['add', (text) => insertItem(text, ['c'], 1)],
    ['set', (text) => setValue(text, ['a', 2], 1)],
  ] as const satisfies readonly (readonly [string, (text: string) => string])[])
    it(`${what} nothing at a place that is not there`, () => {
      const text = '{ "a": [["x", 1], 2] }';

      assert.equal(edit(text), text);
    });

  it('take no item of a list for a property, and no property for an item', () => {
    assert.equal(setValue('{ "a": [["x", 1]] }', ['a', 'x'], 2).replace(/\s/g, ''), '{"a":{"x":2}}');
    assert.equal(setValue('{ "a": { "x": 1 } }', ['a', 0], 2), '{ "a": { "x": 1 } }');
  });

  /** JSON written with arbitrary gaps: blanks, line breaks and comments, each comment with a text of its own. */
  const gap = fc
    .array(fc.constantFrom(' ', '\n', '\r\n', '\t', '// #\n', '/* # */', '/* #\n */'), { maxLength: 4 })
    .map((parts) => parts.join(''));
  const { value: document } = fc.letrec<{ readonly value: string; readonly scalar: string }>((tie) => ({
    scalar: fc.constantFrom('1', 'null', '"// no comment"', '"a, b"', '{}', '[]'),
    value: fc.oneof(
      { maxDepth: 2 },
      tie('scalar'),
      fc
        .array(fc.tuple(gap, tie('value'), gap), { maxLength: 4 })
        .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
      fc
        .array(fc.tuple(gap, tie('value'), gap), { maxLength: 3 })
        .map((items) => `{${items.map(([a, b, c], at) => `${a}"p${at}"${a}:${b}${c}`).join(',')}}`),
    ),
  }));
  const list = fc.array(fc.tuple(gap, document, gap), { minLength: 2, maxLength: 5 }).map((items) => {
    let count = 0;
    const text = `{ "list": [${items.map((item) => item.join('')).join(',')}] /* # */ }`;
    return text.replace(/#/g, () => `c${count++}`);
  });
  const read = (text: string): readonly unknown[] => {
    const { value } = readJsonc('file', text);
    assert.ok(typeof value === 'object' && value !== null && 'list' in value && Array.isArray(value.list));
    return value.list;
  };
  const commentsIn = (text: string) => [...text.matchAll(/\/\/ c\d+|\/\* c\d+\s*\*\//g)].map(([comment]) => comment);
  const check = (
    edit: (text: string, index: number) => string,
    expected: (items: readonly unknown[], index: number) => readonly unknown[],
  ) =>
    fc.assert(
      fc.property(list, fc.nat(), (text, seed) => {
        const items = read(text);
        const index = seed % (items.length - 1);
        const edited = edit(text, index);

        assert.equal(JSON.stringify(read(edited)), JSON.stringify(expected(items, index)));
      }),
      { numRuns: 200 },
    );
  const keepsComments = (edit: (text: string, index: number) => string) =>
    fc.assert(
      fc.property(list, fc.nat(), (text, seed) => {
        const edited = edit(text, seed % (read(text).length - 1));

        assert.deepEqual(commentsIn(edited).sort(), commentsIn(text).sort());
      }),
      { numRuns: 200 },
    );

  const added: JsonValue = { id: 'new', baseUrl: 'https://example.com/v1' };
  it('give the items that were meant, however the list is written', () => {
    check(
      (text) => insertItem(text, ['list'], added),
      (items) => [...items, added],
    );
    check(
      (text, index) => duplicateItem(text, ['list'], index),
      (items, index) => items.toSpliced(index + 1, 0, items[index]),
    );
    check(
      (text, index) => setValue(text, ['list', index], added),
      (items, index) => items.with(index, added),
    );
    check(
      (text, index) => removeValue(text, ['list', index]),
      (items, index) => items.toSpliced(index, 1),
    );
    check(
      (text) => removeValue(text, ['list', read(text).length - 1]),
      (items) => items.slice(0, -1),
    );
    check(
      (text, index) => swapItems(text, ['list'], index),
      (items, index) => items.toSpliced(index, 2, items[index + 1], items[index]),
    );
  });

  it('put a value at any place, whatever stands on the way', () => {
    const place = fc.array(fc.constantFrom('p0', 'p1', 'list', 'new'), { minLength: 1, maxLength: 3 });

    fc.assert(
      fc.property(fc.tuple(gap, document, gap), place, (parts, names) => {
        const { value } = readJsonc('file', setValue(parts.join(''), names, added));
        const found = names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);

        assert.equal(JSON.stringify(found), JSON.stringify(added));
      }),
      { numRuns: 200 },
    );
  });

  it('take any value away, and nothing else', () => {
    fc.assert(
      fc.property(fc.tuple(gap, document, gap), fc.nat(), (parts, seed) => {
        const text = parts.join('');
        const { value } = readJsonc('file', text);
        const places = placesIn(value);
        const place = places[seed % places.length] ?? ['none'];

        const { value: rest } = readJsonc('file', removeValue(text, place));
        assert.equal(JSON.stringify(rest), JSON.stringify(without(value, place)));
      }),
      { numRuns: 200 },
    );
  });

  it('keep every comment when something is added or moved', () => {
    keepsComments((text) => insertItem(text, ['list'], added));
    keepsComments((text, index) => swapItems(text, ['list'], index));
    keepsComments((text) => setValue(text, ['other', 'deep'], added));
  });
});

/** The places of all that is in a value. */
function placesIn(value: unknown): readonly JsonPath[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inner.flatMap(([part, one]) => [[part], ...placesIn(one).map((rest) => [part, ...rest])]);
}

/** The value without what is at a place in it. */
function without(value: unknown, [part, ...rest]: JsonPath): unknown {
  if (Array.isArray(value) && typeof part === 'number') {
    const items: readonly unknown[] = value;
    return rest.length === 0 ? items.toSpliced(part, 1) : items.with(part, without(items[part], rest));
  }
  if (!isRecord(value) || typeof part !== 'string') return value;
  if (rest.length > 0) return { ...value, [part]: without(value[part], rest) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== part));
}
