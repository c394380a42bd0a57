import assert from 'node:assert/strict';

import { chmodSync, chownSync, symlinkSync } from 'node:fs';

import { findVariables } from '../../../src/core/config/variables';
import {
  type ConfigurationPlaces,
  configurationPaths,
  emptyConfiguration,
  readConfiguration,
} from '../../../src/core/config/configuration';
import { selectedType } from '../../../src/core/config/qwenSettings';
import { ConfigurationError } from '../../../src/core/base/errors';
import { configured } from '../../fakes/configured';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

const GATEWAY = 'https://llm.example.com/v1';
const [A, B] = ['a', 'b'].map((id) => ({ id, baseUrl: GATEWAY }));

describe('configuration of a folder', () => {
  let temporary: TemporaryFolder;

  beforeEach(() => {
    temporary = createTemporaryFolder();
  });
  afterEach(() => temporary.remove());

  const settingsOf = async (folder: string | undefined, trusted = true, environment: Record<string, string> = {}) => {
    const places = { files: temporary.files, environment, home: temporary.at('home'), trusted };
    const { settingsFiles } = await readConfiguration({ ...places, folder: folder && temporary.at(folder) });
    return settingsFiles.map(({ path }) => path.replace(temporary.at(''), '').replace(/^[/\\]/, ''));
  };

  it('has its settings before the persons', async () => {
    assert.deepEqual(await settingsOf('project'), ['project/.qwen/settings.json', 'home/.qwen/settings.json']);
  });

  for (const [what, folder, trusted] of [
    ['no folder is open', undefined, true],
    ['the folder is not trusted', 'project', false],
    ['the folder is home', 'home', true],
  ] as const) {
    it(`has the persons alone where ${what}`, async () => {
      assert.deepEqual(await settingsOf(folder, trusted), ['home/.qwen/settings.json']);
    });
  }

  it('follows QWEN_HOME to the persons settings', async () => {
    const environment = { QWEN_HOME: temporary.at('elsewhere') };

    assert.deepEqual(await settingsOf(undefined, true, environment), ['elsewhere/settings.json']);
  });

  it('says where a file in home names QWEN_HOME, which counts for Qwen Code alone', async () => {
    temporary.write({ 'home/.qwen/.env': 'A=1', 'home/.env': 'A=1\nQWEN_HOME=/moved', 'project/.env': 'QWEN_HOME=/x' });

    for (const folder of [temporary.at('project'), undefined]) {
      const told = (await read({ folder })).problems.map(({ where, message, severity }) => [where, message, severity]);
      const file = temporary.at(folder ? 'home/.env' : 'home/.qwen/.env');
      assert.deepEqual(told, [
        [
          { file, line: 2 },
          `${file}, line 2: QWEN_HOME counts here only where the environment has it. ` +
            'Set it there too, so that Qwen Code and Qwen Auth keep their files in one place.',
          'warning',
        ],
      ]);
      temporary.write({ 'home/.qwen/.env': 'A=1\nQWEN_HOME=/moved', 'home/.env': '' });
    }
    assert.deepEqual((await read({ environment: { QWEN_HOME: temporary.at('moved') } })).problems, []);
  });

  const read = (more: Partial<ConfigurationPlaces> = {}) =>
    readConfiguration({
      files: temporary.files,
      environment: {},
      home: temporary.at('home'),
      folder: temporary.at('project'),
      trusted: true,
      ...more,
    });

  it('is empty before it was read, but for the process', () => {
    const { variables, ...rest } = emptyConfiguration({ A: '1' });

    assert.deepEqual(rest, {
      folder: undefined,
      folderLabel: undefined,
      envSearch: { file: undefined, hidden: [], candidates: [], problems: [] },
      settingsFiles: [],
      problems: [],
    });
    assert.deepEqual([variables.envFile, variables.qwenSettings, variables.process('A')], [undefined, [], '1']);
  });

  it('says which folder it is of', async () => {
    const { folder, folderLabel } = await read({ folderLabel: 'mine' });

    assert.deepEqual([folder, folderLabel], [temporary.at('project'), 'mine']);
  });

  it('can come from these paths alone', () => {
    const places = { files: temporary.files, environment: {}, home: temporary.at('home'), trusted: true };
    const paths = configurationPaths({ ...places, folder: temporary.at('home/project') });

    assert.deepEqual(
      paths
        .filter((path) => path.startsWith(temporary.at('')))
        .map((path) => path.slice(temporary.at('').length + 1).replaceAll('\\', '/')),
      [
        'home/project/.qwen/.env',
        'home/project/.env',
        'home/.qwen/.env',
        'home/.env',
        '.qwen/.env',
        '.env',
        'home/project/.qwen/settings.json',
        'home/.qwen/settings.json',
      ],
    );
  });

  describe('leaves out of the environment file of a project', () => {
    const TEXT = 'DEBUG=1\nOPENAI_MODEL=a\nOPENAI_BASE_URL=https://llm.example.com/v1';
    const namesWith = async (own: object, workspace: object, trusted = true) => {
      temporary.write({
        'project/.env': TEXT,
        'project/deep/.env': TEXT,
        'home/.qwen/settings.json': own,
        'project/deep/.qwen/settings.json': workspace,
      });
      const { envSearch, variables } = await read({ folder: temporary.at('project/deep'), trusted });
      assert.equal(variables.envFile, envSearch.file);
      return [envSearch.file, ...envSearch.hidden].map((file) => [...(file?.values.keys() ?? [])].join(' '));
    };

    it('DEBUG, which is of its own program', async () => {
      assert.equal((await namesWith({}, {}))[0], 'OPENAI_MODEL OPENAI_BASE_URL');
    });

    it('what settings name in its place, all of them together', async () => {
      const own = { advanced: { excludedEnvVars: ['OPENAI_BASE_URL', 7] } };

      assert.equal((await namesWith(own, {}))[0], 'DEBUG OPENAI_MODEL');
      assert.equal((await namesWith(own, { advanced: { excludedEnvVars: ['OPENAI_MODEL'] } }))[0], 'DEBUG');
    });

    it('what the first format named', async () => {
      assert.equal((await namesWith({ excludedProjectEnvVars: ['OPENAI_MODEL'] }, {}))[0], 'DEBUG OPENAI_BASE_URL');
    });

    it('nothing where settings say so, and DEBUG where what they say is no list', async () => {
      assert.equal(
        (await namesWith({ advanced: { excludedEnvVars: [] } }, {}))[0],
        'DEBUG OPENAI_MODEL OPENAI_BASE_URL',
      );
      assert.equal((await namesWith({ advanced: { excludedEnvVars: 'A' } }, {}))[0], 'OPENAI_MODEL OPENAI_BASE_URL');
    });
  });

  describe('names programs that print keys', () => {
    const commandsOf = async (more: Partial<ConfigurationPlaces>) => {
      const { variables, problems } = await read(more);
      return [...(variables.keyCommands ?? []).map(({ command }) => command.join(' ')), ...problems.map(String)];
    };
    const keyCommand = (program: string) => ({ [GATEWAY]: [program, 'show'] });

    it('in the setting of the person, and in their file behind it', async () => {
      temporary.write({ 'home/.qwen/settings.json': { keyCommand: keyCommand('file') } });

      assert.deepEqual(await commandsOf({ keyCommand: () => keyCommand('setting') }), ['setting show', 'file show']);
      assert.deepEqual(await commandsOf({}), ['file show']);
    });

    it('in no file of a workspace', async () => {
      temporary.write({ 'project/.qwen/settings.json': { keyCommand: keyCommand('evil') } });

      assert.deepEqual(await commandsOf({}), []);
    });

    it('or says what is wrong, and where', async () => {
      temporary.write({ 'home/.qwen/settings.json': { keyCommand: 'pass' } });
      const { problems } = await read({ keyCommand: () => 7 });

      assert.deepEqual(
        problems.map(({ where }) => where),
        [{ setting: 'qwen.keyCommand' }, { file: temporary.at('home/.qwen/settings.json') }],
      );
      assert.match(problems[1]?.message ?? '', /^keyCommand in .*settings\.json is a text: it must be an object\.$/);
    });
  });

  it('lets the settings of the person refer to their own variables, and to no others', async () => {
    temporary.write({
      'home/.qwen/settings.json': { env: { OPENAI_BASE_URL: 'https://$HOST_NAME/v1', OPENAI_MODEL: '$NOWHERE' } },
      'project/.env': 'HOST_NAME=evil.example',
      'home/.env': 'HOST_NAME=hidden.example',
    });

    const [found] = findVariables('OPENAI_BASE_URL', (await read()).variables);
    assert.match(found?.problem?.message ?? '', /refers to a variable that is not set/);
    const [own] = findVariables('OPENAI_BASE_URL', (await read({ folder: undefined })).variables);
    assert.equal(own?.value.reveal(), 'https://hidden.example/v1');
    assert.equal(
      findVariables('OPENAI_MODEL', (await read({ folder: undefined })).variables)[0]?.value.reveal(),
      '$NOWHERE',
    );
    const environment = { HOST_NAME: 'process.example' };
    const [process] = findVariables('OPENAI_BASE_URL', (await read({ folder: undefined, environment })).variables);
    assert.equal(process?.value.reveal(), 'https://process.example/v1');
  });

  describe('for everybody on the computer', () => {
    const environment = () => ({ QWEN_CODE_SYSTEM_SETTINGS_PATH: temporary.at('etc/settings.json') });
    const named = (name: string) => ({ model: { name }, env: { ONE: name, [name]: name } });

    it('counts before the workspace, and its defaults after the person', async () => {
      temporary.write({
        'etc/settings.json': named('S'),
        'etc/system-defaults.json': { ...named('D'), security: { auth: { selectedType: 'openai' } } },
        'project/.qwen/settings.json': named('W'),
        'home/.qwen/settings.json': named('P'),
      });

      const { settingsFiles, variables } = await read({ environment: environment() });

      assert.deepEqual(
        settingsFiles.map(({ settings }) => [settings?.model?.id, settings?.side]),
        [
          ['S', 'person'],
          ['W', 'workspace'],
          ['P', 'person'],
          ['D', 'person'],
        ],
      );
      assert.deepEqual(
        findVariables('ONE', variables).map(({ value }) => value.reveal()),
        ['S', 'W', 'P', 'D'],
      );
      assert.equal(selectedType(variables.qwenSettings), 'openai');
    });

    it('is named where it cannot be read, and may refer to variables', async () => {
      temporary.write({ 'etc/settings.json': '[', 'etc/system-defaults.json': { env: { ONE: '$TWO' } } });

      const { problems, variables } = await read({ environment: { ...environment(), TWO: '2' } });

      assert.match(problems.join('\n'), /etc.settings\.json/);
      assert.equal(findVariables('ONE', variables)[0]?.value.reveal(), '2');
    });

    it('is used where a variable names it, though others may write above its folder', async function () {
      if (process.platform === 'win32') return skip(this, 'needs permissions of POSIX');
      temporary.write({ 'open/etc/settings.json': named('S'), 'open/defaults/settings.json': named('D') });
      chmodSync(temporary.at('open'), 0o777);

      const { settingsFiles } = await read({
        environment: {
          QWEN_CODE_SYSTEM_SETTINGS_PATH: temporary.at('open/etc/settings.json'),
          QWEN_CODE_SYSTEM_DEFAULTS_PATH: temporary.at('open/defaults/settings.json'),
        },
      });

      assert.deepEqual(
        settingsFiles.flatMap(({ settings }) => settings?.model?.id ?? []),
        ['S', 'D'],
      );
    });

    it('is watched', () => {
      const places = { files: temporary.files, environment: environment(), home: temporary.at('home'), trusted: true };
      const paths = configurationPaths({ ...places, folder: undefined });

      for (const name of ['etc/settings.json', 'etc/system-defaults.json'])
        assert.ok(paths.includes(temporary.at(name)), paths.join('\n'));
    });
  });

  it('has the problems of the files, and of the way to servers', async () => {
    temporary.write({ 'project/.env': '\0', 'home/.qwen/settings.json': '[' });
    const problem = new ConfigurationError({ variable: 'HTTPS_PROXY' }, 'no proxy');

    const { problems } = await read({ networkProblems: () => [problem] });

    assert.deepEqual(
      problems.map(({ message }) => /is no text|cannot be read|no proxy/.exec(message)?.[0]),
      ['is no text', 'cannot be read', 'no proxy'],
    );
  });

  it("uses no settings of the person's that somebody else may change, be the folder above them trusted", async function () {
    if (process.geteuid?.() !== 0) return skip(this, 'needs root, to give files to somebody else');
    temporary.write({ 'home/.qwen/settings.json': { env: { A: '1' } }, 'home/.env': 'A=1' });
    for (const name of ['home/.qwen/settings.json', 'home/.env']) chownSync(temporary.at(name), 65_534, 65_534);

    const { variables } = await read({ folder: temporary.at('home') });

    assert.deepEqual(findVariables('A', variables), []);
  });

  it('uses no settings that somebody else may change', async function () {
    if (process.geteuid?.() !== 0) return skip(this, 'needs root, to give files to somebody else');
    temporary.write({ 'home/.qwen/settings.json': {} });
    chownSync(temporary.at('home/.qwen'), 65_534, 65_534);

    const places = { files: temporary.files, environment: {}, home: temporary.at('home'), trusted: true };
    const { settingsFiles, problems } = await readConfiguration({ ...places, folder: undefined });

    assert.deepEqual([settingsFiles[0]?.settings, problems.length], [undefined, 1]);
    assert.match(problems[0]?.message ?? '', /settings\.json is passed over, because .*\.qwen belongs to nobody/);
  });

  it('asks before a key that a workspace links to goes to its address', async () => {
    temporary.write({
      'home/.qwen/settings.json': { env: { OPENAI_API_KEY: 'sk-0123456789-HOME' } },
      'project/.env': 'OPENAI_BASE_URL=https://evil.example/v1',
    });
    symlinkSync(temporary.at('home/.qwen'), temporary.at('project/.qwen'));

    const places = { files: temporary.files, environment: {}, home: temporary.at('home'), trusted: true };
    const { variables } = await readConfiguration({ ...places, folder: temporary.at('project') });

    const sides = ['OPENAI_API_KEY', 'OPENAI_BASE_URL'].map((name) => findVariables(name, variables)[0]?.side);
    assert.deepEqual(sides, ['outside', 'workspace']);
  });

  it('says where it names a way to sign in that is not known', async () => {
    const { problems } = await configured({
      files: { 'home/.qwen/settings.json': { security: { auth: { selectedType: 'gemini' } } } },
    });

    assert.deepEqual(
      problems.map(({ message, severity }) => [/line 4: "gemini" is a way/.test(message), severity]),
      [[true, 'information']],
    );
  });

  it('tells every fault, and uses the rest', async () => {
    const { problems, credential } = await configured({
      files: {
        'home/project/.qwen/.env/file': '',
        'home/project/.env': `OPENAI_API_KEY=sk-0123456789-PROJ\nOPENAI_BASE_URL=${GATEWAY}\nOPENAI_MODEL=m`,
        'home/project/.qwen/settings.json': '{ "env": { "OPENAI_API_KEY": 1, } }',
        'home/.qwen/settings.json': { $version: 99, modelProviders: [] },
      },
    });

    assert.deepEqual(
      problems.map(({ message }) => /is a folder|line 1: a comma|\$version 99|must be an object/.exec(message)?.[0]),
      ['is a folder', 'line 1: a comma', '$version 99', 'must be an object'],
    );
    assert.equal(credential?.source.kind, 'dotenv');
  });

  for (const [what, file, isSent] of [
    ['cannot be read', '{ "modelProviders": { "openai": [{ "id": "a", }] } }', false],
    ['is empty', '', false],
    ['has its models under another name', '{ "model_providers": {} }', false],
    ['can be read', '{}', true],
  ] as const) {
    it(`sends a key ${isSent ? '' : 'not '}to its default where a settings file ${what}`, async () => {
      for (const name of ['home/.qwen/settings.json', 'home/project/.qwen/settings.json']) {
        const setup = { files: { [name]: file }, environment: { OPENAI_API_KEY: 'sk-0123456789-ENVI' } };
        const usual = await configured(setup);
        const given = await configured({ ...setup, environment: { ...setup.environment, OPENAI_BASE_URL: GATEWAY } });

        assert.equal(usual.models[0]?.baseUrl, isSent ? 'https://api.openai.com/v1' : undefined);
        assert.equal(given.environmentServer?.baseUrl, GATEWAY);
      }
    });
  }
});

