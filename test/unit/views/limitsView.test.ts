import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { emptyConfiguration } from '../../../src/core/config/configuration';
import type { Account, KeyAccount } from '../../../src/core/credentials/account';
import { fingerprint } from '../../../src/core/credentials/fingerprint';
import { credentialOf, resolveCredential } from '../../../src/core/credentials/resolve';
import type { FullWindow } from '../../../src/core/limits/fullWindow';
import type { LimitStatus } from '../../../src/core/limits/limits';
import type { OwnPlan, RequestLimits } from '../../../src/core/config/settings';
import type { Quota } from '../../../src/core/providers/quota';
import {
  accountLimits,
  type KnownLimits,
  limitsText,
  type LimitsView,
  limitsView,
} from '../../../src/core/views/limitsView';
import { durationText, timeText } from '../../../src/core/views/timeText';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const NOON = new Date(2026, 5, 1, 12).getTime();
const quiet: LimitStatus = { at: NOON, lastMinute: 0, lastDay: 0, said: [], retryAt: undefined };

const OPENAI = keyAccount({
  id: 'openai',
  method: 'api-key',
  provider: 'openai',
  region: '',
  baseUrl: 'https://api.openai.com/v1',
});
const OTHER_MODEL = model({ id: 'deepseek-v4-pro', baseUrl: 'https://api.deepseek.com' });
const OTHER = keyAccount({ ...OPENAI, id: 'deepseek', provider: 'deepseek', baseUrl: 'https://api.deepseek.com' });
const none: KnownLimits = {
  status: () => quiet,
  countSince: () => 0,
  firstSince: () => undefined,
  asked: () => undefined,
};

/** What a limit that is used up tells of whose it is. */
const whoseIs = (account: Account) => ({
  baseUrl: account.baseUrl,
  credential: fingerprint(credentialOf(account)),
});
const OTHER_KEY = new Secret('another-key');

/** What is shown of a model of the account. */
function viewOf(
  account: Account,
  known: Partial<KnownLimits>,
  {
    full = [],
    plan = {},
    others = [],
    limits = {},
  }: {
    full?: readonly FullWindow[];
    plan?: OwnPlan;
    others?: readonly Account[];
    limits?: Partial<RequestLimits>;
  } = {},
) {
  const selected = model({ id: 'coder-model', baseUrl: account.baseUrl });
  const credential = resolveCredential(selected, { accounts: [account], variables: emptyConfiguration({}).variables });
  const settings = {
    requestLimits: () => ({ perMinute: undefined, perDay: undefined, ...limits }),
    plan: () => plan,
  };
  const configuration = emptyConfiguration({});
  const accounts = [account, ...others];
  const all = { selected, credential, full, accounts, models: [selected, OTHER_MODEL], configuration };
  return limitsView(all, { ...none, ...known }, settings);
}

/** The lines for a model of the account, and which of them warn. */
function lines(account: Account, usage: Partial<LimitStatus>, perMinute?: number, perDay?: number) {
  const view = viewOf(account, { status: () => ({ ...quiet, ...usage }) }, { limits: { perMinute, perDay } });
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
    assert.equal(lines(OPENAI, { lastMinute: 5, lastDay: 5 }, 60, 1000), undefined);
  });

  it('are not there without a model', () => {
    const settings = { requestLimits: () => ({ perMinute: 60, perDay: 1000 }), plan: () => ({}) };

    assert.equal(limitsView(snapshot(), none, settings), undefined);
  });

  it('say of any server what it said itself', () => {
    const shown = lines(OPENAI, {
      said: [
        { unit: 'requests', limit: 60, remaining: 48, resetsAt: NOON + 12_000 },
        { unit: 'tokens', limit: 150_000 },
        { unit: undefined, remaining: 0, windowSeconds: 86_400, resetsAt: new Date(2026, 5, 2, 8, 30).getTime() },
      ],
      retryAt: NOON + 7000,
    });

    assert.deepEqual(shown?.text, [
      'Next request: not before 12:00:07 (said by api.openai.com)',
      'Requests: 48 of 60 left, until 12:00:12 (said by api.openai.com)',
      'Tokens: 150,000 at most (said by api.openai.com)',
      'Limit: 0 left per 24 h, until 2 Jun, 08:30:00 (said by api.openai.com)',
    ]);
    assert.equal(shown.warned, 2);
  });
});

