// How long it takes until all views know of a change, with very many models.
import { credentialOf } from '../../src/core/credentials/resolve';
import { emptyConfiguration } from '../../src/core/config/configuration';
import { createSettings } from '../../src/core/config/settings';
import { buildSnapshot } from '../../src/core/session/buildSnapshot';
import { listOwner, saveDiscovered } from '../../src/core/models/discovered';
import { languageModelsView } from '../../src/core/views/languageModelsView';
import { panelView } from '../../src/core/views/panelView';
import { pickerView } from '../../src/core/views/pickerView';
import { statusBarView } from '../../src/core/views/statusBarView';
import { statusReport } from '../../src/core/views/statusReport';
import { keyAccount } from '../fakes/accounts';
import { createMemorySettings } from '../fakes/memorySettings';
import { createMemoryStateStore } from '../fakes/memoryStateStore';
import { snapshot } from '../fakes/snapshots';
import { measure, timed } from './row';

/** The most of a server's models that are listed. */
const LISTED = 1000;
const [FEW, MANY] = [1000, 10_000];

const settings = createSettings(createMemorySettings());

/** What is kept where servers have named so many models. */
async function keep(count: number) {
  const accounts = Array.from({ length: count / LISTED }, (_, at) =>
    keyAccount({ id: `custom/${at}`, method: 'api-key', provider: 'custom', baseUrl: `https://m${at}.example.com/v1` }),
  );
  const models = Array.from({ length: LISTED }, (_, at) => ({ id: `model-${at}`, name: `Model ${at}` }));
  const global = createMemoryStateStore();
  for (const account of accounts)
    await saveDiscovered(global, listOwner(account.id, account.baseUrl, credentialOf(account)), { models }, Date.now());
  return {
    configuration: emptyConfiguration({}),
    stored: { accounts, unreadable: [], problems: [] },
    selection: { workspace: createMemoryStateStore(), global },
  };
}

/** Everything is built as after a change, and every view of it. */
function afterChange(kept: Awaited<ReturnType<typeof keep>>, count: number): void {
  const built = buildSnapshot({ ...kept, modelProviders: undefined, settingsProblems: [] });
  if (built.models.length !== count) throw new Error(`There are ${built.models.length} models.`);
  const known = snapshot(built);
  panelView(known, settings, undefined);
  pickerView(known);
  languageModelsView(known);
  statusBarView(known);
  statusReport(known);
}

const [few, many] = [await keep(FEW), await keep(MANY)];
await measure({
  row: `the snapshot and all views after a change, with ${MANY} models`,
  unit: 'ms',
  rounds: 15,
  ours: { what: `${MANY} models`, run: () => timed(() => afterChange(many, MANY)) },
  goal: { of: 'figure', atMost: 50 },
});
await measure({
  row: 'the snapshot and all views, beside a tenth of the models',
  unit: 'ms',
  rounds: 15,
  ours: { what: `${MANY} models`, run: () => timed(() => afterChange(many, MANY)) },
  beside: { what: `${FEW} models`, run: () => timed(() => afterChange(few, FEW)) },
  goal: { of: 'ratio', atMost: 12 },
});
