import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import type { Account } from '../../../src/core/credentials/account';
import { resolveCredential } from '../../../src/core/credentials/resolve';
import type { LimitStatus } from '../../../src/core/limits/limits';
import { limitsText, limitsView } from '../../../src/core/views/limitsView';
import { durationText, timeText } from '../../../src/core/views/timeText';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';

const NOON = new Date(2026, 5, 1, 12).getTime();
const quiet: LimitStatus = { at: NOON, lastMinute: 0, lastDay: 0, said: [], retryAt: undefined };

/** The lines for a model of the account, and which of them warn. */
function lines(account: Account, usage: Partial<LimitStatus>, perMinute?: number, perDay?: number) {
  const selected = model({ id: 'coder-model', baseUrl: account.baseUrl });
  const credential = resolveCredential(selected, { accounts: [account], variables: emptyConfiguration({}).variables });
  const requestLimits = () => ({ perMinute, perDay });
  const view = limitsView({ selected, credential }, () => ({ ...quiet, ...usage }), { requestLimits });
  return (
    view && { text: limitsText(view).split('\n'), warned: view.rows.filter(({ tone }) => tone === 'warning').length }
  );
}

describe('limits in words', () => {
  it('say of the OAuth sign-in what was counted here', () => {
    const shown = lines(oauthAccount(), { lastMinute: 1, lastDay: 340 }, 60, 1000);

    assert.deepEqual(shown?.text, [
      'Last 60 seconds: 1 of 60 requests (counted here)',
      'Last 24 hours: 340 of 1,000 requests (counted here)',
    ]);
    assert.equal(shown.warned, 0);
  });

  it('name no limit where none is known', () => {
    assert.deepEqual(lines(oauthAccount(), { lastMinute: 1, lastDay: 1340 })?.text, [
      'Last 60 seconds: 1 request (counted here)',
      'Last 24 hours: 1,340 requests (counted here)',
    ]);
  });

  it('warn where a limit is reached', () => {
    assert.equal(lines(oauthAccount(), { lastMinute: 60, lastDay: 999 }, 60, 1000)?.warned, 1);
  });

  it('are not there for a key whose server says nothing', () => {
    assert.equal(lines(keyAccount(), { lastMinute: 5, lastDay: 5 }, 60, 1000), undefined);
  });

  it('are not there without a model', () => {
    const settings = { requestLimits: () => ({ perMinute: 60, perDay: 1000 }) };

    assert.equal(
      limitsView({ selected: undefined, credential: undefined }, () => quiet, settings),
      undefined,
    );
  });

  it('say of any server what it said itself', () => {
    const shown = lines(keyAccount(), {
      said: [
        { unit: 'requests', limit: 60, remaining: 48, resetsAt: NOON + 12_000 },
        { unit: 'tokens', limit: 150_000 },
        { unit: undefined, remaining: 0, windowSeconds: 86_400, resetsAt: new Date(2026, 5, 2, 8, 30).getTime() },
      ],
      retryAt: NOON + 7000,
    });

    assert.deepEqual(shown?.text, [
      'Next request: not before 12:00:07 (said by coding.dashscope.aliyuncs.com)',
      'Requests: 48 of 60 left, until 12:00:12 (said by coding.dashscope.aliyuncs.com)',
      'Tokens: 150,000 at most (said by coding.dashscope.aliyuncs.com)',
      'Limit: 0 left per 24 h, until 2 Jun, 08:30:00 (said by coding.dashscope.aliyuncs.com)',
    ]);
    assert.equal(shown.warned, 2);
  });
});

describe('time in words', () => {
  for (const [seconds, text] of [
    [0.2, '1 s'],
    [60, '60 s'],
    [119, '119 s'],
    [121, '3 min'],
    [7200, '2 h'],
    [100_000, '28 h'],
    [172_801, '3 days'],
  ] as const) {
    it(`says ${text} of ${seconds} seconds`, () => {
      assert.equal(durationText(seconds), text);
    });
  }

  it('names the day where it is another one', () => {
    assert.deepEqual([timeText(NOON, NOON), timeText(NOON, NOON - 86_400_000)], ['12:00:00', '1 Jun, 12:00:00']);
  });
});
