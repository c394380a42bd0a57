// What a window does in a minute in which nobody does anything.
import { setTimeout } from 'node:timers/promises';

import { countCalls, openIdleWindow } from '../fakes/idleWindow';
import { measure } from './row';

/** How long is looked, and how often that goes into a minute. */
const LOOK_MS = 20_000;
const TIMES = 60_000 / LOOK_MS;

const SETTLE_MS = 200;

async function callsInMinute(isThere: boolean): Promise<number> {
  const opened = await openIdleWindow(isThere);
  await setTimeout(SETTLE_MS);
  const calls = countCalls();
  await setTimeout(LOOK_MS);
  const { timers, looks } = calls;
  calls.dispose();
  opened.dispose();
  return (timers + looks) * TIMES;
}

await measure({
  row: 'timers and looks at files in an idle minute of a window without the focus',
  unit: 'calls',
  rounds: 1,
  ours: { what: 'without the focus', run: () => callsInMinute(false) },
  beside: { what: 'with the focus', run: () => callsInMinute(true) },
  goal: { of: 'figure', atMost: 0 },
});
process.exit();
