import assert from 'node:assert/strict';
import { lastDays, localDay, nextMidnight } from '../../../src/core/usage/localDay';

const HOUR = 3_600_000;

describe('days of the calendar', () => {
  const zone = process.env['TZ'];
  const inZone = (name: string | undefined): void => {
    if (name === undefined) delete process.env['TZ'];
    else process.env['TZ'] = name;
  };
  afterEach(() => inZone(zone));

  const days = [
    ['UTC', '2026-06-01T23:59:59.999Z', '2026-06-01'],
    ['UTC', '2026-06-02T00:00:00.000Z', '2026-06-02'],
    ['Asia/Shanghai', '2026-05-31T16:00:00Z', '2026-06-01'],
    ['America/Los_Angeles', '2026-06-01T06:59:59Z', '2026-05-31'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
    ['Asia/Kathmandu', '2026-05-31T18:15:00Z', '2026-06-01'],
  ] as const;
  for (const [name, at, day] of days) {
    it(`say ${day} for ${at} in ${name}`, () => {
      inZone(name);

      assert.equal(localDay(Date.parse(at)), day);
    });
  }

  // Each has a day of 23 or 25 hours, the last two at midnight itself.
  const changes = [
    ['Europe/Berlin', '2026-03-31T10:00:00Z'],
    ['Europe/Berlin', '2026-10-26T10:00:00Z'],
    ['America/Havana', '2026-03-10T10:00:00Z'],
    ['Africa/Cairo', '2026-04-26T10:00:00Z'],
  ] as const;
  for (const [name, now] of changes) {
    it(`follow each other where clocks change: ${name}, before ${now}`, () => {
      inZone(name);
      const today = Number(now.slice(8, 10));

      assert.deepEqual(
        lastDays(Date.parse(now), 7).map((day) => Number(day.slice(8))),
        Array.from({ length: 7 }, (_, index) => today - 6 + index),
      );
    });

    it(`begin at the next midnight, or as soon as there is one: ${name}, before ${now}`, () => {
      inZone(name);
      for (let at = Date.parse(now) - 7 * 24 * HOUR; at < Date.parse(now); at += HOUR) {
        const next = nextMidnight(at);

        assert.ok(next > at && next - at <= 25 * HOUR);
        assert.notEqual(localDay(next), localDay(at));
        assert.equal(localDay(next - 1), localDay(at));
      }
    });
  }
});
