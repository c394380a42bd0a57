import assert from 'node:assert/strict';
import { noteRecentModel, recentModels } from '../../../src/core/models/recentModels';
import { selectModel } from '../../../src/core/models/selection';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';

const baseUrl = 'https://models.example.com/v1';
const named = (id: string) => ({ id, baseUrl });
const idsOf = (state: Parameters<typeof recentModels>[0]) => recentModels(state).map(({ id }) => id);

describe('the models that were selected last', () => {
  it('are the latest five, each once, the last one first', async () => {
    const state = createMemoryStateStore();
    for (const id of ['a', 'b', 'c', 'd', 'b', 'e', 'f']) await noteRecentModel(state, named(id));

    assert.deepEqual(idsOf(state), ['f', 'e', 'b', 'd', 'c']);
  });

  it('are of all windows, whichever of them a model was selected in', async () => {
    const [workspace, global] = [createMemoryStateStore(), createMemoryStateStore()];
    await selectModel({ workspace, global }, named('a'), () => true);
    await selectModel({ workspace, global }, named('b'), () => true);

    assert.deepEqual(idsOf(global), ['b', 'a']);
  });

  it('are none where what was kept says nothing', async () => {
    const state = createMemoryStateStore();
    await state.set('recentModels', [{ id: 'a' }, 'b', null]);

    assert.deepEqual(idsOf(state), []);
  });
});
