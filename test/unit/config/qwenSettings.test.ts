import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import {
  foreignType,
  isForOpenAI,
  isKnownType,
  misplacedNames,
  protocolsOf,
  readQwenSettings,
  selectedType,
} from '../../../src/core/config/qwenSettings';
import { findBaseUrl } from '../../../src/core/config/baseUrl';
import type { OwnedRead } from '../../../src/core/base/ownedFile';
import { ConfigurationError } from '../../../src/core/base/errors';
import type { FileRead } from '../../../src/core/base/ports';

const FILE = '/home/me/.qwen/settings.json';
const environment = new Map([
  ['TOKEN', 'sk-0123456789-PROC'],
  ['EMPTY', ''],
  ['HOST_NAME', 'llm.example.com'],
  ['PASSWORD', 'hunter2 secret!'],
  ['SIGN_IN', 'openai'],
]);

function read(content: object | string, scope: 'user' | 'workspace' = 'user') {
  return readFrom(
    { kind: 'text', text: typeof content === 'string' ? content : JSON.stringify(content, null, 2) },
    scope,
  );
}
function readFrom(file: FileRead, scope: 'user' | 'workspace' = 'user') {
  return readQwenSettings(FILE, { ...file, ownership: 'chosen' }, scope, (name) => environment.get(name));
}
function settingsOf(...given: Parameters<typeof read>) {
  const { settings } = read(...given);
  return settings ? [settings] : [];
}
function envOf(...given: Parameters<typeof read>) {
  const { settings } = read(...given);
  return [...(settings?.env ?? [])].map(([name, { value, line, isUnresolved }]) => {
    return `${line}: ${name}=${value.reveal()}${isUnresolved ? ' (unresolved)' : ''}`;
  });
}

