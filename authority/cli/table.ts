/** Columns that line up, for a terminal. Widths count characters as they are drawn; the last column is not padded. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [headings, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]) => row.map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)))).join('  ').trimEnd();
  return `${cells.map(line).join('\n')}\n`;
}

/** One `name: value` a line. */
export const facts = (pairs: readonly (readonly [string, string | number | null])[]): string => {
  const widest = Math.max(...pairs.map(([name]) => width(name)));
  return `${pairs.map(([name, value]) => `${name}:${' '.repeat(widest - width(name))} ${value ?? '–'}`).join('\n')}\n`;
};

const width = (text: string): number => [...text.normalize('NFC')].length;

/** As an operator reads and compares it, whatever his time zone: 2026-03-09 15:20:00Z. */
export const time = (milliseconds: number | null): string | null => (milliseconds === null ? null : new Date(milliseconds).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z'));
