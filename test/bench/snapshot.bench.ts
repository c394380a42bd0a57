// How long it takes until all views know of a change, with very many models.
import { emptyConfiguration } from '../../src/core/config/configuration';
import { createSettings } from '../../src/core/config/settings';
import { buildSnapshot } from '../../src/core/session/buildSnapshot';
import { languageModelsView } from '../../src/core/views/languageModelsView';
import { panelView } from '../../src/core/views/panelView';
import { pickerView } from '../../src/core/views/pickerView';
import { statusBarView } from '../../src/core/views/statusBarView';
import { statusReport } from '../../src/core/views/statusReport';
import { createMemorySettings } from '../fakes/memorySettings';
import { createMemoryStateStore } from '../fakes/memoryStateStore';
import { snapshot } from '../fakes/snapshots';
import { measure, timed } from './row';

const [FEW, MANY] = [1000, 10_000];

const configuration = emptyConfiguration({ MANY_KEY: 'sk-0123456789abcdef' });
const settings = createSettings(createMemorySettings());
const providers = (count: number) => ({
  openai: Array.from({ length: count }, (_, at) => ({
    id: `model-${at}`,
    baseUrl: `https://m${at % 50}.example.com/v1`,
    envKey: 'MANY_KEY',
  })),
});

/** Everything is built as after a change of the setting, and every view of it. */
function afterChange(modelProviders: unknown): void {
  const selection = { workspace: createMemoryStateStore(), global: createMemoryStateStore() };
  const stored = { accounts: [], unreadable: [], problems: [] };
  const built = buildSnapshot({ stored, modelProviders, settingsProblems: [], configuration, selection });
  const known = snapshot(built);
  panelView(known, settings, undefined);
  pickerView(known);
  languageModelsView(known);
  statusBarView(known);
  statusReport(known);
}

const [few, many] = [providers(FEW), providers(MANY)];
await measure({
  row: `the snapshot and all views after a change, with ${MANY} models`,
  unit: 'ms',
  rounds: 15,
  ours: { what: `${MANY} models`, run: () => timed(() => afterChange(many)) },
  goal: { of: 'figure', atMost: 50 },
});
await measure({
  row: `the same beside a tenth of the models`,
  unit: 'ms',
  rounds: 15,
  ours: { what: `${MANY} models`, run: () => timed(() => afterChange(many)) },
  beside: { what: `${FEW} models`, run: () => timed(() => afterChange(few)) },
  goal: { of: 'ratio', atMost: 12 },
});
