import assert from 'node:assert/strict';

import type { OwnPlan } from '../../../src/core/config/settings';
import { planQuotas } from '../../../src/core/limits/planQuotas';
import { CODING_PLAN } from '../../../src/core/providers/alibaba';
import { findProvider } from '../../../src/core/providers/catalogue';
import type { CountedQuota, Quota } from '../../../src/core/providers/quota';

const HOUR = 3_600_000;
const utc = (text: string) => Date.parse(`${text}Z`);
const utcText = (at: number) => new Date(at).toISOString().slice(0, 16);

function countedQuota(provider: string): CountedQuota {
  const quota = findProvider(provider)?.quota;
  assert.ok(quota?.kind === 'counted');
  return quota;
}

/** What is counted of requests at these times, in short. */
function windows(
  sent: readonly number[],
  plan: OwnPlan,
  now: number,
  provider: string = CODING_PLAN.id,
): readonly string[] {
  const since = (start: number) => sent.filter((at) => at >= start);
  const counts = {
    countSince: (_: string, start: number) => since(start).length,
    firstSince: (_: string, start: number) => since(start)[0],
  };
  return planQuotas(counts, '', countedQuota(provider), plan, now).map(inShort);
}

function inShort(quota: Quota): string {
  assert.ok(quota.kind === 'requests');
  const { window, used, limit, resetsAt } = quota;
  return [`${window} ${used}`, limit && `of ${limit}`, resetsAt && `until ${utcText(resetsAt)}`]
    .filter(Boolean)
    .join(' ');
}

describe('the windows of a plan', () => {
  // A Sunday, a minute before the week ends in China.
  const now = utc('2026-06-07T15:59');

  it('are the last five hours and the week, beside no limit while nobody has said which edition it is', () => {
    assert.deepEqual(windows([now - 6 * HOUR, now - HOUR], {}, now), ['fiveHours 1', 'week 2 until 2026-06-07T16:00']);
  });

  it('have the limits of the edition', () => {
    assert.deepEqual(windows([now], { edition: 'lite', startDay: 1 }, now), [
      'fiveHours 1 of 1200',
      'week 1 of 9000 until 2026-06-07T16:00',
      'month 1 of 18000 until 2026-06-30T16:00',
    ]);
    assert.deepEqual(windows([now], { edition: 'pro', startDay: 8 }, now), [
      'fiveHours 1 of 6000',
      'week 1 of 45000 until 2026-06-07T16:00',
      'month 1 of 90000 until 2026-06-07T16:00',
    ]);
  });

  it('begin anew at midnight in China, to the millisecond', () => {
    const sent = [now - HOUR, now];
    const later = (ms: number) => windows(sent, { startDay: 8 }, utc('2026-06-07T16:00') + ms).slice(1);

    assert.deepEqual(later(-1), ['week 2 until 2026-06-07T16:00', 'month 2 until 2026-06-07T16:00']);
    assert.deepEqual(later(0), ['week 0 until 2026-06-14T16:00', 'month 0 until 2026-07-07T16:00']);
  });

  it('of five hours go on once the first request is five hours old', () => {
    const first = now - 5 * HOUR + 1;
    const sent = Array.from({ length: 1200 }, (_, index) => first + index);

    assert.equal(
      windows(sent, { edition: 'lite' }, now)[0],
      `fiveHours 1200 of 1200 until ${utcText(first + 5 * HOUR)}`,
    );
    assert.equal(windows(sent, { edition: 'lite' }, now + 1)[0], 'fiveHours 1199 of 1200');
  });

  it('of a month that has no such day begin on its last one', () => {
    const sent = [utc('2026-02-27T15:59'), utc('2026-02-27T16:00')];

    assert.equal(windows(sent, { startDay: 31 }, utc('2026-03-01T00:00'))[2], 'month 1 until 2026-03-30T16:00');
  });

  it('have no limits where nobody says how many requests a plan allows', () => {
    assert.deepEqual(windows([now], { edition: 'pro' }, now, 'token-plan'), [
      'fiveHours 1',
      'week 1 until 2026-06-07T16:00',
    ]);
  });

  it('are left out while they are not counted yet', () => {
    const counts = {
      countSince: (_: string, start: number) => (start < now - 24 * HOUR ? undefined : 3),
      firstSince: () => now,
    };
    const quotas = planQuotas(counts, '', countedQuota('coding-plan'), { startDay: 1 }, now);

    assert.deepEqual(quotas.map(inShort), ['fiveHours 3']);
  });
});
