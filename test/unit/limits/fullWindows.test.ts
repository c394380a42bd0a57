import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { fullWindowFor, FullWindows } from '../../../src/core/limits/fullWindows';
import { createSettings } from '../../../src/core/config/settings';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySettings } from '../../fakes/memorySettings';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

const PLAN = { id: 'qwen3.5-plus', baseUrl: 'https://coding.dashscope.aliyuncs.com/v1' };
const FREE = { id: 'a:free', baseUrl: 'https://openrouter.ai/api/v1' };
const HOUR = 3_600_000;
const refusal = (text: string) => new RequestError('host', 'status', { status: 429, text });
const HOURS = refusal('hour allocated quota exceeded');
const WEEK = refusal('week allocated quota exceeded');

describe('windows that are used up', () => {
  let clock: ManualClock;
  let state: MemoryStateStore;
  let changes: number;
  let opened: FullWindows[];
  let plans: Record<string, unknown>;

  beforeEach(() => {
    clock = new ManualClock();
    state = createMemoryStateStore();
    changes = 0;
    opened = [];
    plans = {};
  });
  afterEach(() => {
    for (const windows of opened) windows.dispose();
  });

  const open = (): FullWindows => {
    const settings = createSettings(createMemorySettings(plans));
    const windows = new FullWindows({ clock, state, settings, changed: () => changes++ });
    opened.push(windows);
    return windows;
  };
  const names = (windows: FullWindows) => windows.current.map(({ window }) => window);

  it('are remembered until they go on, which is then said', async () => {
    const windows = open();
    windows.note(PLAN, HOURS);
    assert.deepEqual([names(windows), changes], [['fiveHours'], 1]);

    clock.advance(await clock.nextSleep());
    await Promise.resolve();

    assert.deepEqual([names(windows), changes], [[], 2]);
  });

  it('of other programs that remember theirs in the same place stay there', () => {
    const [one, other] = [open(), open()];
    one.note(PLAN, WEEK);
    other.note(FREE, refusal('free-models-per-day'));
    assert.equal(open().current.length, 2);
    one.note(PLAN, undefined);

    assert.deepEqual(
      open().current.map(({ baseUrl }) => baseUrl),
      [FREE.baseUrl],
    );
  });

  it('are remembered after a reload', () => {
    open().note(PLAN, WEEK);

    assert.deepEqual(names(open()), ['week']);
    clock.advance(7 * 24 * HOUR);
    assert.deepEqual(names(open()), []);
  });

  it('of a month end on the day of the plan that is meant, a gateway in its place included', () => {
    plans = {
      'codingPlan.startDay': 3,
      'tokenPlan.startDay': 20,
      endpoints: { 'token-plan/china': 'https://ai.example.com/v1' },
    };
    const windows = open();
    const tokenPlan = 'https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1';
    for (const baseUrl of [PLAN.baseUrl, tokenPlan, 'https://ai.example.com/v1', 'https://other.example.com/v1'])
      windows.note({ id: 'glm-5', baseUrl }, refusal('month allocated quota exceeded'));

    const days = windows.current.map(({ resumesAt }) => new Date(resumesAt + 8 * HOUR).getUTCDate());
    assert.deepEqual(days.slice(0, 3), [3, 20, 20]);
    assert.deepEqual(
      windows.current.map(({ isLatest }) => isLatest),
      [false, false, false, true],
    );
  });

  it('are kept once each, with the newest time', () => {
    const windows = open();
    windows.note(PLAN, HOURS);
    windows.note(PLAN, WEEK);
    clock.advance(HOUR);
    windows.note(PLAN, HOURS);

    assert.deepEqual(names(windows), ['week', 'fiveHours']);
    assert.equal(windows.current[1]?.resumesAt, clock.now() + 5 * HOUR);
  });

  it('are over as soon as a request is answered there', () => {
    const windows = open();
    windows.note(PLAN, HOURS);
    windows.note(FREE, undefined);
    assert.deepEqual(names(windows), ['fiveHours']);
    windows.note({ ...PLAN, id: 'glm-5' }, undefined);

    assert.deepEqual([names(windows), names(open())], [[], []]);
  });

  it('change nothing where a request is answered as ever, or fails otherwise', () => {
    const windows = open();
    windows.note(PLAN, undefined);
    windows.note(PLAN, refusal('Slow down.'));
    windows.note(PLAN, new Error('offline'));

    assert.deepEqual([names(windows), changes, state.get('limits/full')], [[], 0, undefined]);
  });

  it('stand in the way of all models of a plan, but of free models alone where those are what is limited', () => {
    const windows = open();
    windows.note(PLAN, HOURS);
    windows.note(PLAN, WEEK);
    windows.note(FREE, refusal('Rate limit exceeded: free-models-per-day'));

    const inTheWay = (id: string, { baseUrl } = PLAN) => fullWindowFor(windows.current, { id, baseUrl })?.window;
    assert.deepEqual([inTheWay('glm-5'), inTheWay('a:free', FREE), inTheWay('b', FREE)], ['week', 'day', undefined]);
  });

  it('are read from what is stored, as far as it makes sense', async () => {
    const resumesAt = clock.now() + HOUR;
    const good = { baseUrl: PLAN.baseUrl, window: 'day', resumesAt, isLatest: true };
    for (const [stored, expected] of [
      [[good, null, 7, { ...good, resumesAt: 'soon' }, { resumesAt }], [good]],
      [[{ ...good, window: 'decade' }], [{ baseUrl: PLAN.baseUrl, resumesAt, isLatest: true }]],
      ['x', []],
    ] as const) {
      await state.set('limits/full', stored);
      assert.deepEqual(open().current, expected);
    }
  });
});
