import assert from 'node:assert/strict';

import { DeferredSecretStore } from '../../../src/core/credentials/deferredSecretStore';
import { createMemorySecretStore } from '../../fakes/memorySecretStore';

describe('a secret store that is still being opened', () => {
  const opened = () => ({ ...createMemorySecretStore(), dispose: () => undefined });

  it('answers once it is open', async () => {
    const behind = opened();
    await behind.store('account/a', 'secret');
    let open = (): void => undefined;
    const store = new DeferredSecretStore(new Promise((resolve) => (open = () => resolve(behind))));
    const [keys, value] = [store.keys(), store.get('account/a')];
    open();

    assert.deepEqual([await keys, await value], [['account/a'], 'secret']);
  });

  it('keeps what is stored meanwhile', async () => {
    const behind = opened();
    const store = new DeferredSecretStore(Promise.resolve(behind));
    await store.store('account/a', 'secret');
    await store.store('account/b', 'other');
    await store.delete('account/b');

    assert.deepEqual(await behind.keys(), ['account/a']);
  });

  it('does work under the lock of the one behind it', async () => {
    const locks: string[] = [];
    const locked = async <T>(work: () => Promise<T>, key: string): Promise<T> => {
      locks.push(key);
      return await work();
    };
    const store = new DeferredSecretStore(Promise.resolve({ ...opened(), locked }));

    assert.deepEqual([await store.locked(async () => 1, 'account/a'), locks], [1, ['account/a']]);
  });

  it('tells of the changes of the one behind it', async () => {
    const behind = opened();
    const store = new DeferredSecretStore(Promise.resolve(behind));
    let changes = 0;
    store.onDidChange(() => (changes += 1));
    await store.keys();
    await behind.store('account/a', 'secret');

    assert.equal(changes, 1);
  });

  it('does work at once where the one behind it is not shared', async () => {
    const store = new DeferredSecretStore(Promise.resolve(opened()));

    assert.equal(await store.locked(async () => 1, 'account/a'), 1);
  });

  it('closes the one behind it, and tells of no more changes', async () => {
    let closed = 0;
    const behind = { ...createMemorySecretStore(), dispose: () => void (closed += 1) };
    const store = new DeferredSecretStore(Promise.resolve(behind));
    let changes = 0;
    store.onDidChange(() => (changes += 1));
    await store.keys();
    store.dispose();
    await behind.store('account/a', 'secret');

    assert.deepEqual([closed, changes], [1, 0]);
  });

  it('says why it cannot be opened', async () => {
    const store = new DeferredSecretStore(Promise.reject(new Error('locked')));

    await assert.rejects(store.get('account/a'), /locked/);
    store.dispose();
    // Nobody waits for it any more, and its failure is nobody's surprise.
    await new Promise(setImmediate);
  });
});
