import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Configuration, readConfiguration } from '../../../src/core/config/configuration';
import { type EntryFields, NO_FIELDS } from '../../../src/core/config/entryFields';
import { ConfigurationError, SignInRequired } from '../../../src/core/base/errors';
import { isRecord } from '../../../src/core/base/json';
import type { GenerationConfig } from '../../../src/core/providers/generationConfig';
import type { CatalogueModel } from '../../../src/core/providers/provider';
import type { EntryRef } from '../../../src/core/views/entryTarget';
import type { EditableUserSettings } from '../../../src/core/views/entryWriter';
import { ProvidersPage } from '../../../src/core/views/providersPage';
import { buildSnapshot } from '../../../src/core/session/buildSnapshot';
import type { EntryView, ProvidersPageView } from '../../../src/shared/providersMessages';
import { systemFiles } from '../../../src/core/base/files';
import { keyAccount } from '../../fakes/accounts';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';
import { snapshot } from '../../fakes/snapshots';
import { type Contents, createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

const PLAN = keyAccount().baseUrl;
const fields = (changes: Partial<EntryFields> = {}): EntryFields => ({
  ...NO_FIELDS,
  id: 'new',
  ...changes,
});
const at = (file: EntryRef['file'], index: number, id: string): EntryRef => ({ file, provider: 'openai', index, id });

describe('the page of the providers', () => {
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  /** A page over real files below `home`, with `home/project` open, and settings of VS Code in memory. */
  async function open(
    files: Contents,
    settings = '{}',
    serverModels = async (): Promise<readonly CatalogueModel[]> => [],
    agrees = (): boolean => true,
    hasUnsavedChanges: (path: string) => boolean = () => false,
  ) {
    folder = createTemporaryFolder(files);
    const asked: unknown[] = [];
    const tried: string[] = [];
    const configs: GenerationConfig[] = [];
    const questions: string[] = [];
    let text = settings;
    const providers = (): unknown => {
      const value: unknown = JSON.parse(text);
      return isRecord(value) ? value['qwen.modelProviders'] : undefined;
    };
    const userSettings: EditableUserSettings = {
      path: '/user/settings.json',
      get modelProviders() {
        return providers();
      },
      change: async (edit) => {
        text = edit('/user/settings.json', text);
      },
    };
    const read = (): Promise<Configuration> =>
      readConfiguration({
        files: folder.files,
        environment: {
          GOOD_KEY: 'sk-0123456789abcd',
          WORD_OF_MINE: 'correct horse',
          QWEN_HOME: folder.at('home/.qwen'),
        },
        home: folder.at('home'),
        folder: folder.at('home/project'),
        trusted: true,
      });
    let configuration = await read();
    const stored = { accounts: [keyAccount()], unreadable: [], problems: [] };
    const selection = { workspace: undefined, global: createMemoryStateStore() };
    const page = new ProvidersPage({
      session: {
        get snapshot() {
          const sources = {
            stored,
            settingsProblems: [],
            modelProviders: providers(),
            configuration,
            selection,
          };
          return snapshot(buildSnapshot(sources));
        },
        discovery: { serverModels: async () => ({ models: await serverModels() }) },
        tryModel: async ({ id, baseUrl, generationConfig }, onText) => {
          configs.push(generationConfig);
          tried.push(`${id} ${baseUrl}`);
          onText('Hel');
          return { text: 'Hello.', firstTokenMs: 5 };
        },
        signIns: { change: async () => undefined },
      },
      askToSend: async ({ selected }) => void asked.push(selected?.baseUrl),
      confirm: async ({ title }) => questions.push(title) > 0 && agrees(),
      userSettings,
      files: systemFiles,
      hasUnsavedChanges,
      reload: async () => {
        configuration = await read();
      },
    });
    return {
      page,
      asked,
      tried,
      configs,
      questions,
      view: (): ProvidersPageView => page.view(),
      settings: () => text,
      textOf: (name: string) => readFileSync(folder.at(name), 'utf8'),
    };
  }

  const entriesOf = (view: ProvidersPageView, file: EntryRef['file']): readonly EntryView[] =>
    view.files.find(({ id }) => id === file)?.lists.flatMap(({ entries }) => entries) ?? [];

  it('lists each file with its entries, what their keys are, and why some do not count', async () => {
    const { view } = await open(
      {
        'home/.qwen/settings.json': {
          env: { FILE_KEY: 'sk-of-a-file-0123' },
          modelProviders: {
            openai: [
              { id: 'a', baseUrl: PLAN },
              { id: 'b', envKey: 'GOOD_KEY', baseUrl: 'https://llm.example.com/v1' },
              { id: 'c', envKey: 'FILE_KEY', baseUrl: 'https://llm.example.com/v1' },
              { id: 'd', envKey: 'NOT_SET', baseUrl: 'https://llm.example.com/v1' },
              { name: 'no id' },
            ],
            anthropic: [{ id: 'claude' }],
          },
        },
      },
      JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a', baseUrl: `${PLAN}/`, name: 'Plan' }] } }),
    );

    const short = (entry: EntryView) =>
      `${entry.name}: ${(entry.usable && entry.keyState?.text.replace(/\/\S*\/home/, '~')) || entry.state.text}`;
    assert.deepEqual(entriesOf(view(), 'settings').map(short), ['Plan: in the keychain, ends in abcd']);
    assert.deepEqual(entriesOf(view(), 'user').map(short), [
      'a: Shadowed',
      'b: from the environment variable GOOD_KEY',
      'c: from env.FILE_KEY in ~/.qwen/settings.json, line 3',
      'd: missing: NOT_SET is not set, and none is saved for it',
      'no id: Mistake',
      'claude: Not used',
    ]);
  });

  it("says that a workspace's list stands in the place of the person's", async () => {
    const { view } = await open({
      'home/.qwen/settings.json': { modelProviders: { openai: [{ id: 'a' }] } },
      'home/project/.qwen/settings.json': { modelProviders: { openai: [{ id: 'b' }] } },
    });

    const [list] = view().files.at(-1)?.lists ?? [];
    assert.match(list?.note ?? '', /counts in the place of this one/);
    assert.deepEqual([entriesOf(view(), 'workspace')[0]?.usable, entriesOf(view(), 'user')[0]?.usable], [true, false]);
  });

  it('sends no key down that somebody wrote into a file', async () => {
    const key = 'sk-0123456789abcdef';
    const { view } = await open(
      {},
      JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: key, name: key, envKey: key }] } }),
    );

    assert.doesNotMatch(JSON.stringify(view()), new RegExp(key));
  });

  it('previews where requests go and what is wrong, without writing', async () => {
    const { page, view, settings } = await open({});

    page.draft(
      { kind: 'add', file: 'settings', provider: 'openai' },
      fields({ id: '', baseUrl: `${PLAN}/chat/completions` }),
    );

    const { draft } = view();
    assert.equal(draft?.baseUrl, PLAN);
    assert.equal(draft?.keyState?.text, 'in the keychain, ends in abcd');
    assert.deepEqual(Object.keys(draft?.errors ?? {}), ['id']);
    assert.equal(settings(), '{}');
  });

  it('adds to the settings of VS Code and says so', async () => {
    const { page, view } = await open({});

    await page.save({ kind: 'add', file: 'settings', provider: 'openai' }, fields({ name: 'New one' }));

    assert.deepEqual(
      entriesOf(view(), 'settings').map(({ name }) => name),
      ['New one'],
    );
    assert.deepEqual(view().outcome, { serial: 1, ok: true, text: 'Added New one.', form: 'entry' });
    assert.equal(view().draft, undefined);
  });

  it("makes Qwen Code's file for the first entry", async () => {
    const { page, textOf } = await open({});

    await page.save({ kind: 'add', file: 'user', provider: 'openai' }, fields());

    assert.deepEqual(JSON.parse(textOf('home/.qwen/settings.json')), {
      $version: 4,
      modelProviders: { openai: [{ id: 'new' }] },
    });
  });

  it('writes nothing while a field is wrong', async () => {
    const { page, view, settings } = await open({});

    await page.save({ kind: 'add', file: 'settings', provider: 'openai' }, fields({ envKey: 'sk-0123456789abcdef' }));

    assert.equal(view().outcome?.ok, false);
    assert.match(view().draft?.errors.envKey ?? '', /never the key itself/);
    assert.equal(settings(), '{}');
  });

  it('adds once what is to be saved twice at once', async () => {
    const { page, view } = await open({});
    const save = () => page.save({ kind: 'add', file: 'settings', provider: 'openai' }, fields());

    await Promise.all([save(), save()]);

    assert.equal(entriesOf(view(), 'settings').length, 1);
    assert.equal(view().outcome?.serial, 1);
  });

  it('saves a second form while the first is being saved, whose outcome closes the first alone', async () => {
    const settings = JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a' }, { id: 'b' }] } });
    const { page, view } = await open({}, settings);
    const other = { kind: 'edit', entry: at('settings', 1, 'b') } as const;
    const told: string[] = [];

    const first = page.save({ kind: 'edit', entry: at('settings', 0, 'a') }, fields({ id: 'a2' }));
    page.draft(other, fields({ id: 'b2' }));
    page.onDidChange(() => {
      const { outcome, draft } = view();
      told.push(`${outcome?.text} Of ${outcome?.form ?? 'no form'}, draft ${draft?.fields.id ?? 'gone'}.`);
    });
    await Promise.all([first, page.save(other, fields({ id: 'b2' }))]);

    assert.deepEqual(told, ['Saved a2. Of no form, draft b2.', 'Saved b2. Of entry, draft gone.']);
    assert.deepEqual(
      entriesOf(view(), 'settings').map(({ name }) => name),
      ['a2', 'b2'],
    );
  });

  it('tells which form an outcome is of, and nothing else closes it', async () => {
    const settings = JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a' }, { id: 'b' }] } });
    const { page, view } = await open({}, settings);
    page.draft({ kind: 'edit', entry: at('settings', 0, 'a') }, fields({ id: 'c' }));

    await page.remove(at('settings', 1, 'b'));

    assert.deepEqual(view().outcome, { serial: 1, ok: true, text: 'Removed b.' });
    assert.equal(view().draft?.fields.id, 'c');
  });

  it('edits, moves and removes, one after the other', async () => {
    const { page, view } = await open({
      'home/project/.qwen/settings.json':
        '{ "modelProviders": { "openai": [ { "id": "a" }, { "id": "b" } /* b */ ] } }',
    });

    await Promise.all([
      page.save({ kind: 'edit', entry: at('workspace', 0, 'a') }, fields({ id: 'a2' })),
      page.move(at('workspace', 1, 'b'), -1),
    ]);
    assert.deepEqual(
      entriesOf(view(), 'workspace').map(({ name }) => name),
      ['b', 'a2'],
    );
    assert.equal(view().outcome?.text, 'Moved b up: 1 of 2.');

    await page.remove(at('workspace', 1, 'a2'));
    assert.deepEqual(
      entriesOf(view(), 'workspace').map(({ name }) => name),
      ['b'],
    );
  });

  for (const [what, link, to, isWritten] of [
    [
      'follows no link of a project to a file of the person',
      'project/.qwen/settings.json',
      'person/.qwen/settings.json',
    ],
    ['follows no link of a project to where no file is yet', 'project/.qwen', 'person/elsewhere'],
    ['follows no link of a project to nothing', 'project/.qwen/settings.json', 'person/elsewhere/a.json'],
    ['follows a link of a project that stays in it', 'project/.qwen', 'project/config', true],
  ] as const) {
    it(`${what}, when it writes there`, async function () {
      if (process.platform === 'win32') skip(this, 'not everybody may make links on Windows');
      const { page, view } = await open({
        'home/.qwen/settings.json': '{}',
        'home/person/.qwen/settings.json': '{}',
        'home/person/elsewhere/a': '',
        'home/project/config/a': '',
      });
      mkdirSync(dirname(folder.at(`home/${link}`)), { recursive: true });
      symlinkSync(folder.at(`home/${to}`), folder.at(`home/${link}`));

      await page.save({ kind: 'add', file: 'workspace', provider: 'openai' }, fields());

      const { outcome } = view();
      assert.equal(outcome?.ok, isWritten ?? false, outcome?.text);
      if (!isWritten) assert.match(outcome?.text ?? '', /leads out of its project by a link\. Nothing was written/);
      assert.equal(readFileSync(folder.at('home/person/.qwen/settings.json'), 'utf8'), '{}');
    });
  }

  it('refuses to write over a file that does not parse, with its line', async () => {
    const broken = '{\n  "modelProviders": {\n    oops\n  }\n}';
    const { page, view, textOf } = await open({ 'home/.qwen/settings.json': broken });

    await page.save({ kind: 'add', file: 'user', provider: 'openai' }, fields());

    assert.match(view().files.at(-1)?.problem?.message ?? '', /line 3/);
    assert.match(view().outcome?.text ?? '', /line 3/);
    assert.equal(textOf('home/.qwen/settings.json'), broken);
  });

  it('refuses to change an entry that is another one by now', async () => {
    const { page, view, textOf } = await open({
      'home/.qwen/settings.json': '{ "modelProviders": { "openai": [ { "id": "a" } ] } }',
    });
    folder.write({ 'home/.qwen/settings.json': '{ "modelProviders": { "openai": [ { "id": "other" } ] } }' });

    await page.remove(at('user', 0, 'a'));

    assert.match(view().outcome?.text ?? '', /has changed meanwhile/);
    assert.match(textOf('home/.qwen/settings.json'), /other/);
  });

  it('shows the models of a server, and adds those that are chosen beside the entry', async () => {
    const settings = JSON.stringify({
      'qwen.modelProviders': { openai: [{ id: 'a', baseUrl: PLAN, envKey: 'GOOD_KEY' }] },
    });
    const { page, view } = await open({}, settings, async () => [
      { id: 'a' },
      { id: 'b' },
      { id: 'c', contextWindowSize: 8192 },
    ]);

    await page.fetchModels(at('settings', 0, 'a'), false);
    const { fetched } = view();
    assert.ok(fetched?.kind === 'found');
    assert.deepEqual(
      fetched.models.map(({ id, listed }) => `${id} ${listed}`),
      ['a true', 'b false', 'c false'],
    );

    await page.addModels(at('settings', 0, 'a'), ['a', 'c']);
    assert.deepEqual(
      entriesOf(view(), 'settings').map(({ fields: { id, baseUrl, envKey, contextWindow } }) => {
        return [id, baseUrl, envKey, contextWindow];
      }),
      [
        ['a', PLAN, 'GOOD_KEY', ''],
        ['c', PLAN, 'GOOD_KEY', '8192'],
      ],
    );
    assert.equal(view().fetched, undefined);
  });

  it('says why none of the models can be added, in the place of adding none', async () => {
    const settings = JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a', baseUrl: PLAN }] } });
    const { page, view } = await open({}, settings, async () => [{ id: 'a' }]);
    await page.fetchModels(at('settings', 0, 'a'), false);

    await page.addModels(at('settings', 0, 'a'), ['a']);

    const text = 'The list has this model at this base URL already.';
    assert.deepEqual(view().outcome, { serial: 1, ok: false, text });
    assert.equal(view().fetched, undefined);
  });

  it("asks before the person's key goes where a workspace sends it, and about that entry", async () => {
    let allowed = false;
    const { page, view, asked } = await open(
      {
        'home/project/.qwen/settings.json': {
          modelProviders: { openai: [{ id: 'a', baseUrl: 'https://elsewhere.example.com/v1' }] },
        },
      },
      '{}',
      async () => {
        if (!allowed)
          throw new SignInRequired({
            reason: 'notAllowed',
            host: 'elsewhere.example.com',
            keyLast4: 'abcd',
            keyFrom: 'the environment variable OPENAI_API_KEY',
            addressFrom: 'modelProviders in .qwen/settings.json, line 1',
          });
        return [{ id: 'b' }];
      },
    );

    await page.fetchModels(at('workspace', 0, 'a'), false);
    const { fetched } = view();
    assert.ok(fetched?.kind === 'failed' && fetched.asks);
    assert.match(fetched.problem.message, /wants to send your key that ends in abcd to elsewhere\.example\.com/);
    assert.deepEqual(asked, []);

    allowed = true;
    await page.fetchModels(at('workspace', 0, 'a'), true);
    assert.deepEqual(asked, ['https://elsewhere.example.com/v1']);
    assert.equal(view().fetched?.kind, 'found');
  });

  it('puts nothing of a question down that was called off', async () => {
    let answer: (found: readonly CatalogueModel[]) => void = () => undefined;
    const settings = JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a' }] } });
    const { page, view } = await open({}, settings, () => new Promise((resolve) => (answer = resolve)));

    const fetching = page.fetchModels(at('settings', 0, 'a'), false);
    assert.equal(view().fetched?.kind, 'running');
    page.stop();
    answer([{ id: 'b' }]);
    await fetching;

    assert.equal(view().fetched, undefined);
  });

  it('writes no variable beside a new host, in any file of the person, unless they agree in a dialog', async () => {
    const { page, view, questions, settings } = await open({}, '{}', undefined, () => false);
    const evil = fields({ envKey: 'GITHUB_TOKEN', baseUrl: 'https://evil.example.org/v1' });
    await page.save({ kind: 'add', file: 'settings', provider: 'openai' }, evil);
    await page.save({ kind: 'add', file: 'user', provider: 'openai' }, evil);

    assert.deepEqual(
      questions,
      [1, 2].map(() => 'Send the key in GITHUB_TOKEN to evil.example.org?'),
    );
    assert.equal(settings(), '{}');
    assert.deepEqual(view().outcome, { serial: 2, ok: false, text: 'Nothing was written.', form: 'entry' });
    assert.deepEqual(entriesOf(view(), 'user'), []);
  });

  it('reads no variable out by a name that refers to it, unless they agree in a dialog', async () => {
    const { page, view, questions } = await open({}, '{}', undefined, () => false);
    const name = 'It is ${WORD_OF_MINE}';
    await page.save({ kind: 'add', file: 'user', provider: 'openai' }, fields({ name, baseUrl: PLAN }));

    assert.deepEqual(questions, ['Send the key in WORD_OF_MINE to coding.dashscope.aliyuncs.com?']);
    assert.doesNotMatch(JSON.stringify(view()), /correct horse/);
  });

  it('groups everything by its provider, and moves an entry past those of other groups', async () => {
    const other = 'https://llm.example.com/v1';
    const entries = [
      { id: 'a', baseUrl: PLAN },
      { id: 'b', baseUrl: other },
      { id: 'c', baseUrl: PLAN },
    ];
    const { page, view } = await open({}, JSON.stringify({ 'qwen.modelProviders': { openai: entries } }));
    const short = () =>
      entriesOf(view(), 'settings').map(({ name, group, up, down }) => [name, group, up ?? '', down ?? ''].join(' '));
    assert.deepEqual(short(), ['a Coding Plan  2', 'b llm.example.com  ', 'c Coding Plan -2 ']);
    assert.deepEqual(
      view().accounts.map(({ group, name, state }) => [group, name, state.text].join(' / ')),
      ['Coding Plan / Coding Plan · China (Beijing) / Signed in'],
    );

    await page.move(at('settings', 2, 'c'), -2);
    assert.deepEqual(
      entriesOf(view(), 'settings').map(({ name }) => name),
      ['c', 'a', 'b'],
    );
  });

  it('tests an account or an entry, and selects neither', async () => {
    const { page, view, tried } = await open(
      {},
      JSON.stringify({ 'qwen.modelProviders': { openai: [{ id: 'a', baseUrl: PLAN }] } }),
    );
    await page.test({ kind: 'entry', entry: at('settings', 0, 'a') });
    assert.deepEqual(view().tested, {
      key: entriesOf(view(), 'settings')[0]?.key,
      kind: 'answered',
      text: 'Hello.',
    });
    await page.test({ kind: 'account', account: keyAccount().id });

    assert.equal(view().tested?.key, keyAccount().id);
    assert.equal(tried[0], `a ${PLAN}`);
    assert.equal(tried[1]?.endsWith(PLAN), true);
  });

  it('tries what a form says before it is saved, once the person has agreed to where the key goes', async () => {
    let agrees = false;
    const { page, view, questions, tried } = await open({}, '{}', undefined, () => agrees);
    const target = { kind: 'add', file: 'settings', provider: 'openai' } as const;
    const typed = fields({ envKey: 'GOOD_KEY', baseUrl: 'https://llm.example.com/v1' });
    await page.try(target, typed);
    const { tested } = view();
    assert.ok(tested?.kind === 'failed');
    assert.match(tested.problem.message, /Nothing was sent/);
    assert.deepEqual(tried, []);

    agrees = true;
    await page.try(target, typed);
    await page.save(target, typed);
    assert.deepEqual(tried, ['new https://llm.example.com/v1']);
    assert.deepEqual(
      questions,
      [1, 2].map(() => 'Send the key in GOOD_KEY to llm.example.com?'),
    );
    assert.equal(entriesOf(view(), 'settings').length, 1);
  });

  it('forgets what a try has answered once its form is saved, and no test of a row', async () => {
    const { page, view } = await open({});
    const target = { kind: 'add', file: 'settings', provider: 'openai' } as const;
    await page.try(target, fields({ baseUrl: PLAN }));
    assert.equal(view().tested?.key, 'draft');

    await page.save(target, fields({ baseUrl: PLAN }));
    assert.equal(view().tested, undefined);
    await page.test({ kind: 'account', account: keyAccount().id });
    await page.save(target, fields({ id: 'other', baseUrl: PLAN }));
    assert.equal(view().tested?.key, keyAccount().id);
  });

  it('tries an entry with all that its file says, what its form hides too, and sends that nowhere else', async () => {
    const generationConfig = {
      customHeaders: { 'X-Auth-Token': 'letmein', 'X-Team': 'blue' },
      samplingParams: { temperature: 0 },
    };
    const settings = { 'qwen.modelProviders': { openai: [{ id: 'a', baseUrl: PLAN, generationConfig }] } };
    const { page, view, configs } = await open({}, JSON.stringify(settings));
    const target = { kind: 'edit', entry: at('settings', 0, 'a') } as const;
    const typed = fields({ id: 'a', baseUrl: PLAN, headers: 'X-Auth-Token: (hidden)\nX-Team: red' });

    await page.try(target, typed);
    await page.try(target, { ...typed, baseUrl: 'https://llm.example.com/v1' });

    assert.deepEqual(
      configs.map(({ customHeaders, samplingParams }) => ({ ...customHeaders, ...samplingParams })),
      [{ 'x-auth-token': 'letmein', 'x-team': 'red', temperature: 0 }],
    );
    const { tested } = view();
    assert.match(tested?.kind === 'failed' ? tested.problem.message : '', /X-Auth-Token was for another address/);
  });

  it('writes into no file that is open with changes that are not saved', async () => {
    const { page, view } = await open(
      { 'home/.qwen/settings.json': { modelProviders: { openai: [] } } },
      '{}',
      undefined,
      undefined,
      (path) => path.endsWith('/home/.qwen/settings.json'),
    );
    await page.save({ kind: 'add', file: 'user', provider: 'openai' }, fields());

    assert.match(
      view().outcome?.text ?? '',
      /is open with changes that are not saved\. Save it first\. Nothing was written/,
    );
    assert.deepEqual(entriesOf(view(), 'user'), []);
  });

  it("says what VS Code's editor has against a change", async () => {
    const { page, view } = await open({});
    const failing = new ProvidersPage({
      session: {
        snapshot: snapshot(),
        discovery: { serverModels: async () => ({ models: [] }) },
        tryModel: async () => ({ text: '', firstTokenMs: 0 }),
        signIns: { change: async () => undefined },
      },
      askToSend: async () => undefined,
      confirm: async () => true,
      userSettings: {
        path: undefined,
        modelProviders: undefined,
        change: async () => {
          throw new ConfigurationError({ part: 'settings' }, 'Save them first.');
        },
      },
      files: systemFiles,
      hasUnsavedChanges: () => false,
      reload: async () => undefined,
    });

    await failing.save({ kind: 'add', file: 'settings', provider: 'openai' }, fields());

    assert.deepEqual(failing.view().outcome, { serial: 1, ok: false, text: 'Save them first.', form: 'entry' });
    page.dispose();
    assert.equal(view().outcome, undefined);
  });
});
