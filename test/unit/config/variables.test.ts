import assert from 'node:assert/strict';

import type { ConfigurationError } from '../../../src/core/base/errors';
import { emptyConfiguration, readConfiguration } from '../../../src/core/config/configuration';
import { findVariables, type VariablePlaces, variableProblems } from '../../../src/core/config/variables';
import { variableProblem } from '../../../src/core/config/variableValue';
import { readArguments } from '../../../src/core/config/readArguments';
import { sourceInShort } from '../../fakes/configured';
import { createTemporaryFolder, type Contents, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('variable', () => {
  let temporary: TemporaryFolder;

  beforeEach(() => {
    temporary = createTemporaryFolder();
  });
  afterEach(() => temporary.remove());

  async function placesOf(files: Contents, environment: Record<string, string> = {}): Promise<VariablePlaces> {
    temporary.write(files);
    const home = temporary.at('home');
    const folder = temporary.at('home/project');
    return (await readConfiguration({ files: temporary.files, environment, home, folder, trusted: true })).variables;
  }
  const lineOf = (problem: ConfigurationError | undefined) =>
    problem && 'line' in problem.where ? problem.where.line : undefined;
  const inShort = (places: VariablePlaces) =>
    findVariables('A', places).map(
      ({ value, side, source }) => `${value.reveal()} of the ${side}: ${sourceInShort(source)}`,
    );

  it('has its value in effect before those it shadows', async () => {
    const places = await placesOf(
      {
        'home/project/.env': '\nA=2',
        'home/project/.qwen/settings.json': { env: { A: '3' } },
        'home/.qwen/settings.json': { env: { A: '4' } },
      },
      { A: '1' },
    );

    assert.deepEqual(inShort(places), [
      '1 of the person: the environment variable A',
      '2 of the workspace: A in home/project/.env, line 2',
      '3 of the workspace: env.A in home/project/.qwen/settings.json, line 3',
      '4 of the person: env.A in home/.qwen/settings.json, line 3',
    ]);
  });

  for (const name of ['constructor', 'toString', '__proto__']) {
    it(`is not set where it is called ${name}, as what every object has`, async () => {
      const places = await placesOf({ 'home/.qwen/settings.json': { env: { A: `$${name}` } } });

      assert.deepEqual(findVariables(name, places), []);
      assert.match(findVariables('A', places)[0]?.problem?.message ?? '', /refers to a variable that is not set/);
    });
  }

  it('is first what was said on the command line, for each name that it stands for', async () => {
    const places = {
      ...(await placesOf({}, { OPENAI_MODEL: 'p' })),
      commandLine: readArguments({ '--model': ' m ', '--openai-base-url': undefined }),
    };

    assert.deepEqual(
      ['OPENAI_MODEL', 'LLAMA_API_MODEL', 'QWEN_MODEL'].map((name) =>
        findVariables(name, places).map(({ value, source }) => `${value.reveal()} ${source.kind}`),
      ),
      [['m argument', 'p environment'], ['m argument'], []],
    );
  });

  it('is the persons own in a file of home', async () => {
    assert.deepEqual(inShort(await placesOf({ 'home/.env': 'A=1' })), ['1 of the person: A in home/.env, line 1']);
  });

  it('is not set where it is empty', async () => {
    const files = { 'home/project/.env': 'A=" "', 'home/.qwen/settings.json': { env: { A: '' } } };

    assert.deepEqual(inShort(await placesOf(files, { A: '' })), []);
  });

  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_MODEL'])
    it(`is not set where ${name} is a pair of quotes, and nothing is said of it`, () => {
      const { variables } = emptyConfiguration({ [name]: '""' });

      assert.deepEqual([findVariables(name, variables), variableProblems(name, variables)], [[], []]);
    });

  it('has no blanks around its value', async () => {
    const files = { 'home/.env': 'A=" 2\\n"', 'home/.qwen/settings.json': { env: { A: '\t3 ' } } };
    const values = findVariables('A', await placesOf(files, { A: ' 1 ' })).map(({ value }) => value.reveal());

    assert.deepEqual(values, ['1', '2', '3']);
  });

  it('may come into the process later on', () => {
    const environment: Record<string, string> = {};
    const { variables } = emptyConfiguration(environment);
    environment['A'] = '1';

    assert.equal(findVariables('A', variables)[0]?.value.reveal(), '1');
  });

  it('may be referred to by the settings of the person, from the file of the person too', async () => {
    const files = { 'home/.env': 'B=2', 'home/.qwen/settings.json': { env: { A: '${B}-$C' } } };
    const [found] = findVariables('A', await placesOf(files, { C: '3' }));

    assert.deepEqual([found?.value.reveal(), found?.problem], ['2-3', undefined]);
  });

  it('may not be referred to by the settings of a workspace, which are told where', async () => {
    const files = { 'home/project/.qwen/settings.json': { env: { A: '$B' } } };
    const [found] = findVariables('A', await placesOf(files, { B: 'sk-0123456789' }));

    assert.match(
      found?.problem?.message ?? '',
      /^env\.A in .*settings\.json, line 3, refers to another variable, which a workspace may not read, so it is not used\. Set A /,
    );
    assert.ok(found?.problem && 'line' in found.problem.where);
    assert.deepEqual([found.problem.where.line, found.problem.severity], [3, 'warning']);
  });

  it('says so where the settings of the person refer to what is not set', async () => {
    const files = { 'home/.qwen/settings.json': { env: { A: '$B' } } };
    const [found] = findVariables('A', await placesOf(files));

    assert.match(found?.problem?.message ?? '', /line 3, refers to a variable that is not set, so it is not used\./);
  });

  it('has its key cleaned wherever it stands', async () => {
    const files = {
      'home/.env': 'A=“Bearer sk-0123456789”',
      'home/.qwen/settings.json': { env: { A: 'sk-0123\u200b456789' } },
    };
    const values = findVariables('A', await placesOf(files, { A: 'sk-0123456789\n' })).map(({ value }) =>
      value.reveal(),
    );

    assert.deepEqual(values, ['sk-0123456789', 'sk-0123456789', 'sk-0123456789']);
  });

  for (const [what, text, said] of [
    ['a placeholder', 'your_api_key_here', 'This only shows where a key would stand, so it counts as not set.'],
    [
      'a reference',
      '${OTHER}',
      'This refers to a value that is kept elsewhere, and nothing is expanded here, so it counts',
    ],
    ['a key in part', 'sk-01••••89', 'A part of this key is hidden, so it counts as not set.'],
  ] as const) {
    it(`is not set by ${what}, which is told where`, async () => {
      const places = await placesOf({
        'home/project/.env': `\nA=${text}`,
        'home/.qwen/settings.json': { env: { A: 'k' } },
      });
      const [problem] = variableProblems('A', places);

      assert.deepEqual(inShort(places), ['k of the person: env.A in home/.qwen/settings.json, line 3']);
      assert.match(problem?.message ?? '', /^A in .*\.env, line 2: /);
      assert.ok(problem?.message.includes(said), problem?.message);
      assert.deepEqual([lineOf(problem), problem?.severity], [2, 'warning']);
    });
  }

  it('ends the search where no header can hold it', async () => {
    const places = await placesOf({
      'home/.env': 'A=sk-01234\u043556789',
      'home/.qwen/settings.json': { env: { A: 'k' } },
    });
    const [found] = findVariables('A', places);

    assert.match(found?.problem?.message ?? '', /^A in .*home\/\.env, line 1: The key holds the character "\u0435"/);
    assert.deepEqual(variableProblems('A', places), [found?.problem]);
  });

  it('has all said of it where nothing sets it', async () => {
    const problems = variableProblems('A', await placesOf({ 'home/.env': 'A=your-key' }, { A: '<key>' }));

    assert.deepEqual(
      problems.map(({ where, severity }) => [Object.keys(where).join(), severity]),
      [
        ['variable', 'warning'],
        ['file,line', 'warning'],
      ],
    );
  });

  it('is named with its place in the message, at the beginning of a sentence', () => {
    const { variables } = emptyConfiguration({ OPENAI_MODEL: 'a\nb' });
    const [problem] = variableProblems('OPENAI_MODEL', variables);

    assert.deepEqual(problem?.where, { variable: 'OPENAI_MODEL' });
    assert.equal(
      problem?.message,
      'The environment variable OPENAI_MODEL: The name of a model is one line of characters that can be seen.',
    );
  });

  for (const [name, value, said] of [
    ['OPENAI_MODEL', 'your_model_choice', 'This only shows where a model name would stand, so it counts as not set.'],
    ['OPENAI_MODEL', '你的模型', 'This only shows where a model name would stand, so it counts as not set.'],
    ['LLAMA_API_MODEL', '$MODEL', 'This refers to a value that is kept elsewhere, and nothing is expanded here, so it'],
    [
      'QWEN_MODEL',
      'gpt-...-4',
      'A part of this model name is hidden, so it counts as not set. Put the model name itself',
    ],
  ] as const) {
    it(`is not set where ${name} is ${value}`, () => {
      const { variables } = emptyConfiguration({ [name]: value });

      assert.deepEqual(findVariables(name, variables), []);
      assert.deepEqual(
        variableProblems(name, variables).map(({ message, severity }) => [message.includes(said), severity]),
        [[true, 'warning']],
      );
    });
  }

  for (const [name, value] of [
    ['OPENAI_MODEL', '通义千问-Max'],
    ['LLAMA_API_MODEL', '盘古大模型'],
  ] as const) {
    it(`is set where ${name} is ${value}, for a name may be in any language`, () => {
      const { variables } = emptyConfiguration({ [name]: value });

      assert.deepEqual(
        findVariables(name, variables).map((found) => found.value.reveal()),
        [value],
      );
    });
  }

  for (const name of ['OPENAI_BASE_URL', 'LLAMA_API_BASE_URL'])
    it(`ends the search where ${name} is an address that cannot be used`, () => {
      const { variables } = emptyConfiguration({ [name]: 'https://your-endpoint.com/v1' });
      const [found] = findVariables(name, variables);

      assert.match(found?.problem?.message ?? '', /only shows where an address would stand/);
      assert.deepEqual(variableProblems(name, variables), [found?.problem]);
      assert.equal(found?.problem?.severity, 'error');
    });

  it('may be one text for the key and for the model of different families, which are others', () => {
    const environment = { LLAMA_API_KEY: 'hunter2', OPENAI_API_KEY: 'hunter3', OPENAI_MODEL: 'hunter2' };
    const { variables } = emptyConfiguration(environment);

    assert.equal(findVariables('OPENAI_MODEL', variables)[0]?.problem, undefined);
    const own = { ...environment, LLAMA_API_MODEL: '"hunter2"', LLAMA_API_KEY: ' hunter2 ' };
    const [found] = findVariables('LLAMA_API_MODEL', emptyConfiguration(own).variables);
    assert.match(found?.problem?.message ?? '', /looks like a key, where the name of a model should be/);
  });

  it('says what should stand where a key stands', () => {
    const { variables } = emptyConfiguration({ OPENAI_BASE_URL: 'sk-0123456789abcdef' });

    assert.match(
      findVariables('OPENAI_BASE_URL', variables)[0]?.problem?.message ?? '',
      /looks like a key, where an address should be, so it is neither used nor shown\.$/,
    );
  });

  it('is named with its file, also where no line of that is known', () => {
    const file = '/home/me/the keys/.env';
    const problem = variableProblem({ source: { kind: 'dotenv', name: 'A', file } }, 'It is odd.');

    assert.deepEqual([problem.message, problem.where], [`A in ${file}: It is odd.`, { file }]);
  });

  it('has nothing said of what it shadows', async () => {
    assert.deepEqual(variableProblems('A', await placesOf({ 'home/.env': 'A=your-key' }, { A: 'k' })), []);
  });

  for (const [name, value] of [
    ['OPENAI_BASE_URL', 'sk-0123456789abcdef'],
    ['OPENAI_BASE_URL', '0123456789abcdef0123456789abcdef.hunter2Secret123'],
    ['OPENAI_BASE_URL', 'hunter2secret'],
    ['OPENAI_MODEL', 'sk-0123456789abcdef'],
    ['OPENAI_MODEL', 'a0123456789abcdef0123456789abcdef'],
    ['OPENAI_MODEL', 'hunter2'],
    ['LLAMA_API_MODEL', 'xai-0123456789abcdefABCD'],
    ['QWEN_MODEL', 'Bearer sk-0123456789abcdef'],
  ] as const) {
    it(`is neither used nor shown where ${name} is the key ${value}`, () => {
      const { variables } = emptyConfiguration({ [name]: value, OPENAI_API_KEY: 'hunter2' });
      const [found] = findVariables(name, variables);

      assert.match(found?.problem?.message ?? '', new RegExp(`^The environment variable ${name}: `));
      assert.doesNotMatch(found?.problem?.message ?? '', /0123456789|hunter2/);
    });
  }

  for (const [key, address, model] of [
    ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'QWEN_MODEL'],
    ['LLAMA_API_KEY', 'LLAMA_API_BASE_URL', 'LLAMA_API_MODEL'],
  ] as const) {
    it(`is neither used nor shown where it is the key of ${key}, whatever that looks like`, () => {
      const { variables } = emptyConfiguration({ [key]: 'hunters', [address]: 'hunters', [model]: 'hunters' });

      assert.equal(findVariables(key, variables)[0]?.problem, undefined);
      for (const name of [address, model]) {
        const [found] = findVariables(name, variables);
        assert.match(found?.problem?.message ?? '', /What stands there looks like a key/);
        assert.doesNotMatch(found?.problem?.message ?? '', /hunters/);
      }
    });
  }

  for (const model of [
    'Qwen/Qwen3-Coder-480B-A35B-Instruct',
    'ep-20250101123456-abcde',
    'ft:gpt-4o:acme::9Abc12De',
    'gpt-4o',
  ]) {
    it(`may name the model ${model}`, () => {
      const { variables } = emptyConfiguration({ OPENAI_MODEL: ` "${model}" ` });

      assert.deepEqual(
        findVariables('OPENAI_MODEL', variables).map(({ value, problem }) => [value.reveal(), problem]),
        [[model, undefined]],
      );
    });
  }

  describe("of Qwen Code's own sign-in", () => {
    const auth = { apiKey: 'sk-0123456789', baseUrl: 'https://llm.example.com/v1/' };

    it('comes last', async () => {
      const files = {
        'home/project/.qwen/settings.json': { security: { auth: { apiKey: 'sk-9876543210' } } },
        'home/.qwen/settings.json': { security: { auth }, env: { OPENAI_API_KEY: 'sk-5555555555' } },
      };
      const found = findVariables('OPENAI_API_KEY', await placesOf(files));

      assert.deepEqual(
        found.map(({ source, side }) => `${side}: ${sourceInShort(source)}`),
        [
          'person: env.OPENAI_API_KEY in home/.qwen/settings.json, line 9',
          'workspace: security.auth.apiKey in home/project/.qwen/settings.json, line 4',
          'person: security.auth.apiKey in home/.qwen/settings.json, line 4',
        ],
      );
    });

    it('has the base URL too', async () => {
      const files = { 'home/.qwen/settings.json': { security: { auth: { ...auth, selectedType: 'openai' } } } };
      const [found] = findVariables('OPENAI_BASE_URL', await placesOf(files));

      assert.equal(found?.value.reveal(), 'https://llm.example.com/v1');
    });

    for (const type of ['gemini', 'anthropic', 'qwen-oauth']) {
      it(`is not for ${type}`, async () => {
        const files = { 'home/.qwen/settings.json': { security: { auth: { ...auth, selectedType: type } } } };

        assert.deepEqual(findVariables('OPENAI_API_KEY', await placesOf(files)), []);
      });
    }
  });

  for (const value of [null, 7, ['https://llm.example.com/v1']]) {
    it(`ends the search where settings have ${JSON.stringify(value)} in its place`, async () => {
      const files = { 'home/.qwen/settings.json': { env: { OPENAI_BASE_URL: value } } };
      const [found] = findVariables('OPENAI_BASE_URL', await placesOf(files));

      assert.match(
        found?.problem?.message ?? '',
        /env\.OPENAI_BASE_URL in .*, line 3: This must be a text, and is (?:null|a number|a list)\. Mend it or take it out\.$/,
      );
    });
  }

  it('does not print', () => {
    const { variables } = emptyConfiguration({ A: 'sk-0123456789' });

    assert.doesNotMatch(JSON.stringify([variables, findVariables('A', variables)]), /0123456789/);
  });
});
