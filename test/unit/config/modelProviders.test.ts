import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { MODEL_PROVIDERS_SETTING } from '../../../src/core/config/providersOrigin';
import { readModelProviders } from '../../../src/core/config/modelProviders';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';

const BAILIAN = 'https://dashscope.aliyuncs.com/compatible-mode/v1';

/** As Qwen Code's documentation shows it. */
const SNIPPET = {
  openai: [
    { id: 'qwen3-coder-plus', name: 'qwen3-coder-plus', envKey: 'OPENAI_API_KEY', baseUrl: BAILIAN },
    { id: 'qwen3-max', name: 'qwen3-max', envKey: 'OPENAI_API_KEY', baseUrl: BAILIAN },
  ],
};

describe('qwen.modelProviders', () => {
  it('takes the snippet of the documentation as it is', () => {
    const { entries, problems } = readModelProviders(SNIPPET);

    assert.deepEqual(problems, []);
    assert.deepEqual(
      entries.map(({ id, name, envKey, baseUrl }) => ({ id, name, envKey, baseUrl })),
      SNIPPET.openai,
    );
  });

  it('fills in what an entry leaves out', () => {
    assert.deepEqual(readModelProviders({ openai: [{ id: 'gpt-4o' }] }).entries, [
      {
        protocol: 'openai',
        id: 'gpt-4o',
        name: 'gpt-4o',
        description: undefined,
        envKey: 'OPENAI_API_KEY',
        baseUrl: 'https://api.openai.com/v1',
        generationConfig: DEFAULT_GENERATION_CONFIG,
        source: { kind: 'settings', name: 'qwen.modelProviders' },
        address: { source: { kind: 'default', why: 'OpenAI\'s, as the entry has no "baseUrl"' }, side: 'person' },
      },
    ]);
  });

  it('reads description and the size of the context', () => {
    const entry = { id: 'a', description: 'fast', generationConfig: { contextWindowSize: 131_072 } };
    const [read] = readModelProviders({ openai: [entry] }).entries;

    assert.deepEqual([read?.description, read?.generationConfig.contextWindowSize], ['fast', 131_072]);
  });

  it('normalises the base URL of an entry', () => {
    const [read] = readModelProviders({ openai: [{ id: 'a', baseUrl: `${BAILIAN}/chat/completions/` }] }).entries;

    assert.equal(read?.baseUrl, BAILIAN);
  });

  it('reads the first thousand of all lists, and says so', () => {
    const list = (name: string) => Array.from({ length: 600 }, (_, index) => ({ id: `${name} ${index}` }));
    const { entries, problems } = readModelProviders(
      { openai: list('one'), own: list('other') },
      { ...MODEL_PROVIDERS_SETTING, protocols: new Map([['own', 'openai']]) },
    );

    assert.equal(entries.length, 1000);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['qwen.modelProviders.own has 600 models; only the first 400 are read.'],
    );
  });

  it('reads the first hundred lists, and says so', () => {
    const lists = Array.from({ length: 101 }, (_, index) => [`own-${index}`, [{ id: String(index) }]] as const);
    const protocols = new Map(lists.map(([name]) => [name, 'openai']));
    const { entries, problems } = readModelProviders(Object.fromEntries(lists), {
      ...MODEL_PROVIDERS_SETTING,
      protocols,
    });

    assert.equal(entries.length, 100);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['qwen.modelProviders has 101 lists; only the first 100 are read.'],
    );
  });

  for (const id of ['a\nb', 'a\u202eb', 'a\u001b[31m', 'a\u200b', 'x'.repeat(257)]) {
    it(`uses no model whose id hides something or is endless: ${JSON.stringify(id).slice(0, 20)}`, () => {
      const { entries, problems } = readModelProviders({ openai: [{ id }] });

      assert.deepEqual(entries, []);
      assert.match(problems[0]?.message ?? '', /id must be one line of at most 256 characters that can be seen/);
    });
  }

  it('has names and descriptions in one line', () => {
    const entry = { id: 'a', name: 'A\nB\u202e', description: 'x'.repeat(5000) };
    const [read] = readModelProviders({ openai: [entry] }).entries;

    assert.deepEqual([read?.name, read?.description?.length], ['A B', 1001]);
  });

  it('tells of the first hundred faults, and how many more there are', () => {
    const { problems } = readModelProviders({ openai: Array.from({ length: 150 }, () => ({})) });

    assert.equal(problems.length, 101);
    assert.equal(problems.at(-1)?.message, 'qwen.modelProviders has 50 faults more than are told.');
  });

  it('tells of a few faults of an entry, and of that first which makes it unusable', () => {
    const misplaced = ['top_p', 'top_k', 'min_p', 'seed', 'stop', 'temperature'].map((name) => [name, 1]);
    const entry = { id: 'a', ...Object.fromEntries(misplaced), base_url: 'https://models.example.com/v1' };
    const { entries, problems } = readModelProviders({ openai: [entry] });

    assert.deepEqual(entries, []);
    assert.equal(problems.length, 5);
    assert.match(problems[0]?.message ?? '', /base_url is not read, "baseUrl" is/);
  });

  it('reads a hundred lists of ten entries, and tells a hundred faults, without more to say', () => {
    const names = Array.from({ length: 100 }, (_, index) => `own-${index}`);
    const list = (name: string) => Array.from({ length: 10 }, (_, at) => (at === 0 ? {} : { id: `${name} ${at}` }));
    const protocols = new Map(names.map((name) => [name, 'openai']));
    const { entries, problems } = readModelProviders(Object.fromEntries(names.map((name) => [name, list(name)])), {
      ...MODEL_PROVIDERS_SETTING,
      protocols,
    });

    assert.deepEqual([entries.length, problems.length], [900, 100]);
    assert.ok(problems.every(({ rule }) => rule?.code === 'missing-id'));
  });

  it('says which variables must not lend their keys to another server', () => {
    const openai = [{ id: 'a', envKey: 'A_KEY', baseUrl: 'nonsense' }, { id: 'b' }, { id: 'c', baseUrl: 7 }];

    assert.deepEqual(readModelProviders({ openai }).stranded, ['A_KEY', 'OPENAI_API_KEY']);
  });

  it('says what the entries that cannot be used are for', () => {
    const baseUrl = 'https://models.example.com/v1';
    const openai = [
      { id: 'a', baseUrl },
      { id: 'b', baseUrl, envKey: 'B_KEY', Name: 'B' },
      { baseUrl, envKey: '${C_KEY}' },
      { id: 'd', baseUrl: 7, envKey: '' },
      { id: 'e', baseUrl, envKey: 'no name' },
    ];

    assert.deepEqual(readModelProviders({ openai }).unusable, [
      { id: 'b', envKey: 'B_KEY', baseUrl },
      { id: undefined, envKey: 'C_KEY', baseUrl },
      { id: 'd', envKey: 'OPENAI_API_KEY', baseUrl: undefined },
      { id: 'e', envKey: 'OPENAI_API_KEY', baseUrl },
    ]);
  });

  describe('says what keys are for that stand in what is not read', () => {
    const baseUrl = 'https://models.example.com/v1';
    const entry = { id: 'a', baseUrl, envKey: 'A_KEY' };
    const usual = { id: 'b', baseUrl };
    const told = { id: 'a', envKey: 'A_KEY', baseUrl };
    const toldUsual = { id: 'b', envKey: 'OPENAI_API_KEY', baseUrl };
    const rows: readonly (readonly [what: string, value: unknown, unusable: object[], stranded?: string[]])[] = [
      ['another protocol', { anthropic: [entry] }, [told]],
      ['another protocol, which has a usual variable of its own', { anthropic: [usual], gemini: [usual] }, []],
      ['a protocol that nobody knows', { mine: [entry, usual] }, [told, toldUsual]],
      ['a protocol of the persons own', { own: [usual] }, []],
      ['an entry without a list', { openai: usual }, [toldUsual]],
      ['a list within an object', { openai: { protocol: 'openai', models: [entry] } }, [told]],
      ['a list without a protocol', [entry, null, 'x'], [told]],
      ['an address of another name', { mine: [{ base_url: baseUrl }] }, [{ ...toldUsual, id: undefined }]],
      [
        'an address that cannot be read',
        { mine: [{ ...entry, baseUrl: 'nonsense' }] },
        [{ ...told, baseUrl: undefined }],
        ['A_KEY'],
      ],
      ['no address', { mine: [{ id: 'a', envKey: 'A_KEY' }] }, []],
      ['an object deep below', { mine: { a: { b: { c: { d: entry } } } } }, []],
    ];
    for (const [what, value, unusable, stranded = []] of rows) {
      it(`such as ${what}`, () => {
        const protocols = new Map([['own', 'vertex-ai']]);
        const read = readModelProviders(value, { ...MODEL_PROVIDERS_SETTING, protocols });

        assert.deepEqual([read.entries, read.unusable, read.stranded], [[], unusable, stranded]);
      });
    }
  });

  it('has entries of every list that speaks the protocol, and of no other', () => {
    const protocols = new Map([
      ['own', 'openai'],
      ['openai', 'gemini'],
    ]);
    const value = { own: [{ id: 'a' }], openai: [{ id: 'b' }], other: [{ id: 'c' }] };

    const { entries } = readModelProviders(value, { ...MODEL_PROVIDERS_SETTING, protocols });
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['a'],
    );
  });

  it('reads the first thousand of a list, and says so', () => {
    const openai = Array.from({ length: 3000 }, (_, index) => ({ id: `model-${index}` }));
    const { entries, problems } = readModelProviders({ openai });

    assert.equal(entries.at(-1)?.id, 'model-999');
    assert.deepEqual(
      problems.map(({ message, severity }) => [message, severity]),
      [['qwen.modelProviders.openai has 3000 models; only the first 1000 are read.', 'warning']],
    );
  });

  for (const nothing of [undefined, null, {}, { openai: [] }]) {
    it(`is empty without complaint for ${JSON.stringify(nothing)}`, () => {
      assert.deepEqual(readModelProviders(nothing), { entries: [], problems: [], stranded: [], unusable: [] });
    });
  }

  for (const [what, value, path, said] of [
    ['a list', [], [], /must be an object such as/],
    ['a text', 'openai', [], /must be an object such as/],
    ['a protocol without a list', { openai: {} }, ['openai'], /must be a list of models/],
    ['another protocol', { gemini: [{ id: 'a' }] }, ['gemini'], /is a protocol that is not spoken here/],
    ['an entry that is a text', { openai: ['a'] }, ['openai', 0], /must be an object with an "id"/],
    ['an entry without id', { openai: [{}] }, ['openai', 0], /has no "id"/],
    ['an id that is a number', { openai: [{ id: 4 }] }, ['openai', 0], /has no "id"/],
    [
      'a base URL on http',
      { openai: [{ id: 'a', baseUrl: 'http://example.com' }] },
      ['openai', 0, 'baseUrl'],
      /plain http/,
    ],
  ] as const) {
    it(`names the place of ${what}`, () => {
      const { entries, problems } = readModelProviders(value);

      assert.deepEqual(entries, []);
      assert.deepEqual(
        problems.map(({ where, rule }) => 'setting' in where && [where.setting, ...(rule?.path ?? [])]),
        [['qwen.modelProviders', ...path]],
      );
      assert.match(problems[0]?.message ?? '', said);
      assert.equal(problems[0]?.severity, what === 'another protocol' ? 'information' : 'error');
    });
  }

  for (const [what, value, code] of [
    ['a list', [], 'shape'],
    ['a protocol without a list', { openai: {} }, 'shape'],
    ['another protocol', { gemini: [] }, 'protocol'],
    ['too many lists', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`openai-${at}`, []])), 'too-many'],
    ['too many models', { openai: Array.from({ length: 1001 }, (_, at) => ({ id: `a-${at}` })) }, 'too-many'],
    ['too many faults', { openai: Array.from({ length: 101 }, () => ({})) }, 'too-many'],
  ] as const)
    it(`names the rule that is broken by ${what}`, () => {
      const rules = readModelProviders(value).problems.map(({ rule }) => rule?.code);

      assert.equal(what === 'too many faults' ? rules.at(-1) : rules[0], code);
    });

  it('names the file alone where no line of it is known', () => {
    const file = '/home/me/.qwen/settings.json';
    const origin = { kind: 'qwenSettings', name: 'modelProviders', file, lineOf: () => undefined } as const;
    const [problem] = readModelProviders({ openai: {} }, origin).problems;

    assert.deepEqual(problem?.where, { file, rule: { code: 'shape', path: ['openai'] } });
    assert.equal(problem.message, `modelProviders.openai in ${file} must be a list of models: [ { "id": … } ].`);
  });

  it('keeps the good entries beside the bad', () => {
    const mixed = { gemini: [], openai: [{}, { id: 'good' }, 'bad', { id: 'a', baseUrl: 'nonsense' }] };
    const { entries, problems } = readModelProviders(mixed);

    assert.deepEqual(
      entries.map(({ id }) => id),
      ['good'],
    );
    assert.equal(problems.length, 4);
  });

  it('refuses a key in envKey without repeating it', () => {
    const { entries, problems } = readModelProviders({ openai: [{ id: 'a', envKey: 'sk-0123456789abcdef' }] });

    assert.deepEqual(entries, []);
    assert.match(problems[0]?.message ?? '', /must be the name of a variable/);
    assert.doesNotMatch(problems[0]?.message ?? '', /0123456789abcdef/);
  });

  it('warns of a list for no protocol, which Qwen Code leaves out too', () => {
    const { problems } = readModelProviders({ mine: [{ id: 'a' }], 'vertex-ai': [], 'openai-responses': [] });

    assert.deepEqual(
      problems.map(({ severity, rule }) => [severity, rule?.code, rule?.path]),
      [
        ['warning', 'protocol', ['mine']],
        ['information', 'protocol', ['vertex-ai']],
        ['information', 'protocol', ['openai-responses']],
      ],
    );
    assert.match(problems[0]?.message ?? '', /\.mine is no protocol, .* List them under "openai"\.$/);
  });

  it('warns of an entry for a model that has one before it', () => {
    const protocols = new Map([['mine', 'openai']]);
    const value = { openai: [{ id: 'a' }, { id: 'b' }], mine: [{ id: 'c' }, { id: 'a' }] };
    const { problems } = readModelProviders(value, { ...MODEL_PROVIDERS_SETTING, protocols });

    assert.deepEqual(
      problems.map(({ message, severity, rule }) => [message, severity, rule?.code, rule?.path]),
      [
        [
          'qwen.modelProviders.mine[1] is not used: an entry before it has the same "id" and "baseUrl".',
          'warning',
          'duplicate',
          ['mine', 1],
        ],
      ],
    );
  });

  it('takes the first of two entries for one model', () => {
    const twice = {
      openai: [
        { id: 'a', name: 'first' },
        { id: 'a', name: 'second' },
        { id: 'a', baseUrl: BAILIAN },
      ],
    };

    assert.deepEqual(
      readModelProviders(twice).entries.map(({ name }) => name),
      ['first', 'a'],
    );
  });
});

