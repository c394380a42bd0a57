import assert from 'node:assert/strict';
import { type HeldModel, HeldModels } from '../../../src/core/models/heldModels';
import { ManualClock } from '../../fakes/manualClock';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';

const heldModel = (name: string): HeldModel => ({ id: `${name}@api.openai.com/v1`, name, place: 'OpenAI' });
const [first, second] = [heldModel('gpt-4o'), heldModel('gpt-4o-mini')];

describe('the models that chats hold on to', () => {
  const open = () => {
    const state = createMemoryStateStore();
    const clock = new ManualClock();
    return { state, clock, held: new HeldModels(state, clock) };
  };

  it('are those that each chat asked last, the latest first', () => {
    const { held } = open();

    held.hold('one', first);
    held.hold('two', second);

    assert.deepEqual(held.all(), [second, first]);
  });

  it('are forgotten when the chat asks another, or the one in use', () => {
    const { held } = open();
    held.hold('one', first);

    held.hold('one', second);
    assert.deepEqual(held.all(), [second]);

    held.hold('one', undefined);
    assert.deepEqual(held.all(), []);
  });

  it('are there after a reload', () => {
    const { state, clock, held } = open();
    held.hold('one', first);

    assert.deepEqual(new HeldModels(state, clock).all(), [first]);
  });

  it('are each there once, for as long as one chat has them', () => {
    const { held } = open();
    held.hold('one', first);
    held.hold('two', first);

    held.hold('one', undefined);

    assert.deepEqual(held.all(), [first]);
  });

  it('are forgotten after a week without a question', () => {
    const { clock, held } = open();
    held.hold('one', first);

    clock.advance(7 * 24 * 3_600_000);

    assert.deepEqual(held.all(), []);
  });

  it('are none where the state is not what was saved', async () => {
    const { state, held } = open();
    await state.set('heldModels', [{ id: 'x' }, 'y', undefined]);

    assert.deepEqual(held.all(), []);
  });
});
