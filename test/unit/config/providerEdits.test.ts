import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readJsonc } from '../../../src/core/config/jsonc';
import { type EntryFields, entryFields, NO_FIELDS } from '../../../src/core/config/entryFields';
import {
  editedEntry,
  editProviders,
  type ProviderEdit,
  QWEN_FORMAT,
  VSCODE_FORMAT,
} from '../../../src/core/config/providerEdits';
import { ConfigurationError } from '../../../src/core/base/errors';
import { isRecord } from '../../../src/core/base/json';

const FILE = '/home/me/.qwen/settings.json';
const fields = (changes: Partial<EntryFields> = {}): EntryFields => ({ ...NO_FIELDS, id: 'qwen3-max', ...changes });
const at = (index: number, id: string, provider = 'openai') => ({ provider, index, id });
const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;

const SETTINGS = lines(
  '// mine',
  '{',
  '    "$version": 4, // do not touch',
  '    "modelProviders": {',
  '        "openai": [',
  '            // the fast one',
  '            {',
  '                "id": "fast", // as the server calls it',
  '                "baseUrl": "https://a.example.com/v1/",',
  '                "generationConfig": { "maxRetries": 5 }',
  '            },',
  '            { "id": "good", "envKey": "GOOD_KEY" } // the good one',
  '            // { "id": "old" }',
  '        ]',
  '    },',
  '    "model": { "name": "fast" }',
  '}',
);

const WITH_HEADER = SETTINGS.replace(
  '"maxRetries": 5',
  '"customHeaders": { "X-Auth-Token": "letmein", "X-Team": "blue", "X-Retries": 2 /* twice */ }',
);

const edited = (edit: ProviderEdit): string => editProviders(QWEN_FORMAT, FILE, SETTINGS, edit);
const changedLines = (before: string, after: string) => ({
  gone: before.split('\n').filter((line) => !after.split('\n').includes(line)),
  come: after.split('\n').filter((line) => !before.split('\n').includes(line)),
});

describe('a header whose value a form hides', () => {
  const edit = (headers: string, baseUrl = 'https://a.example.com/v1') =>
    editProviders(QWEN_FORMAT, FILE, WITH_HEADER, {
      kind: 'edit',
      at: at(0, 'fast'),
      fields: fields({ id: 'fast', baseUrl, headers }),
    });

  it('stays where the rest is changed', () => {
    assert.ok(
      edit('X-Auth-Token: (hidden)\nX-Team: red\nX-Retries: (hidden)\nX-More: 1').includes(
        '{ "X-Auth-Token": "letmein", "X-Team": "red", "X-Retries": 2, /* twice */ "X-More": "1" }',
      ),
    );
  });

  it('leaves another as it is written', () => {
    const escaped = WITH_HEADER.replace('"blue"', '"bl\\u0075e"');
    const fast = fields({ id: 'faster', baseUrl: 'https://a.example.com/v1', headers: 'X-Team: blue' });
    const after = editProviders(QWEN_FORMAT, FILE, escaped, { kind: 'edit', at: at(0, 'fast'), fields: fast });

    assert.ok(after.includes('"customHeaders": { "X-Team": "bl\\u0075e" }'), after);
  });

  it('goes where its line does', () => {
    assert.ok(edit('X-Team: blue').includes('"customHeaders": { "X-Team": "blue" }'));
  });

  it('goes to no other host', () => {
    assert.throws(() => edit('X-Auth-Token: (hidden)\nX-Team: blue', 'https://api.openai.com/v1'), {
      name: 'ConfigurationError',
      message: 'The value of X-Auth-Token was for another address. Write it in the place of (hidden).',
    });
  });

  it('goes to another path of its host', () => {
    const after = edit('X-Auth-Token: (hidden)', 'https://a.example.com/v2');

    assert.ok(after.includes('"baseUrl": "https://a.example.com/v2"') && after.includes('"X-Auth-Token": "letmein"'));
  });

  it('goes to no host from an entry whose own is not written', () => {
    const entry = { id: 'a', generationConfig: { customHeaders: { 'X-Auth-Token': 'letmein' } } };
    const typed = fields({ id: 'a', headers: 'X-Auth-Token: (hidden)' });

    assert.deepEqual(editedEntry(entry, typed), entry);
    assert.throws(
      () => editedEntry(entry, { ...typed, baseUrl: 'https://a.example.com/v1' }),
      /was for another address/,
    );
    assert.throws(
      () => editedEntry({ ...entry, baseUrl: 'https://a.example.com/v1' }, typed),
      /was for another address/,
    );
  });

  it('is not lost where there are none to keep', () => {
    for (const generationConfig of [undefined, 7, {}, { customHeaders: ['X-Auth-Token'] }])
      assert.throws(
        () => editedEntry({ id: 'a', generationConfig }, fields({ id: 'a', headers: 'X-Auth-Token: (hidden)' })),
        { where: { field: 'headers' }, message: /X-Auth-Token is not known under this name/ },
      );
  });

  it('is not lost with its name', () => {
    assert.throws(() => edit('X-Key: (hidden)\nX-Team: blue'), {
      message: 'The value of X-Key is not known under this name. Write it in the place of (hidden).',
    });
  });
});

