import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { KeptKey } from '../../../src/core/signIn/keptKey';
import type { SignInRequest } from '../../../src/core/signIn/signInRequest';
import { ManualClock } from '../../fakes/manualClock';

const request = (provider: string): SignInRequest => ({
  method: 'api-key',
  provider,
  apiKey: new Secret('sk-0123456789'),
});
const settled = (): Promise<void> => new Promise(setImmediate);

describe('the key of a sign-in that failed', () => {
  let clock: ManualClock;
  let kept: KeptKey;

  beforeEach(() => {
    clock = new ManualClock();
    kept = new KeptKey(clock);
  });

  it('is there once', () => {
    const one = request('openai');
    kept.keep(one);

    assert.deepEqual([kept.release(), kept.release()], [one, undefined]);
  });

  it('is forgotten after five minutes, and not before', async () => {
    const one = request('openai');
    kept.keep(one);
    clock.advance(299_999);
    await settled();
    assert.equal(kept.release(), one);
    kept.keep(one);
    clock.advance(300_000);
    await settled();

    assert.equal(kept.release(), undefined);
  });

  it('is the last one, for five minutes of its own', async () => {
    const [first, second] = [request('openai'), request('grok')];
    kept.keep(first);
    clock.advance(299_999);
    kept.keep(second);
    clock.advance(1);
    await settled();

    assert.equal(kept.release(), second);
  });

  it('is forgotten when its window ends, and nobody waits for it then', async () => {
    kept.keep(request('openai'));
    kept.dispose();
    assert.equal(kept.release(), undefined);
    await settled();

    assert.equal(clock.sleepers, 0);
  });
});
