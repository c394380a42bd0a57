import assert from 'node:assert/strict';
import { createSettings } from '../../../../src/core/config/settings';
import type { Snapshot } from '../../../../src/core/session/snapshot';
import { KeptModelList } from '../../../../src/core/views/modelListView';
import { panelView } from '../../../../src/core/views/panelView';
import { stateChanges } from '../../../../src/vscode/panel/stateChanges';
import { keyAccount } from '../../../fakes/accounts';
import { createMemorySettings } from '../../../fakes/memorySettings';
import { model } from '../../../fakes/models';
import { snapshot } from '../../../fakes/snapshots';

const account = keyAccount();
const { baseUrl } = account;
const models = Array.from({ length: 10_000 }, (_, index) => model({ id: `model-${index}`, baseUrl }));
const before: Partial<Snapshot> = { accounts: [account], models, ...(models[0] && { selected: models[0] }) };
const settings = createSettings(createMemorySettings({}));

/** The message that a change of what is known comes to, for a panel that has the state of before. */
function messageOf(change: Partial<Snapshot>): string {
  const list = new KeptModelList();
  const [old, next] = [before, { ...before, ...change }].map((state) => {
    const now = snapshot(state);
    return panelView(now, settings, undefined, list.of(now));
  });
  assert.ok(old && next);
  return JSON.stringify(stateChanges(old, next));
}

describe('the message to the panel', () => {
  const selected = model({ id: 'model-7', baseUrl });
  const testing = { kind: 'running', model: selected, text: 'Hello' } as const;
  const attempt = {
    kind: 'running',
    request: { method: 'api-key' },
    step: undefined,
    others: [],
    overdue: true,
  } as const;
  for (const [what, change] of [
    ['another model is in use', { selected }],
    ['another model is in use and all was read again', { selected, models: structuredClone(models) }],
    ['an answer streams in', { connection: testing }],
    ['a sign-in is under way', { signInAttempt: attempt }],
    ['an account is refused', { accounts: [{ ...account, status: 'refused' }] }],
  ] as const) {
    it(`has less than 5 KB beside 10,000 models when ${what}`, () => {
      const { length } = messageOf(change);

      assert.ok(length > 50 && length < 5000, `${length} bytes`);
    });
  }

  it('has the list of models where one of them is another', () => {
    const changed = models.with(9999, model({ id: 'new', baseUrl }));

    assert.match(messageOf({ models: changed }), /"new"/);
  });

  it('names what is gone', () => {
    assert.match(messageOf({ selected: undefined }), /"gone":\["modelInUse"\]/);
  });

  it('has nothing where nothing has changed', () => {
    assert.deepEqual(JSON.parse(messageOf({})), { changed: {}, gone: [] });
  });
});
