import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createStateStore } from '../../../../src/vscode/platform/stateStore';

/** As VS Code's: a write stores all values, and what was stored takes the place of what was set meanwhile. */
function createMemento() {
  let values: Readonly<Record<string, unknown>> = {};
  return {
    get: (key: string): unknown => values[key],
    update: async (key: string, value: unknown) => {
      values = { ...values, [key]: value };
      const stored = values;
      await setImmediate();
      values = stored;
    },
  };
}

describe("VS Code's memory", () => {
  it('loses nothing that is set while something else is written, by whichever store', async () => {
    const memento = createMemento();
    const first = createStateStore(memento).set('first', 1);
    await Promise.resolve();
    await Promise.all([first, createStateStore(memento).set('second', 2), createStateStore(memento).set('first', 3)]);

    assert.deepEqual([memento.get('first'), memento.get('second')], [3, 2]);
  });

  it('has at once what is still to be written', async () => {
    const store = createStateStore(createMemento());
    const written = Promise.all([store.set('first', 1), store.set('second', 2), store.set('first', undefined)]);

    assert.deepEqual([store.get('first'), store.get('second')], [undefined, 2]);
    await written;
    assert.deepEqual([store.get('first'), store.get('second')], [undefined, 2]);
  });

  it('goes on after a write that failed, which is told', async () => {
    const memento = createMemento();
    let isFull = true;
    const update = async (key: string, value: unknown) => {
      if (isFull) throw new Error('The disk is full.');
      await memento.update(key, value);
    };
    const store = createStateStore({ ...memento, update });

    await assert.rejects(store.set('first', 1), /The disk is full/);
    isFull = false;
    await store.set('second', 2);
    assert.equal(store.get('second'), 2);
  });
});
