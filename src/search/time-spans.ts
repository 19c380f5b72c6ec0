import { joinSql, sql, Sql } from './sql-fragment';

/** The half-open range [from, to). */
interface Span {
  from: number;
  to: number;
}

/**
 * In one of the spans, of which there is one at least. Several are one range that an index can follow, and within it a
 * search by halves: an OR of a hundred ranges keeps SQLite's planner busy and is tried one by one on every row.
 */
export function withinSpans(column: string, spans: readonly Span[]): Sql {
  const merged = merge(spans);
  const found = byHalves(column, merged);
  if (merged.length === 1) return found;
  const from = Math.min(...merged.map((span) => span.from));
  const to = Math.max(...merged.map((span) => span.to));
  return sql(`(${column} >= ? AND ${column} < ? AND ${found.sql})`, from, to, ...found.params);
}

/** Spans that meet or overlap as one, in order. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function byHalves(column: string, spans: readonly Span[]): Sql {
  const half = spans.length >> 1;
  const middle = spans[half];
  if (half === 0 || !middle)
    return joinSql(
      spans.map((span) => within(column, span)),
      'OR',
    );
  const before = byHalves(column, spans.slice(0, half));
  const after = byHalves(column, spans.slice(half));
  const params = [middle.from, ...before.params, ...after.params];
  return sql(`CASE WHEN ${column} < ? THEN ${before.sql} ELSE ${after.sql} END`, ...params);
}

const within = (column: string, { from, to }: Span): Sql => sql(`(${column} >= ? AND ${column} < ?)`, from, to);
