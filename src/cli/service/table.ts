/** Heading → text of a cell. */
export type Row = Record<string, string>;

/** Rows for a terminal, each column as wide as its longest cell. What others named does nothing to the terminal. */
export function tableOf(rows: Row[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const headings = Object.keys(first);
  const lines = [
    headings.map((heading) => heading.toUpperCase()),
    ...rows.map((row) => headings.map((of) => plain(row[of]))),
  ];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const padded = (line: string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return lines.map((line) => `${padded(line)}\n`).join('');
}

/** What others said, in one line that does nothing to a terminal. */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?');

const plain = (text = '') => plainText(text) || '-';
