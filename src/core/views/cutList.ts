import type { ServerModels } from '../models/serverModels';

/** That a server's list was cut, such as `the first 1,000 of 1,240`; undefined for a whole list. */
export function cutText({ models, leftOut = 0 }: ServerModels): string | undefined {
  if (leftOut === 0) return undefined;
  const count = (number: number): string => number.toLocaleString('en');
  return `the first ${count(models.length)} of ${count(models.length + leftOut)}`;
}
