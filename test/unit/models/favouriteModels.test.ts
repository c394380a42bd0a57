import assert from 'node:assert/strict';
import { FavouriteModels } from '../../../src/core/models/favouriteModels';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';

describe('favourite models', () => {
  const one = { id: 'glm-5', baseUrl: 'https://a.example/v1' };
  const other = { id: 'glm-5', baseUrl: 'https://b.example/v1' };

  it('are those with a star, in the order in which they got it', async () => {
    const state = createMemoryStateStore();
    const favourites = new FavouriteModels(state);

    await favourites.toggle(other);
    await favourites.toggle(one);

    assert.deepEqual(new FavouriteModels(state).all(), [other, one]);
  });

  it('are none any more once the star is taken away', async () => {
    const favourites = new FavouriteModels(createMemoryStateStore());
    await favourites.toggle(one);
    await favourites.toggle(other);

    await favourites.toggle(one);

    assert.deepEqual(favourites.all(), [other]);
  });

  it('are none where the state is not what was saved', async () => {
    const state = createMemoryStateStore();
    await state.set('favouriteModels', [7, { id: 'x' }]);

    assert.deepEqual(new FavouriteModels(state).all(), []);
  });
});
