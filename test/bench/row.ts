/** Something that is measured: `run` answers one figure, in the unit of its row. */
interface Subject {
  readonly what: string;
  run(): Promise<number>;
}

/** What a row is held against: its figure itself, or the figure beside the one that it is compared with. */
type Goal = { readonly of: 'figure' | 'ratio' | 'difference' } & (
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** One row of the table. */
export interface Row {
  readonly row: string;
  readonly unit: 'ms' | 'µs' | 'MB/s' | 'KB' | 'calls';
  /** How often each subject runs and counts; 7 unless given. */
  readonly rounds?: number;
  readonly ours: Subject;
  readonly beside?: Subject;
  readonly goal: Goal;
}

/** The figures of one subject: the median, the smallest and the largest. */
export interface Figures {
  readonly what: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What a row came to. `result` is what the goal is about. */
export interface Measured {
  readonly row: string;
  readonly unit: Row['unit'];
  readonly ours: Figures;
  readonly beside?: Figures;
  readonly goal: Goal;
  readonly result: number;
  readonly met: boolean;
}

/**
 * Measures a row, prints it, and hands it to `npm run bench`. The two subjects take turns, so that whatever else the
 * machine does meanwhile happens to both. A first round warms them up and does not count.
 */
export async function measure({ row, unit, rounds = 7, ours, beside, goal }: Row): Promise<void> {
  const samples: { readonly ours: number[]; readonly beside: number[] } = { ours: [], beside: [] };
  for (let round = -1; round < rounds; round += 1) {
    const other = await beside?.run();
    const own = await ours.run();
    if (round < 0) continue;
    samples.ours.push(own);
    if (other !== undefined) samples.beside.push(other);
  }
  const own = figures(ours.what, samples.ours);
  const other = beside && figures(beside.what, samples.beside);
  const result = resultOf(goal, own.median, other?.median);
  if (!Number.isFinite(result)) throw new Error(`${row} was not measured.`);
  const met = 'atMost' in goal ? result <= goal.atMost : result >= goal.atLeast;
  const measured: Measured = { row, unit, ours: own, ...(other && { beside: other }), goal, result, met };
  console.log(textOf(measured));
  process.send?.(measured);
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown> | void): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function figures(what: string, samples: readonly number[]): Figures {
  const sorted = [...samples].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { what, median, least: sorted[0] ?? median, most: sorted.at(-1) ?? median };
}

function resultOf(goal: Goal, ours: number, beside: number | undefined): number {
  if (goal.of === 'figure') return ours;
  if (beside === undefined) throw new Error('A ratio or a difference needs something to be compared with.');
  return goal.of === 'ratio' ? ours / beside : ours - beside;
}

function textOf({ row, unit, ours, beside, goal, result, met }: Measured): string {
  const lines = [ours, ...(beside ? [beside] : [])].map(
    ({ what, median, least, most }) => `    ${what}: ${digits(median)} ${unit} (${digits(least)} to ${digits(most)})`,
  );
  const wanted = 'atMost' in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
  return [`  ${met ? '✔' : '✘'} ${row}: ${goal.of} ${digits(result)}, goal ${wanted}`, ...lines].join('\n');
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
