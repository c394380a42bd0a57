import assert from 'node:assert/strict';
import type { Flow } from '../../../src/core/signIn/flows';
import { otherWays, secondTry, waysAround } from '../../../src/core/views/otherWays';

const flows: readonly Flow[] = ['loopback', 'uriHandler', 'device', 'paste', 'key'];

describe('the other ways to sign in', () => {
  it('have names that a person understands, in their order', () => {
    assert.deepEqual(
      otherWays({ method: 'qwen-oauth' }, flows).map(({ label }) => label),
      [
        'Return to this computer directly',
        "Return through the browser's link",
        'Use a code instead',
        'Paste the address by hand',
        'Enter an API key',
      ],
    );
  });

  it('begin the same sign-in by another flow', () => {
    const request = { method: 'api-key', provider: 'openrouter', model: 'glm-5', flow: 'loopback' } as const;

    assert.deepEqual(
      otherWays(request, ['paste']).map(({ intent }) => intent),
      [{ type: 'signIn', ...request, flow: 'paste' }],
    );
  });

  it('lead to the form for a key, and of its provider', () => {
    const intentOf = (request: Parameters<typeof otherWays>[0]) => otherWays(request, ['key'])[0]?.intent;

    assert.deepEqual(intentOf({ method: 'qwen-oauth' }), { type: 'showMethod', method: 'api-key' });
    assert.deepEqual(intentOf({ method: 'api-key', provider: 'openrouter', flow: 'paste' }), {
      type: 'showMethod',
      method: 'api-key',
      provider: 'openrouter',
      flow: 'key',
    });
  });

  it('lead around the failure that they belong to', () => {
    const error = new Error('declined');
    const signInAttempt = {
      kind: 'failed',
      request: { method: 'qwen-oauth' },
      error,
      others: ['device', 'key'],
    } as const;

    assert.equal(waysAround({ message: 'Declined.' }, error, { signInAttempt }).length, 2);
    assert.equal(waysAround({ message: 'Declined.' }, new Error('another'), { signInAttempt }).length, 0);
    assert.equal(waysAround({ message: 'Choose.', others: [] }, error, { signInAttempt }).length, 0);
  });

  it('are no second try where they ask for a key in place of the browser', () => {
    const request = { method: 'api-key', provider: 'openrouter', region: 'eu' } as const;
    const signInAttempt = { kind: 'failed', request, error: new Error('declined'), others: ['key'] } as const;
    const again = { type: 'showMethod', method: 'api-key' } as const;
    const [key] = otherWays(request, signInAttempt.others);

    assert.equal(secondTry(again, { signInAttempt }), request);
    assert.equal(key && secondTry(key.intent, { signInAttempt }), undefined);
    assert.equal(secondTry({ ...again, method: 'coding-plan' }, { signInAttempt }), undefined);
    assert.equal(secondTry({ type: 'chooseModel' }, { signInAttempt }), undefined);
    assert.equal(secondTry(again, { signInAttempt: { kind: 'none' } }), undefined);
  });

  it('are not offered again beside the one that mends it', () => {
    const error = new Error('no such way');
    const signInAttempt = {
      kind: 'failed',
      request: { method: 'qwen-oauth' },
      error,
      others: ['device', 'key'],
    } as const;
    const [device, action] = otherWays(signInAttempt.request, signInAttempt.others);

    assert.deepEqual(waysAround({ message: 'No.', ...(action && { action }) }, error, { signInAttempt }), [device]);
  });
});
