import assert from 'node:assert/strict';

import { type Configuration, readConfiguration } from '../../../src/core/config/configuration';
import { buildSnapshot } from '../../../src/core/session/buildSnapshot';
import { modelListView } from '../../../src/core/views/modelListView';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';
import { snapshot } from '../../fakes/snapshots';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const MANY = 1000;
const stored = { accounts: [], unreadable: [], problems: [] };

describe('a thousand models of the settings of Qwen Code', () => {
  let folder: TemporaryFolder;
  let configuration: Configuration;
  /** How often the line of a place in the file was looked for. */
  let looks: number;

  beforeEach(async () => {
    const entry = (at: number) => ({
      id: `model-${at}`,
      baseUrl: `https://m${at % 50}.example.com/v1`,
      envKey: 'A_KEY',
    });
    const settings = { modelProviders: { openai: Array.from({ length: MANY }, (_, at) => entry(at)) } };
    folder = createTemporaryFolder({ 'home/.qwen/settings.json': JSON.stringify(settings, undefined, 2) });
    const { files } = folder;
    const read = await readConfiguration({
      files,
      environment: { A_KEY: 'sk-0123456789abcdef' },
      home: folder.at('home'),
      folder: undefined,
      trusted: true,
    });
    looks = 0;
    const counted = read.variables.qwenSettings.map((settingsFile) => ({
      ...settingsFile,
      document: {
        ...settingsFile.document,
        lineOf: (place: readonly (string | number)[]) => {
          looks += 1;
          return settingsFile.document.lineOf(place);
        },
      },
    }));
    configuration = { ...read, variables: { ...read.variables, qwenSettings: counted } };
  });
  afterEach(() => folder.remove());

  const build = (modelProviders?: unknown) =>
    snapshot(
      buildSnapshot({
        stored,
        modelProviders,
        settingsProblems: [],
        configuration,
        selection: { workspace: undefined, global: createMemoryStateStore() },
      }),
    );

  it('are looked up in the file once somebody asks for their lines', () => {
    const { models } = build();
    assert.deepEqual([models.length, looks], [MANY, 0]);

    assert.deepEqual([models[0]?.source.line, models[7]?.source.line, looks], [4, 39, 2]);
  });

  it('are read once for all snapshots of a configuration, and shown by the same rows', () => {
    const [first, second] = [build(), build()];

    assert.equal(second.models, first.models);
    assert.equal(modelListView(second)[7]?.models, modelListView(first)[7]?.models);
  });

  it('are read again when the setting of VS Code says something else', () => {
    const before = build().models;
    const { models } = build({ openai: [{ id: 'another', baseUrl: 'https://m1.example.com/v1' }] });

    assert.deepEqual([before.length, models.length, models[0]?.id], [MANY, MANY + 1, 'another']);
  });
});
