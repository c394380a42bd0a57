import assert from 'node:assert/strict';
import type { Finding, SecretScan } from './scan';

/**
 * A place where a secret belongs. Each of them must hold one: a scan that finds nothing there would find nothing
 * anywhere.
 */
export interface Belonging {
  readonly why: string;
  readonly area: string;
  readonly place: RegExp;
  readonly secret: RegExp;
  /** Whether a run may do without. */
  readonly optional?: true;
}

/** So many leaks are written out. */
const MOST_SHOWN = 20;

/** Holds that secrets were found where they belong, and nowhere else. */
export function assertOnlyIn(belongings: readonly Belonging[], scan: SecretScan): void {
  const findings = scan.findings();
  const isOf = ({ area, place, secret }: Belonging, one: Finding): boolean =>
    area === one.area && place.test(one.place) && secret.test(one.secret);
  const leaks = findings.filter((one) => !belongings.some((belonging) => isOf(belonging, one)));
  const { secrets, places, bytes } = scan.figures;
  console.log(`      ${secrets} secrets, ${places} places, ${(bytes / 2 ** 20).toFixed(1)} MiB`);

  const texts = new Set(leaks.map(({ area, place, secret, around }) => `${secret} in ${area} ${place}: ${around}`));
  assert.deepEqual([...texts].slice(0, MOST_SHOWN), [], `${texts.size} leaks`);
  const unused = belongings.filter((belonging) => !belonging.optional && !findings.some((one) => isOf(belonging, one)));
  assert.deepEqual(
    unused.map(({ why }) => why),
    [],
    'The scan found no secret where one belongs.',
  );
}
