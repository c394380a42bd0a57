import * as fastCheck from 'fast-check';
import { isThorough } from '../thorough';

/** The seed of all values of this run: `--seed` gives it again. */
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

before('prints the seed', () => console.log(`      --seed ${seed}`));

/**
 * Holds that a property is true of `short` random values, or of `thorough` ones in a thorough run. A failure names the
 * seed and the smallest value that it was found for.
 */
export async function holds<T>(
  values: fastCheck.Arbitrary<T>,
  { short, thorough }: { readonly short: number; readonly thorough: number },
  check: (value: T) => void | Promise<void>,
): Promise<void> {
  const property = fastCheck.asyncProperty(values, async (value) => await check(value));
  await fastCheck.assert(property, { seed, numRuns: isThorough ? thorough : short, endOnFailure: false });
}