describe('what is left in words', () => {
  const evening = new Date(2026, 5, 1, 16, 39, 1).getTime();
  const monday = new Date(2026, 5, 8).getTime();
  const asked = (...quotas: readonly Quota[]): Partial<KnownLimits> => ({ asked: () => ({ at: NOON - 1, quotas }) });
  const shown = (view: LimitsView | undefined) =>
    view?.rows.map(({ label, text, source, tone }) => `${tone === 'warning' ? '! ' : ''}${label}: ${text} (${source})`);

  it('is what a provider said, and when it was asked', () => {
    const view = viewOf(
      OPENAI,
      asked(
        { kind: 'share', window: 'fiveHours', usedPercent: 73.9, resetsAt: evening },
        { kind: 'share', window: 'week', usedPercent: 80, resetsAt: monday },
        { kind: 'balance', amount: 110, currency: 'CNY' },
        { kind: 'balance', amount: -0.02, currency: 'USD' },
        { kind: 'spending', spent: 25.5, limit: 100, currency: 'USD', window: 'month' },
        { kind: 'spending', spent: 1234.5, currency: 'USD' },
      ),
    );
    const said = 'said by api.openai.com at 11:59';

    assert.deepEqual(shown(view), [
      `5 hours: 73 % used · goes on at 16:40 (${said})`,
      `! This week: 80 % used · goes on 8 Jun at 00:00 (${said})`,
      `Balance: CN¥110.00 (${said})`,
      `! Balance: -$0.02 (${said})`,
      `Spent this month: 25 % used · $25.50 of $100.00 (${said})`,
      `Spent: $1,234.50, without a limit (${said})`,
    ]);
    assert.deepEqual(
      view?.rows.map(({ usedPercent }) => usedPercent),
      [73, 80, undefined, undefined, 25, undefined],
    );
  });

  it('is not said of a window that is over', () => {
    const share = { kind: 'share', window: 'week', usedPercent: 100 } as const;

    assert.equal(viewOf(OPENAI, asked({ ...share, resetsAt: NOON })), undefined);
    assert.deepEqual(shown(viewOf(OPENAI, asked({ ...share, resetsAt: NOON + 1 })))?.length, 1);
  });

  it('never is more than all, nor all before it is', () => {
    const percents = [99.99, 100, 312].map((usedPercent) => ({ kind: 'share', window: 'day', usedPercent }) as const);

    assert.deepEqual(
      viewOf(OPENAI, asked(...percents))?.rows.map(({ text }) => text),
      ['99 % used', '100 % used', '100 % used'],
    );
  });

  it('is counted here for a plan, whose edition and first day the person may say', () => {
    const counted = { countSince: (_: string, start: number) => (start < NOON - 6 * 3_600_000 ? 960 : 1) };
    const plain = viewOf(keyAccount(), counted);
    const lite = viewOf(keyAccount(), counted, { plan: { edition: 'lite', startDay: 1 } });

    assert.deepEqual(shown(plain), [
      'Last 5 hours: 1 request (counted here)',
      'This week: 960 requests (counted here)',
    ]);
    assert.deepEqual(plain?.action?.intent, { type: 'choosePlan', plan: 'codingPlan' });
    assert.match(
      shown(lite)?.join('\n') ?? '',
      /^Last 5 hours: 0 % used · 1 of 1,200 requests \(counted here\)\nThis week: 10 % used · goes on .* · 960 of 9,000 requests \(counted here\)\nThis month: 5 % used · goes on .* · 960 of 18,000 requests \(counted here\)$/,
    );
    assert.equal(lite?.action, undefined);
  });

  it('begins with what a refusal has told, and until when', () => {
    const whose = whoseIs(OPENAI);
    const view = viewOf(OPENAI, {}, { full: [{ ...whose, window: 'fiveHours', resumesAt: evening, isLatest: true }] });

    assert.deepEqual(shown(view), [
      '! The 5-hour limit: used up · goes on at 16:40 at the latest (said by api.openai.com)',
    ]);
    assert.deepEqual(view?.full, {
      text: 'Your 5-hour limit at api.openai.com is used up. It goes on at 16:40 at the latest.',
      until: 'at 16:40 at the latest',
    });
    assert.equal(view?.action, undefined);
    const other = viewOf(OPENAI, {}, { full: [{ ...whose, model: 'another', resumesAt: evening, isLatest: false }] });
    assert.equal(other, undefined);
    const full = [{ ...whose, resumesAt: evening, isLatest: false }];
    assert.equal(viewOf({ ...OPENAI, key: OTHER_KEY }, {}, { full }), undefined);
  });
});

