import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Scope } from '../../../src/core/base/scope';

describe('a scope', () => {
  it('has its value in all that the work calls and waits for, and none outside', async () => {
    const scope = new Scope<string>();
    const seen = await scope.run('held', async () => {
      await setImmediate();
      return scope.current;
    });

    assert.deepEqual([seen, scope.current], ['held', undefined]);
  });

  it('has the value of the innermost work', async () => {
    const scope = new Scope<string>();
    const seen = await scope.run('outer', () => scope.run('inner', async () => scope.current));

    assert.equal(seen, 'inner');
  });

  it('has no value in what outlives the work, also where that failed', async () => {
    const scope = new Scope<string>();
    let late: Promise<string | undefined> = Promise.resolve('never began');
    const failing = scope.run('held', async () => {
      late = setImmediate().then(() => scope.current);
      throw new Error('failed');
    });

    await assert.rejects(failing, /failed/);
    assert.equal(await late, undefined);
  });

  it('knows nothing of another scope, and is left alone', async () => {
    const scope = new Scope<string>();
    const other = new Scope<string>();
    let seen: readonly (string | undefined)[] = [];
    await other.run('theirs', () =>
      scope.run('ours', async () => scope.leave(() => (seen = [scope.current, other.current]))),
    );

    assert.deepEqual(seen, [undefined, 'theirs']);
  });
});
