import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { misplacedNames, readQwenSettings } from '../../../src/core/config/qwenSettings';
import { ConfigurationError } from '../../../src/core/base/errors';
import type { FileRead } from '../../../src/core/base/ports';

const FILE = '/home/me/.qwen/settings.json';
const environment = new Map([
  ['TOKEN', 'sk-0123456789-PROC'],
  ['EMPTY', ''],
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
function envOf(...given: Parameters<typeof read>) {
  const { settings } = read(...given);
  return [...(settings?.env ?? [])].map(([name, { value, line, isUnresolved }]) => {
    return `${line}: ${name}=${value.reveal()}${isUnresolved ? ' (unresolved)' : ''}`;
  });
}

describe('settings of Qwen Code', () => {
  it('are not there without complaint', () => {
    assert.deepEqual(readFrom({ kind: 'missing' }), { path: FILE, settings: undefined, problem: undefined });
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
    ['nothing of the wrong kind', { security: [], model: { name: 7 } }, [undefined, undefined]],
  ] as const) {
    it(`name ${what}`, () => {
      const { settings, problem } = read(written);

      assert.deepEqual([settings?.selectedType, settings?.model], expected);
      assert.equal(problem, undefined);
    });
  }

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
    assert.match(problem?.message ?? '', /settings\.json, line 5: the format \$version 5 is newer than .* \(4\)/);
    assert.deepEqual(problem?.where, { file: FILE, line: 5 });
  });

  const faults: readonly (readonly [what: string, file: FileRead, message: RegExp])[] = [
    ['a folder', { kind: 'folder' }, /settings\.json is a folder, not a file\. Nothing of it is used\.$/],
    ['a file that is too large', { kind: 'broken', why: 'is larger than 1 MiB' }, /is larger than 1 MiB\. Nothing/],
    ['an empty file', { kind: 'text', text: '' }, /line 1: value expected/],
    ['a comma too many', { kind: 'text', text: '{\n"a": 1,\n}' }, /line 3: property name expected/],
    ['a list', { kind: 'text', text: '[]' }, /must hold an object/],
    ['null', { kind: 'text', text: 'null' }, /must hold an object/],
  ];
  for (const [what, file, message] of faults) {
    it(`are a problem where they are ${what}`, () => {
      const { settings, problem } = readFrom(file);

      assert.equal(settings, undefined);
      assert.match(problem?.message ?? '', message);
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