describe('what is left of every account', () => {
  const plans = {
    codingPlan: { edition: 'lite' },
    tokenPlan: {},
  } as const satisfies Record<string, OwnPlan>;
  const settings = {
    requestLimits: () => ({ perMinute: undefined, perDay: 1000 }),
    plan: (name: 'codingPlan' | 'tokenPlan') => plans[name],
  };
  const token = keyAccount({ id: 'token-plan/china', provider: 'token-plan', baseUrl: 'https://token.example.com/v1' });
  const accounts = [keyAccount(), token, OTHER, OPENAI, oauthAccount()];
  const known = {
    ...none,
    asked: ({ id }: KeyAccount) =>
      id === OTHER.id ? { at: NOON, quotas: [{ kind: 'balance', amount: 54, currency: 'CNY' } as const] } : undefined,
  };

  it('is said under its name, of those of which something is known', () => {
    const said = accountLimits({ accounts, full: [] }, known, settings).map(({ label, rows }) =>
      [label, ...rows.map(({ label: name, text }) => `${name}: ${text}`)].join(' / '),
    );

    assert.deepEqual(
      said.map((line) => line.replace(/goes on [^·]*/, 'goes on … ')),
      [
        'Coding Plan · China (Beijing) / Last 5 hours: 0 % used · 0 of 1,200 requests / This week: 0 % used · goes on … · 0 of 9,000 requests',
        'Token Plan · China (Beijing) / Last 5 hours: 0 requests / This week: 0 requests',
        'DeepSeek / Balance: CN¥54.00',
        'Qwen OAuth / Last 60 seconds: 0 requests / Last 24 hours: 0 of 1,000 requests',
      ],
    );
  });

  it('asks for what the person has not said of each plan', () => {
    const actions = accountLimits({ accounts, full: [] }, known, settings).map(({ action }) => action?.intent);

    assert.deepEqual(actions, [undefined, { type: 'choosePlan', plan: 'tokenPlan' }, undefined, undefined]);
  });

  it('has the limit that is used up of the account, and of no model alone', () => {
    const full = { ...whoseIs(OPENAI), resumesAt: NOON + 1, isLatest: false };
    const rows = (windows: readonly FullWindow[]) =>
      accountLimits({ accounts: [OPENAI], full: windows }, none, settings).flatMap((one) => one.rows);

    assert.deepEqual(
      rows([full]).map(({ label, usedPercent }) => [label, usedPercent]),
      [['The limit', 100]],
    );
    assert.deepEqual(rows([{ ...full, model: 'gpt-4o' }]), []);
    assert.deepEqual(rows([{ ...full, credential: whoseIs({ ...OPENAI, key: OTHER_KEY }).credential }]), []);
  });
});

describe('where to go on', () => {
  const full = [{ ...whoseIs(OPENAI), resumesAt: NOON + 1, isLatest: false }];
  const action = (changes: Partial<KeyAccount>, more: readonly FullWindow[] = []) =>
    viewOf(OPENAI, {}, { full: [...full, ...more], others: [{ ...OTHER, ...changes }] })?.action?.intent;

  it('is another account that can answer, while this one cannot', () => {
    assert.deepEqual(action({}), { type: 'switchModel', id: OTHER_MODEL.id, baseUrl: OTHER_MODEL.baseUrl });
    assert.equal(viewOf(OPENAI, {}, { others: [OTHER] }), undefined);
  });

  it('is none that was refused, has no model, or has nothing left either', () => {
    assert.equal(action({ status: 'refused' }), undefined);
    assert.equal(action({ baseUrl: 'https://elsewhere.example.com/v1' }), undefined);
    assert.equal(action({}, [{ ...whoseIs(OTHER), resumesAt: NOON + 1, isLatest: false }]), undefined);
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
