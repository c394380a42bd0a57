import assert from 'node:assert/strict';
import { KeptModelList } from '../../../src/core/views/modelListView';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

describe("the panel's list of models", () => {
  const { baseUrl } = model();
  const models = [model({ id: 'listed' })];
  const kept = new KeptModelList();
  const idsOf = (list: ReturnType<KeptModelList['of']>) => list.flatMap((group) => group.models.map(({ id }) => id));

  it('has the model in use that was typed and is in no other list, for as long as it is in use', () => {
    const shown = [
      undefined,
      model({ id: 'typed' }),
      model({ id: 'typed', baseUrl: 'https://other.example.com/v1' }),
      models[0],
    ].map((selected) => kept.of(snapshot({ models, ...(selected && { selected }) })));

    assert.deepEqual(shown.map(idsOf), [['listed'], ['listed', 'typed'], ['listed', 'typed'], ['listed']]);
    assert.deepEqual(
      shown[2]?.map((group) => group.baseUrl),
      [baseUrl, 'https://other.example.com/v1'],
    );
  });

  it('is the same object while it says the same', () => {
    const [first, second] = [structuredClone(models), models].map((now) => kept.of(snapshot({ models: now })));

    assert.equal(first, second);
  });
});
