/** The table at the end, and the same as JSON. */

const round = (value) => {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
};

/** How many times the limit a value is; null where there is no limit or it is nothing. */
export const ratioOf = ({ value, limit }) => (limit === undefined || !(limit > 0) ? null : value / limit);

/**
 * @param {readonly { figure: string, what: string, value: number, unit: string, limit?: number, against?: string, runs: number }[]} rows
 *   `value` is a median over `runs`; `limit` is the same figure of `against`, measured in the same run.
 * @returns {string} lines of a table.
 */
export function table(rows) {
  const cells = [
    ['figure', 'what', 'median', 'unit', 'limit', 'ratio', 'runs', 'against'],
    ...rows.map((row) => {
      const ratio = ratioOf(row);
      return [
        row.figure,
        row.what,
        round(row.value),
        row.unit,
        row.limit === undefined ? '–' : round(row.limit),
        ratio === null ? '–' : `×${round(ratio)}`,
        String(row.runs),
        row.against ?? '–',
      ];
    }),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const right = new Set([2, 4, 5, 6]);
  return cells
    .map((line) =>
      line
        .map((cell, column) => (right.has(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
