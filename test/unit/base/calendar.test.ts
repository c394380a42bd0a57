import assert from 'node:assert/strict';

import { dayAround, monthAround, type Span, weekAround, ZONES } from '../../../src/core/base/calendar';

const inText = ({ start, end }: Span) => [start, end].map((at) => new Date(at).toISOString().slice(0, 16)).join(' ');
const at = (text: string) => Date.parse(`${text}Z`);

describe('a calendar', () => {
  const inZone = process.env['TZ'];
  afterEach(() => {
    if (inZone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = inZone;
  });

  it('has days that begin at midnight of a zone', () => {
    assert.equal(inText(dayAround(at('2026-06-01T12:00'), ZONES.utc)), '2026-06-01T00:00 2026-06-02T00:00');
    assert.equal(inText(dayAround(at('2026-06-01T16:00'), ZONES.china)), '2026-06-01T16:00 2026-06-02T16:00');
    assert.equal(inText(dayAround(at('2026-06-01T15:59'), ZONES.china)), '2026-05-31T16:00 2026-06-01T16:00');
  });

  it('has weeks that begin on Monday, in China on Sunday 16:00 UTC', () => {
    assert.equal(inText(weekAround(at('2026-06-07T23:59'), ZONES.utc)), '2026-06-01T00:00 2026-06-08T00:00');
    assert.equal(inText(weekAround(at('2026-06-07T15:59'), ZONES.china)), '2026-05-31T16:00 2026-06-07T16:00');
    assert.equal(inText(weekAround(at('2026-06-07T16:00'), ZONES.china)), '2026-06-07T16:00 2026-06-14T16:00');
  });

  for (const [day, time, span] of [
    [1, '2026-06-15T00:00', '2026-05-31T16:00 2026-06-30T16:00'],
    [15, '2026-06-14T15:59', '2026-05-14T16:00 2026-06-14T16:00'],
    [15, '2026-06-14T16:00', '2026-06-14T16:00 2026-07-14T16:00'],
    [31, '2026-02-15T00:00', '2026-01-30T16:00 2026-02-27T16:00'],
    [31, '2026-02-27T16:00', '2026-02-27T16:00 2026-03-30T16:00'],
    [30, '2028-02-29T00:00', '2028-02-28T16:00 2028-03-29T16:00'],
    [31, '2026-04-30T00:00', '2026-04-29T16:00 2026-05-30T16:00'],
    [20, '2027-01-05T00:00', '2026-12-19T16:00 2027-01-19T16:00'],
    [20, '2026-12-31T16:00', '2026-12-19T16:00 2027-01-19T16:00'],
  ] as const) {
    it(`has the month of ${time} UTC from day ${day} in China, shorter months included`, () => {
      assert.equal(inText(monthAround(at(time), day, ZONES.china)), span);
    });
  }

  it('is the same wherever a machine is, and while its clocks change', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Pacific/Kiritimati', 'Asia/Shanghai']) {
      process.env['TZ'] = zone;
      // On 2026-03-08 and 2026-03-29 clocks go forward, on 2026-10-25 and 2026-11-01 back.
      assert.equal(inText(weekAround(at('2026-03-29T12:00'), ZONES.china)), '2026-03-22T16:00 2026-03-29T16:00');
      assert.equal(inText(weekAround(at('2026-11-01T12:00'), ZONES.china)), '2026-10-25T16:00 2026-11-01T16:00');
      assert.equal(inText(monthAround(at('2026-10-25T01:30'), 25, ZONES.china)), '2026-10-24T16:00 2026-11-24T16:00');
      assert.equal(inText(dayAround(at('2026-03-08T07:30'), ZONES.utc)), '2026-03-08T00:00 2026-03-09T00:00');
    }
  });

  it('puts every time into one span, which the next one follows', () => {
    for (let time = at('2026-01-01T00:00'); time < at('2028-03-02T00:00'); time += 7 * 3_600_000) {
      for (const around of [
        (one: number) => weekAround(one, ZONES.china),
        (one: number) => monthAround(one, 31, ZONES.china),
        (one: number) => monthAround(one, 29, ZONES.utc),
      ]) {
        const { start, end } = around(time);
        assert.ok(start <= time && time < end);
        assert.equal(around(end).start, end);
        assert.equal(around(start - 1).end, start);
      }
    }
  });
});