describe('edits of modelProviders', () => {
  const table: readonly (readonly [
    what: string,
    edit: ProviderEdit,
    gone: readonly string[],
    come: readonly string[],
  ])[] = [
    [
      'adds an entry at the end, written as its neighbour',
      {
        kind: 'add',
        provider: 'openai',
        entries: [fields({ name: 'Max', baseUrl: 'https://b.example.com/v1/chat/completions' })],
      },
      ['            { "id": "good", "envKey": "GOOD_KEY" } // the good one'],
      [
        '            { "id": "good", "envKey": "GOOD_KEY" }, // the good one',
        '            { "id": "qwen3-max", "name": "Max", "baseUrl": "https://b.example.com/v1" }',
      ],
    ],
    [
      'makes the list of another provider',
      { kind: 'add', provider: 'mine', entries: [fields({ contextWindow: '131,072' })] },
      [],
      [
        '        ],',
        '        "mine": [',
        '                "id": "qwen3-max",',
        '                "generationConfig": {',
        '                    "contextWindowSize": 131072',
        '                }',
        '            }',
      ],
    ],
    [
      'changes what was changed, and nothing else',
      {
        kind: 'edit',
        at: at(0, 'fast'),
        fields: fields({ id: 'faster', baseUrl: 'https://a.example.com/v1/', envKey: 'A_KEY' }),
      },
      [
        '                "id": "fast", // as the server calls it',
        '                "generationConfig": { "maxRetries": 5 }',
      ],
      [
        '                "id": "faster", // as the server calls it',
        '                "generationConfig": { "maxRetries": 5 },',
        '                "envKey": "A_KEY"',
      ],
    ],
    [
      'takes out what was emptied, and puts the context window beside what is configured',
      { kind: 'edit', at: at(0, 'fast'), fields: fields({ id: 'fast', contextWindow: '262144' }) },
      [
        '                "baseUrl": "https://a.example.com/v1/",',
        '                "generationConfig": { "maxRetries": 5 }',
      ],
      ['                "generationConfig": { "maxRetries": 5, "contextWindowSize": 262144 }'],
    ],
    [
      'duplicates an entry with what the form does not know',
      { kind: 'duplicate', at: at(0, 'fast'), fields: fields({ id: 'fast-2', baseUrl: 'https://a.example.com/v1/' }) },
      [],
      ['                "id": "fast-2", // as the server calls it'],
    ],
    [
      'removes an entry and keeps the comment above',
      { kind: 'remove', at: at(0, 'fast') },
      [
        '            {',
        '                "id": "fast", // as the server calls it',
        '                "baseUrl": "https://a.example.com/v1/",',
        '                "generationConfig": { "maxRetries": 5 }',
        '            },',
      ],
      [],
    ],
    [
      'moves an entry with its comments',
      { kind: 'move', at: at(1, 'good'), by: -1 },
      ['            },', '            { "id": "good", "envKey": "GOOD_KEY" } // the good one'],
      ['            { "id": "good", "envKey": "GOOD_KEY" }, // the good one', '            }'],
    ],
  ];
  for (const [what, edit, gone, come] of table) {
    it(what, () => {
      const after = edited(edit);

      assert.deepEqual(changedLines(SETTINGS, after), { gone, come });
      readJsonc(FILE, after);
    });
  }

  it('moves the entry that was meant in either direction', () => {
    const up = edited({ kind: 'move', at: at(1, 'good'), by: -1 });
    const down = edited({ kind: 'move', at: at(0, 'fast'), by: 1 });

    assert.equal(up, down);
    assert.deepEqual(idsIn(up), ['good', 'fast']);
  });

  it('moves an entry as far as is meant', () => {
    const text = '{"modelProviders":{"openai":[{"id":"a"},{"id":"b"},{"id":"c"}]}}';
    const moved = (index: number, id: string, by: number) =>
      idsIn(editProviders(QWEN_FORMAT, FILE, text, { kind: 'move', at: at(index, id), by })).join('');

    assert.deepEqual(
      [moved(0, 'a', 2), moved(2, 'c', -2), moved(1, 'b', 1), moved(1, 'b', 0)],
      ['bca', 'cab', 'acb', 'abc'],
    );
  });

  it('adds several entries in their order, to a list that is there and to one that is not', () => {
    const entries = [fields({ id: 'x' }), fields({ id: 'y' })];
    const added = edited({ kind: 'add', provider: 'openai', entries });
    const made = editProviders(QWEN_FORMAT, FILE, '{}', { kind: 'add', provider: 'openai', entries });

    assert.deepEqual(
      [idsIn(added), idsIn(made)],
      [
        ['fast', 'good', 'x', 'y'],
        ['x', 'y'],
      ],
    );
  });

  const changes: readonly (readonly [what: string, entry: unknown, typed: Partial<EntryFields>, after: unknown])[] = [
    ['keeps what the form does not know', { id: 'a', note: 1 }, { name: 'A' }, { id: 'a', note: 1, name: 'A' }],
    [
      'keeps what is written in its own way',
      { id: 'a', baseUrl: 'HTTPS://X.example/' },
      { baseUrl: ' HTTPS://X.example/ ' },
      { id: 'a', baseUrl: 'HTTPS://X.example/' },
    ],
    [
      'keeps a number in quotes',
      { id: 'a', generationConfig: { timeout: '60000' } },
      { timeout: ' 60 ' },
      { id: 'a', generationConfig: { timeout: '60000' } },
    ],
    [
      'puts a number in the place of what is none',
      { id: 'a', generationConfig: { timeout: {} } },
      { timeout: '1' },
      { id: 'a', generationConfig: { timeout: 1000 } },
    ],
    ['takes out what was emptied', { id: 'a', name: 'A', envKey: 'A_KEY' }, { name: ' ', envKey: '' }, { id: 'a' }],
    ['puts an entry in the place of what is none', 'a', { name: 'A' }, { id: 'a', name: 'A' }],
    [
      'changes the time limit',
      { id: 'a', generationConfig: { timeout: 1000 } },
      { timeout: '2' },
      { id: 'a', generationConfig: { timeout: 2000 } },
    ],
    [
      'takes generationConfig out with the last of it',
      { id: 'a', generationConfig: { timeout: 1000, contextWindowSize: 9 } },
      {},
      { id: 'a' },
    ],
    [
      'leaves the rest of generationConfig',
      { id: 'a', generationConfig: { timeout: 1000, maxRetries: 5 } },
      {},
      { id: 'a', generationConfig: { maxRetries: 5 } },
    ],
    [
      'takes one out of generationConfig and puts another in',
      { id: 'a', generationConfig: { timeout: 1000 } },
      { contextWindow: '9' },
      { id: 'a', generationConfig: { contextWindowSize: 9 } },
    ],
    ['leaves an empty generationConfig', { id: 'a', generationConfig: {} }, {}, { id: 'a', generationConfig: {} }],
    [
      'puts generationConfig in the place of what is none',
      { id: 'a', generationConfig: 7 },
      { timeout: '1' },
      { id: 'a', generationConfig: { timeout: 1000 } },
    ],
    [
      'leaves a value that the form cannot show',
      { id: 'a', generationConfig: { timeout: 'soon' } },
      {},
      { id: 'a', generationConfig: { timeout: 'soon' } },
    ],
    [
      'takes the headers out',
      { id: 'a', generationConfig: { maxRetries: 5, customHeaders: { 'X-A': '1' } } },
      {},
      { id: 'a', generationConfig: { maxRetries: 5 } },
    ],
    [
      'puts headers in the place of what are none',
      { id: 'a', generationConfig: { customHeaders: 7 } },
      { headers: 'X-A: 1' },
      { id: 'a', generationConfig: { customHeaders: { 'X-A': '1' } } },
    ],
    [
      'keeps headers that are as they were',
      { id: 'a', generationConfig: { customHeaders: { 'X-A': '1', 'X-B': '2' } } },
      { headers: 'X-B: 2\nX-C: 3' },
      { id: 'a', generationConfig: { customHeaders: { 'X-B': '2', 'X-C': '3' } } },
    ],
  ];
  for (const [what, entry, typed, after] of changes) {
    it(`of one entry: ${what}`, () => {
      assert.deepEqual(editedEntry(entry, fields({ id: 'a', ...typed })), after);
    });
  }

  it('leave a list that a comment is left in', () => {
    const text = '{ "modelProviders": { "openai": [\n  // { "id": "old" }\n  { "id": "a" }\n] } }';

    assert.equal(
      editProviders(QWEN_FORMAT, FILE, text, { kind: 'remove', at: at(0, 'a') }),
      '{ "modelProviders": { "openai": [\n  // { "id": "old" }\n] } }',
    );
  });

  it('takes an emptied list away, so that it hides no other', () => {
    const text = '{ "modelProviders": { "openai": [ { "id": "a" } ], "mine": [] } }';

    assert.equal(
      editProviders(QWEN_FORMAT, FILE, text, { kind: 'remove', at: at(0, 'a') }),
      '{ "modelProviders": { "mine": [] } }',
    );
  });

  for (const none of [undefined, '', ' \n'])
    it(`begins a file with its format where there is ${JSON.stringify(none) ?? 'none'}`, () => {
      const edit = { kind: 'add', provider: 'openai', entries: [fields()] } as const;
      const modelProviders = { openai: [{ id: 'qwen3-max' }] };

      const text = editProviders(QWEN_FORMAT, FILE, none, edit);
      assert.deepEqual([JSON.parse(text), text.at(-1)], [{ $version: 4, modelProviders }, '\n']);
      assert.deepEqual(JSON.parse(editProviders(VSCODE_FORMAT, FILE, none, edit)), {
        'qwen.modelProviders': modelProviders,
      });
    });

  it("puts entries into VS Code's settings under their own name, commas before brackets and all", () => {
    const text = '{\n\t"editor.fontSize": 13,\n}';
    const after = editProviders(VSCODE_FORMAT, FILE, text, { kind: 'add', provider: 'openai', entries: [fields()] });

    assert.equal(
      after,
      '{\n\t"editor.fontSize": 13,\n\t"qwen.modelProviders": {\n\t\t"openai": [\n\t\t\t{\n\t\t\t\t"id": "qwen3-max"\n\t\t\t}\n\t\t]\n\t}\n}',
    );
  });

  const refusals: readonly (readonly [what: string, text: string, line: number | undefined, message: RegExp])[] = [
    ['does not parse', '{\n  "modelProviders": {,}\n}', 2, /line 2: value expected/],
    ['has a comma that Qwen Code does not read', '{\n  "a": 1,\n}', 2, /line 2/],
    ['has lists of another kind', '{\n"modelProviders": null }', 2, /line 2, has a "modelProviders" that is no object/],
    [
      'has null for the list',
      '{ "modelProviders": {\n  "openai": null } }',
      2,
      /in "modelProviders", which is no list/,
    ],
    ['holds a list', '[]', 1, /line 1, must hold an object/],
    ['has no object of lists', '{\n\n  "modelProviders": []\n}', 3, /line 3, has a "modelProviders" that is no object/],
    ['has no list of the provider', '{ "modelProviders": {\n  "openai": {} } }', 2, /line 2, has "openai"/],
  ];
  for (const [what, text, line, message] of refusals) {
    it(`refuses a file that ${what}, with its line`, () => {
      assert.throws(
        () => editProviders(QWEN_FORMAT, FILE, text, { kind: 'add', provider: 'openai', entries: [fields()] }),
        (error) => {
          assert.ok(error instanceof ConfigurationError);
          assert.deepEqual(error.where, { file: FILE, line });
          return message.test(error.message);
        },
      );
    });
  }

  it('refuses to change another entry than the one that was seen', () => {
    const moved = { kind: 'remove', at: at(0, 'good') } as const;
    const gone = { kind: 'remove', at: at(7, 'good') } as const;
    const last = { kind: 'remove', at: at(2, '') } as const;
    const none = { kind: 'remove', at: at(0, 'fast', 'mine') } as const;

    for (const edit of [moved, gone, last, none])
      assert.throws(() => edited(edit), {
        name: 'ConfigurationError',
        where: { file: FILE },
        message: `${FILE} has changed meanwhile. Nothing was written: look again, and try again.`,
      });
  });

  it('reads back what was written, whatever it is, and keeps every comment', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.trim());
    const anyFields = fc.record({
      id: text.filter((id) => id !== ''),
      name: text,
      baseUrl: fc.constantFrom('', 'https://example.com/v1', 'http://127.0.0.1:1234/v1'),
      envKey: fc.constantFrom('', 'A_KEY', '_b'),
      contextWindow: fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 10_000_000 }).map(String)),
      timeout: fc.constantFrom('', '0', '1.5', '120'),
      headers: fc.constantFrom('', 'X-Team: blue', 'X-Team: blue\nX-Other: 1'),
    });
    const places = [at(0, 'fast'), at(1, 'good')];

    fc.assert(
      fc.property(
        anyFields,
        fc.constantFrom(0, 1),
        fc.constantFrom('add', 'edit', 'duplicate'),
        (typed, index, kind) => {
          const place = places[index] ?? at(0, '');
          const edit: ProviderEdit =
            kind === 'add'
              ? { kind, provider: 'openai', entries: [typed] }
              : { kind: kind === 'edit' ? 'edit' : 'duplicate', at: place, fields: typed };
          const after = edited(edit);
          const list = listIn(after);

          const own = list[kind === 'add' ? list.length - 1 : kind === 'edit' ? index : index + 1];
          assert.deepEqual(entryFields(own), { ...typed });
          assert.equal(list.length, kind === 'edit' ? 2 : 3);
          const comments = (whole: string) =>
            [...whole.matchAll(/\/\/ (mine|do not|the|as the|\{).*$/gm)].map(([comment]) => comment);
          for (const comment of comments(SETTINGS)) assert.ok(comments(after).includes(comment), comment);
        },
      ),
    );
  });
});

function listIn(text: string): readonly unknown[] {
  const { value } = readJsonc(FILE, text);
  const lists = isRecord(value) ? value['modelProviders'] : undefined;
  const list = isRecord(lists) ? lists['openai'] : undefined;
  assert.ok(Array.isArray(list));
  return list;
}

function idsIn(text: string): readonly unknown[] {
  return listIn(text).map((entry) => isRecord(entry) && entry['id']);
}