describe('arbitrary modelProviders', () => {
  const names = [
    'openai',
    'id',
    'name',
    'envKey',
    'baseUrl',
    'generationConfig',
    'customHeaders',
    'timeout',
    '__proto__',
  ];
  const texts = [
    'openai',
    'gpt-4o',
    'OPENAI_API_KEY',
    BAILIAN,
    'http://',
    'https://acme.openai.azure.com/openai/deployments/%zz',
    '',
  ];
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.constantFrom<unknown>(...texts, null, 7, true), fc.string({ maxLength: 8 })),
      fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 5 }),
      fc.array(tie('any'), { maxLength: 4 }),
    ),
  }));

  it('become entries and problems, never an error', () => {
    fc.assert(
      fc.property(any, (value) => {
        const { entries, problems } = readModelProviders({ openai: value });
        assert.ok(entries.every(({ id, baseUrl }) => id !== '' && URL.canParse(baseUrl)));
        assert.ok(problems.every(({ where }) => 'setting' in where && where.setting === 'qwen.modelProviders'));
      }),
      { numRuns: 1000 },
    );
  });

  it('never take a good entry with them', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), any, (list, other) => {
        const { entries } = readModelProviders({ other, openai: [...list, { id: 'good-one' }] });
        assert.ok(entries.some(({ id }) => id === 'good-one'));
      }),
      { numRuns: 1000 },
    );
  });
});
