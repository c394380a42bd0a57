import assert from 'node:assert/strict';
import { createSettings } from '../../../../src/core/config/settings';
import type { Snapshot } from '../../../../src/core/session/snapshot';
import { KeptModelList } from '../../../../src/core/views/modelListView';
import { panelView } from '../../../../src/core/views/panelView';
import type { PanelState } from '../../../../src/shared/messages';
import { changedModels } from '../../../../webview/models/changedModels';
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

const view = (state: Partial<Snapshot>) => panelView(snapshot(state), settings, undefined);
const groupsOf = (ids: readonly string[]) =>
  ids.length === 0
    ? []
    : [{ label: 'X', host: '', baseUrl, models: ids.map((id) => ({ id, name: id, detail: '', ready: true })) }];

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

  it('has of the list of models the one that is another, at its place, and none of the others', () => {
    const message = messageOf({ models: models.with(5000, model({ id: 'new', baseUrl })) });

    assert.match(message, /"keep":5000,"remove":1,"add":\[\{"id":"new"[^{]*\}\]/);
    assert.ok(message.length < 1000, message);
  });

  it('leads to the list that it was made of, whatever has changed in it', () => {
    const lists = [
      [],
      ['a'],
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'a', 'c'],
      ['c'],
      ['x', 'b', 'a', 'c', 'y'],
      ['a', 'a', 'b'],
    ];
    const stateOf = (ids: readonly string[]): PanelState => ({ ...view({}), models: groupsOf(ids) });
    for (const listed of lists) {
      for (const after of lists) {
        const { models: changes } = stateChanges(stateOf(listed), stateOf(after));

        assert.deepEqual(changes && changedModels(groupsOf(listed), changes), groupsOf(after));
      }
    }
  });

  it('names what is gone', () => {
    assert.match(messageOf({ selected: undefined }), /"gone":\["modelInUse"\]/);
  });

  it('has nothing where nothing has changed', () => {
    assert.deepEqual(JSON.parse(messageOf({})), { changed: {}, gone: [] });
  });
});
