import type { Context, Test } from 'mocha';

/** Skips a test, or from a hook those that it is for; the last lines of the run name each, and say why. */
export function skip(context: Context, why: string): never {
  for (const test of skippedBy(context)) test.title += ` (${why})`;
  return context.skip();
}

function skippedBy({ currentTest, test }: Context): readonly { title: string }[] {
  // To mocha the first test of a suite is the current one before all of them, too.
  if (!test?.title.startsWith('"before all"')) return [currentTest ?? test].flatMap((one) => one ?? []);
  const tests: Test[] = [];
  test.parent?.eachTest((one) => tests.push(one));
  return tests;
}
