import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readJsonc } from '../../../src/core/config/jsonc';
import { type EntryFields, entryFields, NO_FIELDS } from '../../../src/core/config/entryFields';
import { editProviders, type ProviderEdit, QWEN_FORMAT, VSCODE_FORMAT } from '../../../src/core/config/providerEdits';
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

  it('goes where its line does', () => {
    assert.ok(edit('X-Team: blue').includes('"customHeaders": { "X-Team": "blue" }'));
  });

  it('goes to no other host', () => {
    assert.throws(() => edit('X-Auth-Token: (hidden)\nX-Team: blue', 'https://api.openai.com/v1'), {
      name: 'ConfigurationError',
      message: 'The value of X-Auth-Token was for another address. Write it in the place of (hidden).',
    });
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

  it('takes an emptied list away, so that it hides no other', () => {
    const text = '{ "modelProviders": { "openai": [ { "id": "a" } ], "mine": [] } }';

    assert.equal(
      editProviders(QWEN_FORMAT, FILE, text, { kind: 'remove', at: at(0, 'a') }),
      '{ "modelProviders": { "mine": [] } }',
    );
  });

  it('begins a file of Qwen Code with its format', () => {
    const text = editProviders(QWEN_FORMAT, FILE, undefined, { kind: 'add', provider: 'openai', entries: [fields()] });

    assert.deepEqual(JSON.parse(text), { $version: 4, modelProviders: { openai: [{ id: 'qwen3-max' }] } });
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
    ['has a comma that Qwen Code does not read', '{\n  "a": 1,\n}', 3, /line 3/],
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

    for (const edit of [moved, gone]) assert.throws(() => edited(edit), /has changed meanwhile\. Nothing was written/);
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
