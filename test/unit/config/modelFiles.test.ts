import assert from 'node:assert/strict';

import { readConfiguration } from '../../../src/core/config/configuration';
import { type ModelFile, modelFiles } from '../../../src/core/config/modelFiles';
import { type Contents, createTemporaryFolder } from '../../fakes/temporaryFolder';

const OWN = 'home/.qwen/settings.json';
const WORKSPACE = 'home/project/.qwen/settings.json';
const GATEWAY = 'https://llm.example.com/v1';

/** The files that may list models with these contents, and the setting of the editor; `home/project` is open. */
async function filesOf(contents: Contents, modelProviders?: unknown, more = {}): Promise<readonly ModelFile[]> {
  const folder = createTemporaryFolder(contents);
  try {
    const environment = { QWEN_CODE_SYSTEM_SETTINGS_PATH: folder.at('etc/settings.json'), ...more };
    const places = { files: folder.files, home: folder.at('home'), folder: folder.at('home/project'), environment };
    const configuration = await readConfiguration({ ...places, trusted: true });
    const files = modelFiles(configuration, { path: 'settings.json', modelProviders });
    return files.map((file) => ({
      ...file,
      path: file.path?.replace(folder.at(''), '').replaceAll('\\', '/').replace(/^\//, ''),
    }));
  } finally {
    folder.remove();
  }
}
/** Each list as `provider: ids`, with what becomes of it. */
const listsOf = ({ lists }: ModelFile) =>
  lists.map(({ provider, entries, isUnusable, replacedBy }) => {
    const ids = entries.map(({ read }) => read.entry?.id ?? '(none)').join(' ');
    return `${provider}: ${ids}${isUnusable ? ', unusable' : ''}${replacedBy ? `, replaced by ${replacedBy.replaceAll('\\', '/').replace(/^.*?(?=etc|project)/, '')}` : ''}`;
  });

describe('the files that may list models', () => {
  it('are the settings of the editor, then those of Qwen Code, the workspace before the person', async () => {
    const files = await filesOf({});

    assert.deepEqual(
      files.map(({ id, path, format }) => [id, path, format.property]),
      [
        ['settings', 'settings.json', 'qwen.modelProviders'],
        ['workspace', WORKSPACE, 'modelProviders'],
        ['user', OWN, 'modelProviders'],
      ],
    );
    assert.deepEqual(files.flatMap(listsOf), []);
    assert.ok(files.every(({ problem }) => problem === undefined));
  });

  it('have each entry as it is written where it refers to variables, and read with them', async () => {
    const raw = { id: '${MODEL_ID}', baseUrl: 'https://${CORP_HOST}/v1' };
    const environment = { MODEL_ID: 'a', CORP_HOST: 'llm.example.com' };
    const files = await filesOf({ [OWN]: { modelProviders: { openai: [raw] } } }, undefined, environment);

    const [entry] = files.at(-1)?.lists[0]?.entries ?? [];
    assert.deepEqual(entry?.raw, raw);
    assert.deepEqual([entry.read.entry?.id, entry.read.entry?.baseUrl], ['a', GATEWAY]);
  });

  it('have each entry as it is written and as it is read', async () => {
    const raws = [{ id: 'a', baseUrl: `${GATEWAY}/` }, { name: 'no id' }, 7];
    const [settings] = await filesOf({}, { openai: raws });

    const entries = settings?.lists[0]?.entries ?? [];
    assert.deepEqual(
      entries.map(({ raw }) => raw),
      raws,
    );
    assert.deepEqual(
      entries.map(({ read: { entry, problems } }) => [entry?.baseUrl, problems.length]),
      [
        [GATEWAY, 0],
        [undefined, 1],
        [undefined, 1],
      ],
    );
  });

  it('have nothing against a list without entries', async () => {
    const [settings] = await filesOf({}, { openai: [] });

    assert.deepEqual(settings?.lists, [
      { provider: 'openai', entries: [], problem: undefined, isUnusable: false, replacedBy: undefined },
    ]);
  });

  it("tell which lists of the person a workspace's stand in the place of", async () => {
    const files = await filesOf(
      {
        [WORKSPACE]: { modelProviders: { openai: [{ id: 'a' }] } },
        [OWN]: { modelProviders: { openai: [{ id: 'b' }], mine: [{ id: 'c' }] }, providerProtocol: { mine: 'openai' } },
      },
      { openai: [{ id: 's' }] },
    );

    assert.deepEqual(files.map(listsOf), [
      ['openai: s'],
      ['openai: a'],
      ['openai: b, replaced by project/.qwen/settings.json', 'mine: c'],
    ]);
  });

  it('tell which lists those of everybody on the computer stand in the place of, which are not changed here', async () => {
    const list = (id: string) => ({ modelProviders: { openai: [{ id }] } });
    const files = await filesOf({
      'etc/settings.json': list('s'),
      'etc/system-defaults.json': list('d'),
      [WORKSPACE]: list('a'),
      [OWN]: list('b'),
    });

    assert.deepEqual(files.map(listsOf), [
      [],
      ['openai: a, replaced by etc/settings.json'],
      ['openai: b, replaced by etc/settings.json'],
    ]);
  });

  it('have the entries of a list that cannot be used, each with the reason', async () => {
    const [, , user] = await filesOf({ [OWN]: { modelProviders: { gemini: [{ id: 'a' }, { id: 'b' }], openai: {} } } });
    assert.ok(user);

    assert.deepEqual(listsOf(user), ['gemini: (none) (none), unusable', 'openai: , unusable']);
    const [gemini, openai] = user.lists;
    assert.match(gemini?.problem?.message ?? '', /^modelProviders\.gemini in .*, line 3, is a protocol that is not/);
    assert.deepEqual(gemini?.entries[1]?.read, { problems: [gemini?.problem] });
    assert.match(openai?.problem?.message ?? '', /line 11, must be a list of models/);
  });

  it('have the entries that are read of a list that is too long, and say so', async () => {
    const openai = Array.from({ length: 1001 }, (_, index) => ({ id: `m${index}` }));
    const [settings] = await filesOf({}, { openai });

    const [list] = settings?.lists ?? [];
    assert.deepEqual([list?.entries.length, list?.isUnusable], [1000, false]);
    assert.match(list?.problem?.message ?? '', /only the first 1000 are read/);
  });

  for (const nothing of [undefined, null, [], 'openai']) {
    it(`list nothing where the setting holds ${JSON.stringify(nothing)}`, async () => {
      const [settings] = await filesOf({}, nothing);

      assert.deepEqual(settings?.lists, []);
    });
  }

  it('say why nothing of one is used, and only then', async () => {
    const files = await filesOf({
      [WORKSPACE]: '{ "modelProviders": ',
      [OWN]: { $version: 99, modelProviders: { openai: [{ id: 'a' }] } },
    });

    assert.deepEqual(files.map(listsOf), [[], [], ['openai: a']]);
    const [settings, workspace, user] = files.map(({ problem }) => problem?.message);
    assert.deepEqual([settings, user], [undefined, undefined]);
    assert.match(workspace ?? '', /cannot be read, line 1/);
  });

  it('have entries without an address go where the variables say', async () => {
    const environment = { OPENAI_BASE_URL: GATEWAY };
    const openai = [{ id: 'a' }];
    const files = await filesOf({ [OWN]: { modelProviders: { openai } } }, { openai }, environment);

    const addresses = files.flatMap(({ lists }) => lists.flatMap(({ entries }) => entries.map(({ read }) => read)));
    assert.deepEqual(
      addresses.map(({ entry }) => entry?.baseUrl),
      [GATEWAY, GATEWAY],
    );
  });
});
