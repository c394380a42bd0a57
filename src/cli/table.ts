/** Rows as lines, each column as wide as it must be; the last cell of a row needs no width. */
export function table(rows: readonly (readonly (string | undefined)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell ?? ''));
  const inner = cells.map((row) => row.slice(0, -1));
  const width = (column: number): number => Math.max(0, ...inner.map((row) => row[column]?.length ?? 0));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(width(column)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
