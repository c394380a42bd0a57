import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import type { Account } from '../../../src/core/credentials/account';
import type { ModelIdentity } from '../../../src/core/providers/model';
import { candidates, selectModel } from '../../../src/core/models/selection';
import { keyAccount } from '../../fakes/accounts';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';
import { model } from '../../fakes/models';

const baseUrl = 'https://models.example.com/v1';
const { variables } = emptyConfiguration({});
const [a, b, c] = [model({ id: 'a' }), model({ id: 'b' }), model({ id: 'c', baseUrl: 'https://other.example.com/v1' })];

describe('selection of a model', () => {
  let workspace: MemoryStateStore;
  let global: MemoryStateStore;

  beforeEach(() => {
    workspace = createMemoryStateStore();
    global = createMemoryStateStore();
  });

  const selected = (models = [a, b, c], accounts: readonly Account[] = []) =>
    candidates({ workspace, global }, { models, accounts, variables, environmentModel: undefined })[0]?.model.id;
  const select = (wanted: ModelIdentity, known: readonly string[] = ['a', 'b', 'c']) =>
    selectModel({ workspace, global }, wanted, ({ id }) => known.includes(id));

  it('is the first model where nothing was chosen', () => {
    assert.equal(selected(), 'a');
    assert.equal(selected([]), undefined);
  });

  it('is the first model of an account that works', () => {
    const accounts = [keyAccount({ baseUrl, status: 'refused' }), keyAccount({ id: 'c', baseUrl: c.baseUrl })];

    assert.equal(selected([a, b, c], accounts), 'c');
    assert.equal(selected([a, b, c], accounts.slice(0, 1)), 'a');
  });

  it('prefers the choice of the workspace', async () => {
    await global.set('model', { id: 'b', baseUrl });
    await workspace.set('model', { id: 'c', baseUrl: c.baseUrl });

    assert.equal(selected(), 'c');
  });

  it('falls back to the choice of all workspaces', async () => {
    await global.set('model', { id: 'b', baseUrl });

    assert.equal(selected(), 'b');
  });

  it('is the first model for chats where nothing was chosen', () => {
    assert.equal(selected([model({ id: 'bge-m3' }), b]), 'b');
  });

  it('says that nobody chose what a sign-in began with', async () => {
    const stores = { workspace, global };
    await selectModel(stores, b, () => true, 'signIn');
    const by = () => candidates(stores, { models: [a, b], accounts: [], variables, environmentModel: undefined })[0];
    assert.deepEqual([by()?.model.id, by()?.chosenBy], ['b', 'signIn']);

    await selectModel(stores, b, () => true);
    assert.equal(by()?.chosenBy, 'workspace');
  });

  it('returns to a model that was gone for a while', async () => {
    await select(b);

    assert.deepEqual([selected([a]), selected([a, b])], ['a', 'b']);
  });

  it('tells one id from another by address', async () => {
    await workspace.set('model', { id: 'c', baseUrl });

    assert.equal(selected(), 'a');
  });

  for (const broken of ['b', null, 7, [], {}, { id: 'b' }, { id: '', baseUrl }]) {
    it(`does not trip over ${JSON.stringify(broken)}`, async () => {
      await workspace.set('model', broken);

      assert.equal(selected(), 'a');
    });
  }

  it('becomes the default where there is none', async () => {
    await select(b);

    assert.deepEqual(global.get('model'), { id: 'b', baseUrl });
  });

  it('leaves a default alone that still exists', async () => {
    await select(b);
    await select(a);

    assert.deepEqual(
      [global.get('model'), workspace.get('model')],
      [
        { id: 'b', baseUrl },
        { id: 'a', baseUrl },
      ],
    );
  });

  it('replaces a default that no longer exists', async () => {
    await select(b);
    await select(a, ['a']);

    assert.deepEqual(global.get('model'), { id: 'a', baseUrl });
  });

  it('is the default itself where no folder is open', async () => {
    await selectModel({ workspace: undefined, global }, b, () => true);
    await selectModel({ workspace: undefined, global }, a, () => true);

    assert.deepEqual(global.get('model'), { id: 'a', baseUrl });
  });

  it('tells what speaks for each candidate', async () => {
    await workspace.set('model', { id: 'b', baseUrl });
    await global.set('model', { id: 'gone', baseUrl });
    const environmentModel = model({ id: 'of-variables' });

    const among = { models: [a, b, c], accounts: [keyAccount({ baseUrl: c.baseUrl })], variables, environmentModel };
    const found = candidates({ workspace, global }, among);

    assert.deepEqual(
      found.map(({ model: { id }, chosenBy }) => `${id} ${chosenBy}`),
      ['b workspace', 'of-variables variables', 'c first'],
    );
  });
});