describe('modelProviders of files', () => {
  const OWN = 'home/.qwen/settings.json';
  const WORKSPACE = 'home/project/.qwen/settings.json';
  const modelsOf = async (setup: Parameters<typeof configured>[0]) =>
    (await configured(setup)).models.map(({ name, source }) => `${name} ${source.kind}`);

  it('of the workspace stand for the persons of that id', async () => {
    const files = {
      [WORKSPACE]: { modelProviders: { openai: [A] } },
      [OWN]: { modelProviders: { openai: [B], mine: [{ id: 'c' }] }, providerProtocol: { mine: 'openai' } },
    };

    assert.deepEqual(await modelsOf({ files }), ['a workspaceSettings', 'c qwenSettings']);
  });

  it('of the person may refer to their variables, and tell where one is not set', async () => {
    const entry = (name: string) => ({ ...A, id: name, baseUrl: `$${name}` });
    const files = {
      [OWN]: { modelProviders: { openai: [entry('CORP_URL'), entry('OTHER')] } },
      [WORKSPACE]: { modelProviders: { mine: [entry('CORP_URL')] }, providerProtocol: { mine: 'openai' } },
    };
    const environment = { CORP_URL: 'https://llm.example.com/v1' };
    const { models, problems } = await configured({ files, environment });

    assert.deepEqual(
      models.map(({ id, baseUrl }) => [id, baseUrl]),
      [['CORP_URL', 'https://llm.example.com/v1']],
    );
    assert.deepEqual(
      problems.map(({ message }) => /modelProviders(\.\S+) .*"(\S+)" only shows/.exec(message)?.slice(1)),
      [
        ['.mine[0].baseUrl', '$CORP_URL'],
        ['.openai[1].baseUrl', '$OTHER'],
      ],
    );
  });

  it('of the workspace may be an empty list', async () => {
    const files = { [WORKSPACE]: { modelProviders: { openai: [] } }, [OWN]: { modelProviders: { openai: [B] } } };

    assert.deepEqual(await modelsOf({ files }), []);
  });

  it('of the workspace hide nothing where they are no object', async () => {
    const files = { [WORKSPACE]: { modelProviders: [A] }, [OWN]: { modelProviders: { openai: [B] } } };

    assert.deepEqual(await modelsOf({ files }), ['b qwenSettings']);
  });

  it('come after those of the editor', async () => {
    const files = { [OWN]: { modelProviders: { openai: [{ ...A, name: 'file' }, B] } } };

    assert.deepEqual(await modelsOf({ files, providers: { openai: [{ ...A, name: 'setting' }] } }), [
      'setting settings',
      'b qwenSettings',
    ]);
  });

  it('speak the protocol that any file says', async () => {
    const files = {
      [WORKSPACE]: { modelProviders: { mine: [A], yours: [B], theirs: [B] }, providerProtocol: { yours: 'gemini' } },
      [OWN]: { providerProtocol: { mine: 'openai', yours: 'openai' } },
    };
    const { models, problems } = await configured({ files });

    assert.deepEqual(
      models.map(({ id }) => id),
      ['a'],
    );
    assert.deepEqual(
      problems.map(({ message }) =>
        /modelProviders\.(\w+) in .* (not spoken here|is no protocol)/.exec(message)?.slice(1),
      ),
      [
        ['yours', 'not spoken here'],
        ['theirs', 'is no protocol'],
      ],
    );
  });

  it('name file and line of a bad entry', async () => {
    const entries =
      '[\n    { "id": "a" },\n    { "name": "b" },\n    { "id": "c",\n      "envKey": "sk-0123456789" },\n    7\n  ]';
    const { models, problems } = await configured({
      files: { [OWN]: `{ // mine\n"modelProviders": { "openai": ${entries} } }` },
    });

    assert.deepEqual(
      models.map(({ id, source }) => [id, source.line]),
      [['a', 3]],
    );
    assert.deepEqual(
      problems.map(({ where }) => 'file' in where && [where.file.replaceAll('\\', '/').endsWith(OWN), where.line]),
      [
        [true, 4],
        [true, 6],
        [true, 7],
      ],
    );
    assert.match(problems[0]?.message ?? '', /^modelProviders\.openai\[1\] in \S+settings\.json, line 4, has no "id"/);
    assert.doesNotMatch(problems.join('\n'), /0123456789/);
  });
});
