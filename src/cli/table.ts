import { isHiding, oneLine } from '../core/base/oneLine';
import { columns } from './columns';

/** As long as any address is; names of servers and files are cut after it. */
const LONGEST = 4096;

/** Rows as lines, each column as wide as it must be; the last cell of a row needs no width. A cell is one line. */
export function table(rows: readonly (readonly (string | undefined)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell = '') => (isHiding(cell) || cell.length > LONGEST ? oneLine(cell, LONGEST) : cell)),
  );
  const inner = cells.map((row) => row.slice(0, -1));
  const width = (column: number): number => Math.max(0, ...inner.map((row) => columns(row[column] ?? '')));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell + ' '.repeat(Math.max(0, width(column) - columns(cell))))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