describe('settings of Qwen Code', () => {
  it('are not there without complaint', () => {
    assert.deepEqual(readFrom({ kind: 'missing' }), {
      path: FILE,
      scope: 'user',
      settings: undefined,
      problem: undefined,
    });
  });

  it('have variables on their lines', () => {
    const text = '{\n  // mine\n  "env": {\n    "A": "1",\n    "B": 2, "C": "",\n    "D": null\n  }\n}';

    assert.deepEqual(envOf(text), ['4: A=1', '5: B=', '5: C=', '6: D=']);
  });

  it('have no key for the name of a model, and say so without it', () => {
    const { settings } = read({ model: { name: 'sk-0123456789abcdef' } });
    assert.ok(settings);

    assert.equal(settings.model, undefined);
    const [problem] = misplacedNames([settings]);
    assert.match(
      problem?.message ?? '',
      /^model\.name in .*settings\.json, line 3: What stands there looks like a key/,
    );
    assert.doesNotMatch(problem?.message ?? '', /0123456789/);
  });

  for (const name of ['a\nb', 'a\u202eb', 'a\u001b[31mb']) {
    it(`have no name of a model that hides something: ${JSON.stringify(name)}`, () => {
      const { settings } = read({ model: { name } });
      assert.ok(settings);

      assert.equal(settings.model, undefined);
      assert.match(misplacedNames([settings])[0]?.message ?? '', /line 3: .*characters in it that cannot be seen/);
    });
  }

  it('have nothing to say of a name of a model that is one, or of none', () => {
    for (const content of [{ model: { name: 'a' } }, { model: 'a' }, { model: { name: '' } }, { model: 7 }, {}])
      assert.deepEqual(misplacedNames(settingsOf(content)), []);
  });

  it('have no key at the top either, where the first format kept the model', () => {
    const [settings] = settingsOf({ model: 'sk-0123456789abcdef' });
    const [problem] = misplacedNames(settings ? [settings] : []);

    assert.equal(settings?.model, undefined);
    assert.deepEqual(problem?.where, { file: FILE, line: 2 });
    assert.doesNotMatch(problem?.message ?? '', /0123456789/);
  });

  for (const [name, id] of [
    ['$runtime|openai|foo', 'foo'],
    ['$runtime|openai|$runtime|openai|a|b', 'a|b'],
    ['$runtime||foo', 'foo'],
    ['$runtime|openai|', '$runtime|openai|'],
    ['$runtime|openai', '$runtime|openai'],
    ['a$runtime|openai|foo', 'a$runtime|openai|foo'],
  ] as const) {
    it(`name the model ${id} as ${name}`, () => {
      for (const scope of ['user', 'workspace'] as const) {
        assert.equal(settingsOf({ model: { name } }, scope)[0]?.model?.id, id);
        assert.equal(settingsOf({ model: name }, scope)[0]?.model?.id, id);
      }
    });
  }

  it('have no key for the name of a model behind where Qwen Code got it from', () => {
    const settings = settingsOf({ model: { name: '$runtime|openai|sk-0123456789abcdef' } });

    assert.equal(settings[0]?.model, undefined);
    assert.equal(misplacedNames(settings).length, 1);
  });

  it('have no key for the name of a model, be it by way of a variable', () => {
    assert.equal(settingsOf({ model: { name: '$TOKEN' } })[0]?.model, undefined);
    assert.equal(settingsOf({ model: { name: '$OTHER' } })[0]?.model?.id, '$OTHER');
  });

  it('may name the address of the model by way of a variable', () => {
    const model = { name: 'a', baseUrl: 'https://${HOST_NAME}/v1/' };

    assert.equal(settingsOf({ model })[0]?.model?.baseUrl, 'https://llm.example.com/v1');
    assert.equal(settingsOf({ model }, 'workspace')[0]?.model?.baseUrl, 'https://${HOST_NAME}/v1/');
  });

  it('have what Qwen Code reads after every variable', () => {
    const auth = { apiKey: '$TOKEN', baseUrl: 'https://llm.example.com/v1', selectedType: 'openai' };
    const [settings] = settingsOf({ security: { auth } });

    assert.deepEqual(
      [...(settings?.auth ?? [])].map(([name, { value, line }]) => `${line}: ${name}=${value.reveal()}`),
      ['4: apiKey=sk-0123456789-PROC', '5: baseUrl=https://llm.example.com/v1', '6: selectedType=openai'],
    );
  });

  for (const [value, type] of [
    [null, 'null'],
    [2, 'a number'],
    [['a'], 'a list'],
    [{ a: 1 }, 'an object'],
    [true, 'a boolean'],
  ] as const) {
    it(`have no variable of ${type}, and know that`, () => {
      const found = settingsOf({ env: { A: value } })[0]?.env.get('A');

      assert.deepEqual([found?.value.reveal(), found?.wrongType, found?.isUnresolved], ['', type, false]);
    });
  }

  for (const [scope, ownership, side] of [
    ['user', 'chosen', 'person'],
    ['user', 'outside', 'person'],
    ['workspace', 'chosen', 'workspace'],
    ['workspace', 'outside', 'outside'],
  ] as const) {
    it(`are the word of the ${side} in a file of the ${scope} that is ${ownership}`, () => {
      const { settings } = readQwenSettings(FILE, { kind: 'text', text: '{}', ownership }, scope, () => undefined);

      assert.equal(settings?.side, side);
    });
  }

  describe('name a way to sign in', () => {
    const openai = settingsOf({ security: { auth: { selectedType: 'openai' } } });
    const gemini = settingsOf({ security: { auth: { selectedType: 'gemini' } } });
    const first = settingsOf({ a: 1, selectedAuthType: 'vertex-ai' });
    const silent = settingsOf({});

    it('of which the first counts', () => {
      assert.deepEqual([[...silent, ...openai, ...gemini], [...gemini, ...openai], silent, []].map(selectedType), [
        'openai',
        'gemini',
        undefined,
        undefined,
      ]);
    });

    it('that is by the key of a server, or means the same, or neither', () => {
      const types = [undefined, 'openai', 'qwen-oauth', 'gemini'];

      assert.deepEqual(types.map(isForOpenAI), [true, true, false, false]);
      assert.deepEqual(types.map(isKnownType), [true, true, true, false]);
    });

    it('of which nothing is said where it is known', () => {
      for (const files of [silent, openai, [...openai, ...gemini], []]) assert.deepEqual(foreignType(files), []);
    });

    for (const [files, line, type] of [
      [[...silent, ...gemini, ...openai], 4, 'gemini'],
      [first, 3, 'vertex-ai'],
    ] as const)
      it(`that is told of where it is ${type}`, () => {
        const [said] = foreignType(files);

        assert.deepEqual([said?.where, said?.severity], [{ file: FILE, line }, 'information']);
        assert.equal(
          said?.message,
          `${FILE}, line ${line}: "${type}" is a way to sign in that is not known here, only "openai" and "qwen-oauth" are, so its model is left out.`,
        );
      });
  });

  it('say which protocol a provider speaks, the first before others', () => {
    const protocolOf = (protocol: string, more = {}) => settingsOf({ providerProtocol: { mine: protocol, ...more } });

    assert.deepEqual(
      protocolsOf([...protocolOf('openai'), ...protocolOf('gemini', { yours: 'openai' })]),
      new Map([
        ['mine', 'openai'],
        ['yours', 'openai'],
      ]),
    );
  });

  it('are read in time that grows with the file, however many variables there are', () => {
    const env = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`A${index}`, '$B']));

    assert.equal(read({ env }).settings?.env.get('A59999')?.line, 60_002);
  });

  it('may refer to variables of the process', () => {
    const env = { A: '$TOKEN', B: 'x${TOKEN}y', C: '$UNKNOWN', D: '${EMPTY}', E: '$5' };

    assert.deepEqual(envOf({ env }), [
      '3: A=sk-0123456789-PROC',
      '4: B=xsk-0123456789-PROCy',
      '5: C=$UNKNOWN (unresolved)',
      '6: D=',
      '7: E=$5',
    ]);
  });

  it('may refer to them in the way to sign in, and in which models there are and where', () => {
    const entry = { id: '${HOST_NAME}', name: 'at $HOST_NAME', baseUrl: 'https://${HOST_NAME}/v1' };
    const content = {
      security: { auth: { selectedType: '${SIGN_IN}' } },
      modelProviders: { openai: [entry, { id: '$UNKNOWN' }, 7], other: 7 },
    };
    const [own] = settingsOf(content);
    const [workspace] = settingsOf(content, 'workspace');

    assert.equal(own?.selectedType, 'openai');
    assert.deepEqual(own.modelProviders, {
      openai: [
        { id: 'llm.example.com', name: 'at llm.example.com', baseUrl: 'https://llm.example.com/v1' },
        { id: '$UNKNOWN' },
        7,
      ],
      other: 7,
    });
    assert.deepEqual(own.expandProviders({ a: [entry] }), { a: [own.modelProviders.openai[0]] });
    assert.equal(workspace?.selectedType, '${SIGN_IN}');
    assert.deepEqual(workspace.modelProviders, content.modelProviders);
    assert.deepEqual(workspace.expandProviders({ a: [entry] }), { a: [entry] });
  });

  for (const [written, kept] of [
    ['$PASSWORD', '$PASSWORD'],
    ['${PASSWORD}', '${PASSWORD}'],
    ['$PASSWORD.example.com', '${PASSWORD}.example.com'],
    ['https://$PASSWORD/v1', 'https://${PASSWORD}/v1'],
    ['http://$HOST_NAME/v1', 'http://$HOST_NAME/v1'],
    ['https://llm.example.com/v1?key=$TOKEN', 'https://llm.example.com/v1?key=${TOKEN}'],
    ['https://llm.example.com/v1?from=$HOST_NAME', 'https://llm.example.com/v1?from=${HOST_NAME}'],
    ['https://$HOST_NAME/v1?p=$PASSWORD', 'https://${HOST_NAME}/v1?p=${PASSWORD}'],
    ['https://$HOST_NAME/v1?p=$UNKNOWN', 'https://llm.example.com/v1?p=$UNKNOWN'],
  ] as const)
    it(`do not show in a base URL what makes it unusable, as in ${written}`, () => {
      const [own] = settingsOf({ model: { baseUrl: written }, modelProviders: { openai: [{ baseUrl: written }] } });

      assert.deepEqual(own?.modelProviders, { openai: [{ baseUrl: kept }] });
      assert.equal(own.model?.baseUrl, kept);
      if (!kept.includes('$UNKNOWN')) assert.equal(findBaseUrl(kept), undefined);
    });

  it('do not show a key in a name', () => {
    const modelProviders = { openai: [{ id: 'a', name: '$TOKEN' }] };

    assert.deepEqual(settingsOf({ modelProviders })[0]?.modelProviders, modelProviders);
  });

  it('do not show what is no known way to sign in', () => {
    const files = settingsOf({ security: { auth: { selectedType: '$PASSWORD' } } });

    assert.match(foreignType(files)[0]?.message ?? '', /: "\$PASSWORD" is a way to sign in that is not known/);
  });

  it('refer to no variable in the place of the name of one, or of a key', () => {
    const modelProviders = { openai: [{ id: 'a', envKey: '$TOKEN', apiKey: '$TOKEN' }] };

    assert.deepEqual(settingsOf({ modelProviders })[0]?.modelProviders, modelProviders);
  });

  for (const modelProviders of [
    undefined,
    null,
    7,
    [],
    ['$TOKEN'],
    { openai: '$TOKEN' },
    { openai: [{ id: 7, name: null }] },
  ])
    it(`refer to nothing in models that are ${JSON.stringify(modelProviders)}`, () => {
      assert.deepEqual(settingsOf({ modelProviders })[0]?.modelProviders, modelProviders);
    });

  it('may not where they came with a workspace', () => {
    const env = { A: '$TOKEN', B: 'https://evil.example/${TOKEN}/v1' };

    assert.deepEqual(envOf({ env }, 'workspace'), [
      '3: A=$TOKEN (unresolved)',
      '4: B=https://evil.example/${TOKEN}/v1 (unresolved)',
    ]);
  });

  for (const [what, written, expected] of [
    ['the selected type', { security: { auth: { selectedType: 'openai' } } }, ['openai', undefined]],
    ['a model', { model: { name: 'a' } }, [undefined, { id: 'a', baseUrl: undefined }]],
    [
      'a model and its base URL',
      { model: { name: 'a', baseUrl: 'https://llm.example.com/v1/' } },
      [undefined, { id: 'a', baseUrl: 'https://llm.example.com/v1' }],
    ],
    ['a base URL that is none', { model: { name: 'a', baseUrl: 'none' } }, [undefined, { id: 'a', baseUrl: 'none' }]],
    [
      'what the first format kept at the top',
      { selectedAuthType: 'openai', model: 'a' },
      ['openai', { id: 'a', baseUrl: undefined }],
    ],
    ['no model where its name comes to nothing', { model: { name: '$EMPTY' } }, [undefined, undefined]],
    ['nothing of the wrong kind', { security: [], model: { name: 7 } }, [undefined, undefined]],
  ] as const) {
    it(`name ${what}`, () => {
      const { settings, problem } = read(written);

      assert.deepEqual([settings?.selectedType, settings?.model], expected);
      assert.equal(problem, undefined);
    });
  }

  it("say which variables of a project's environment file do not count", () => {
    const [settings] = settingsOf({ advanced: { excludedEnvVars: ['DEBUG', 7, null, 'MODE'] } });

    assert.deepEqual(settings?.excludedEnvVars, ['DEBUG', 'MODE']);
  });

  it('say which protocol a provider speaks', () => {
    const { settings } = read({ providerProtocol: { mine: 'openai', other: 7 } });

    assert.deepEqual(settings?.providerProtocol, new Map([['mine', 'openai']]));
  });

  for (const version of [undefined, 1, 4, 'new']) {
    it(`are known in format ${version ?? 'none'}`, () => {
      assert.equal(read({ $version: version }).problem, undefined);
    });
  }

  it('are read as far as possible in newer formats', () => {
    const { settings, problem } = read({ model: { name: 'a' }, $version: 5 });

    assert.equal(settings?.model?.id, 'a');
    assert.equal(problem?.severity, 'information');
    assert.equal(
      problem?.message,
      `${FILE}, line 5: the format $version 5 is newer than what is known here (4). It is read as far as it is understood.`,
    );
    assert.deepEqual(problem?.where, { file: FILE, line: 5 });
  });

  it('are a problem where they are somebody else’s, which is said', () => {
    const foreign: OwnedRead = { kind: 'foreign', why: 'it belongs to bob' };
    const { settings, problem } = readQwenSettings(FILE, foreign, 'user', () => undefined);

    assert.deepEqual([settings, problem?.severity, problem?.where], [undefined, 'warning', { part: FILE }]);
    assert.match(problem?.message ?? '', /is passed over, because it belongs to bob/);
  });

  it('say what to do where they cannot be read', () => {
    const { problem } = readFrom({ kind: 'broken', why: 'is odd', mend: 'Mend it so.' });

    assert.deepEqual(problem?.where, { file: FILE, line: 1 });
    assert.equal(problem?.message, `${FILE} is odd. Nothing of it is used. Mend it so.`);
  });

  const faults: readonly (readonly [what: string, file: FileRead, message: RegExp])[] = [
    ['a folder', { kind: 'folder' }, /settings\.json is a folder, not a file\. Nothing of it is used\.$/],
    ['a file that is too large', { kind: 'broken', why: 'is larger than 1 MiB' }, /is larger than 1 MiB\. Nothing/],
    ['an empty file', { kind: 'text', text: '' }, /line 1: value expected/],
    ['a comma too many', { kind: 'text', text: '{\n"a": 1,\n}' }, /line 2: a comma behind which/],
    ['a list', { kind: 'text', text: '[]' }, /settings\.json must hold an object: \{ … \}\.$/],
    ['null', { kind: 'text', text: 'null' }, /settings\.json must hold an object: \{ … \}\.$/],
  ];
  for (const [what, file, message] of faults) {
    it(`are a problem where they are ${what}`, () => {
      const { settings, problem } = readFrom(file);

      assert.equal(settings, undefined);
      assert.match(problem?.message ?? '', message);
      assert.deepEqual(problem?.where, { file: FILE, line: what === 'a comma too many' ? 2 : 1 });
    });
  }

  for (const [name, isTold] of [
    ['modelProvider', true],
    ['model_providers', true],
    ['ModelProviders', true],
    ['model-provider', true],
    ['myModelProviders', false],
    ['modelProvidersOld', false],
    ['modelProviders", "modelProvider', false],
  ] as const) {
    it(`are ${isTold ? '' : 'not '}told to have another name for modelProviders with "${name}"`, () => {
      const members = name.split('", "').map((one) => `"${one}": {}`);
      const { settings, problem } = readFrom({ kind: 'text', text: `{\n${members.join(',')} }` });

      assert.ok(settings);
      assert.deepEqual(
        problem && [problem.message, problem.where, problem.severity],
        isTold
          ? [
              `${name} in ${FILE}, line 2: This name is not read here, modelProviders is. Rename it.`,
              { file: FILE, line: 2 },
              'error',
            ]
          : undefined,
      );
    });
  }

  it('are read whatever they hold', () => {
    const names = [
      'env',
      'security',
      'auth',
      'selectedType',
      'model',
      'name',
      'baseUrl',
      'providerProtocol',
      '$version',
      '__proto__',
    ];
    const key = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 3 }));
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 0 }), fc.dictionary(key, tie('any'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          any.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        (text) => {
          const { settings, problem } = read(text);
          assert.ok(settings ?? problem instanceof ConfigurationError);
        },
      ),
      { numRuns: 500 },
    );
  });
});
