// Whether anything is kept of what is over: the heap is measured again and again, and a line laid through it.
import { prompt } from '../../src/core/chat/request';
import { openBench } from '../fakes/bench';
import { measure } from './row';

const POINTS = 10;
/** After so many times V8 has compiled what it will: that code is on the heap too. */
const WARM_UP = 1500;

/** KB that the heap grows by with each time that the work is done, by the line that fits best (least squares). */
async function growth(times: number, work: () => Promise<void>): Promise<number> {
  for (let at = 0; at < WARM_UP; at += 1) await work();
  const points: number[] = [];
  for (let point = 0; point < POINTS; point += 1) {
    for (let at = 0; at < times / POINTS; at += 1) await work();
    // What the sandbox writes down is not ours.
    bench.sandbox.forgetRequests();
    await new Promise(setImmediate);
    globalThis.gc?.();
    points.push(process.memoryUsage().heapUsed / 1024);
  }
  const middle = (POINTS - 1) / 2;
  const slopes = points.map((kilobytes, point) => (point - middle) * kilobytes);
  const spread = points.reduce((sum, _, point) => sum + (point - middle) ** 2, 0);
  return Math.max(0, (slopes.reduce((sum, slope) => sum + slope, 0) / spread) * (POINTS / times));
}

const bench = await openBench();

const signInAndOut = async (): Promise<void> => {
  const { account } = await bench.signInWithKey('openai');
  await bench.session.signOut([account.id]);
  await bench.session.finishSignOuts();
};
await measure({
  row: 'the heap, by each sign-in and out of 1000, by a line fitted',
  unit: 'KB',
  rounds: 1,
  ours: { what: 'of 1000', run: () => growth(1000, signInAndOut) },
  goal: { of: 'figure', atMost: 0.1 },
});

await bench.signInWithKey('openai');
const ask = async (): Promise<void> => {
  const { selected: model } = bench.session.snapshot;
  if (!model) throw new Error('No model is in use.');
  const request = { model, chat: prompt('Hi'), initiator: 'bench' };
  for await (const _ of bench.session.chat(request, new AbortController().signal));
};
await measure({
  row: 'the heap, by each request of 10,000, by a line fitted',
  unit: 'KB',
  rounds: 1,
  ours: { what: 'of 10,000', run: () => growth(10_000, ask) },
  goal: { of: 'figure', atMost: 0.1 },
});
await bench.stop();
process.exit();
