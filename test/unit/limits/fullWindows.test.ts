import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { fullWindowFor, FullWindows } from '../../../src/core/limits/fullWindows';
import { createSettings } from '../../../src/core/config/settings';
import { Secret } from '../../../src/core/base/secret';
import { fingerprint } from '../../../src/core/credentials/fingerprint';
import { credentialOf } from '../../../src/core/credentials/resolve';
import { keyAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySettings } from '../../fakes/memorySettings';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

const KEY = credentialOf(keyAccount({ key: new Secret('sk-sp-one') }));
const OTHER_KEY = credentialOf(keyAccount({ key: new Secret('sk-sp-other') }));
const requestTo = (baseUrl: string, id: string, credential = KEY) => ({ model: { id, baseUrl }, credential });
const PLAN = requestTo('https://coding.dashscope.aliyuncs.com/v1', 'qwen3.5-plus');
const PLAN_URL = PLAN.model.baseUrl;
const FREE = requestTo('https://openrouter.ai/api/v1', 'a:free');
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
      [FREE.model.baseUrl],
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
    for (const baseUrl of [PLAN_URL, tokenPlan, 'https://ai.example.com/v1', 'https://other.example.com/v1'])
      windows.note(requestTo(baseUrl, 'glm-5'), refusal('month allocated quota exceeded'));

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
    windows.note(requestTo(PLAN_URL, 'glm-5'), undefined);

    assert.deepEqual([names(windows), names(open())], [[], []]);
  });

  it('are those of one key: another at the same place has its own', () => {
    const windows = open();
    const other = requestTo(PLAN_URL, 'qwen3.5-plus', OTHER_KEY);
    const inTheWay = () => [PLAN, other].map((request) => fullWindowFor(windows.current, request)?.window);
    windows.note(PLAN, WEEK);
    assert.deepEqual(inTheWay(), ['week', undefined]);

    windows.note(other, undefined);
    windows.note(other, WEEK);
    assert.deepEqual(inTheWay(), ['week', 'week']);
    windows.note(PLAN, undefined);
    assert.deepEqual(inTheWay(), [undefined, 'week']);
  });

  it('are known at once to all that remember them in the same place, and so is their end', async () => {
    const [one, other] = [open(), open()];
    one.note(PLAN, HOURS);
    assert.deepEqual(names(other), ['fiveHours']);
    one.note(PLAN, undefined);
    assert.deepEqual(names(other), []);

    one.note(PLAN, HOURS);
    assert.deepEqual(names(other), ['fiveHours']);
    one.dispose();
    const before = changes;
    clock.advance(await clock.nextSleep());
    await Promise.resolve();
    assert.deepEqual([names(other), changes], [[], before + 1]);
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

    const inTheWay = (id: string, { model: { baseUrl } } = PLAN) =>
      fullWindowFor(windows.current, requestTo(baseUrl, id))?.window;
    assert.deepEqual([inTheWay('glm-5'), inTheWay('a:free', FREE), inTheWay('b', FREE)], ['week', 'day', undefined]);
  });

  it('are read from what is stored, as far as it makes sense', async () => {
    const resumesAt = clock.now() + HOUR;
    const whose = { baseUrl: PLAN_URL, credential: fingerprint(KEY) };
    const good = { ...whose, window: 'day', resumesAt, isLatest: true };
    for (const [stored, expected] of [
      [[good, null, 7, { ...good, resumesAt: 'soon' }, { resumesAt }], [good]],
      [[{ ...good, window: 'decade' }], [{ ...whose, resumesAt, isLatest: true }]],
      ['x', []],
    ] as const) {
      await state.set('limits/full', stored);
      assert.deepEqual(open().current, expected);
    }
  });

  it('of a version that did not note whose they are are none, and leave with the next refusal', async () => {
    await state.set('limits/full', [
      { baseUrl: PLAN_URL, window: 'month', resumesAt: clock.now() + HOUR, isLatest: true },
    ]);
    const windows = open();
    assert.deepEqual(windows.current, []);
    windows.note(PLAN, HOURS);

    assert.deepEqual(state.get('limits/full'), windows.current);
    assert.deepEqual(names(windows), ['fiveHours']);
  });

  it('let nothing wait any more once they are let go of', () => {
    const windows = open();
    windows.note(PLAN, HOURS);
    windows.dispose();
    windows.note(PLAN, WEEK);

    assert.equal(clock.sleepers, 0);
  });
});
