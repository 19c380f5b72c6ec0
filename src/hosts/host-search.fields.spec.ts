import fc from 'fast-check';
import { AppError } from '../common/app-error';
import { compileOrder, compileSearch, parseSearch } from '../search';
import { hostFields } from './host-search.fields';

const now = new Date('2026-03-01T12:00:00Z');
const compile = (text: string, dialect: 'sqlite' | 'postgres' = 'sqlite') =>
  compileSearch(parseSearch(text), hostFields, { dialect, now });

describe('host search fields', () => {
  // PostgreSQL reads an integer parameter as the column's type, hence its casts
  const zeros = (count: number): number[] => Array<number>(count).fill(0);
  it.each([
    [
      'changed without error',
      'status.recent = true and status.enabled = true and (status.applied > 0 or status.restarted > 0) and status.failed = 0 and status.failed_restarts = 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND (hosts.applied > ? OR hosts.restarted > ?) AND hosts.failed = ? AND hosts.failed_restarts = ?)',
      [now.getTime(), ...zeros(4)],
    ],
    [
      'error',
      'status.recent = true and status.enabled = true and (status.failed > 0 or status.failed_restarts > 0)',
      '(hosts.stale_at > ? AND hosts.enabled = true AND (hosts.failed > ? OR hosts.failed_restarts > ?))',
      [now.getTime(), ...zeros(2)],
    ],
    [
      'good reports',
      'status.recent = true and status.enabled = true and status.applied = 0 and status.restarted = 0 and status.failed = 0 and status.failed_restarts = 0 and status.pending = 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND hosts.applied = ? AND hosts.restarted = ? AND hosts.failed = ? AND hosts.failed_restarts = ? AND hosts.pending = ?)',
      [now.getTime(), ...zeros(5)],
    ],
    [
      'pending',
      'status.recent = true and status.enabled = true and status.pending > 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND hosts.pending > ?)',
      [now.getTime(), 0],
    ],
    [
      'out of sync',
      'status.out_of_sync = true and status.enabled = true',
      '(hosts.stale_at <= ? AND hosts.enabled = true)',
      [now.getTime()],
    ],
    [
      'no reports',
      'not has last_report and status.enabled = true',
      '((hosts.last_report_at IS NULL AND hosts.stale_at IS NULL) AND hosts.enabled = true)',
      [],
    ],
    ['alerts disabled', 'status.enabled = false', 'hosts.enabled = false', []],
  ])('compile the dashboard search "%s" to conditions that an index can follow', (_, text, sql, params) => {
    expect(compile(text)).toEqual({ sql, params });
    expect(compile(text, 'postgres').sql.replaceAll('CAST(? AS bigint)', '?')).toBe(sql);
  });

  it('compile the webadmin plugin’s search by uuid or name in any case', () => {
    expect(compile('uuid=58AD9D2D-013A-00AA-018F-00000000022E or name=Web1')).toEqual({
      sql: '(hosts.uuid = ? OR hosts.name = ?)',
      params: ['58ad9d2d-013a-00aa-018f-00000000022e', 'web1'],
    });
  });

  it('compile every field with every operator it has, and order by it', () => {
    const unsortable = ['facts', 'global_status', 'build', 'build_status', 'managed'];
    const columns = hostFields.names.filter((name) => !unsortable.includes(name));
    expect(columns.map((name) => compileOrder(`${name} desc`, hostFields))).not.toContain(null);
    expect(sqlOfEveryField().length).toBeGreaterThan(300);
  });

  it('keep whatever a person types out of the SQL, and refuse only with search_syntax', () => {
    const words = new Set(sqlOfEveryField().flatMap(wordsOf));
    const pieces = fc.oneof(
      fc.constantFrom(
        ...hostFields.names,
        'facts.a',
        'facts.a b',
        'hosts.name',
        'hosts',
        '1',
        'true',
        'today',
        '"2 days ago"',
      ),
      fc.constantFrom('=', '!=', '~', '!~', '<', '>', '^', 'and', 'or', 'not', 'has', 'null?', '(', ')', ','),
      fc.constantFrom(
        "';--",
        "' OR 1=1",
        '"; DROP TABLE hosts',
        '\\',
        '?',
        '$1',
        'UNION SELECT',
        '/*',
        '*',
        '%',
        '_',
        'ä',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    const texts = fc.array(pieces, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '));
    const values = fc.tuple(
      fc.constantFrom(...hostFields.names, 'facts.x'),
      fc.constantFrom('=', '~', '!=', '>'),
      fc.string(),
    );
    const conditions = values.map(([name, operator, value]) => `${name} ${operator} ${JSON.stringify(value)}`);
    let compiled = 0;
    fc.assert(
      fc.property(
        fc.oneof(texts, conditions),
        fc.constantFrom('sqlite' as const, 'postgres' as const),
        (text, dialect) => {
          const sql = compiledOrRefused(text, dialect);
          if (!sql) return;
          compiled++;
          expect(wordsOf(sql.sql).filter((word) => !words.has(word))).toEqual([]);
          expect(sql.sql.split('?')).toHaveLength(sql.params.length + 1);
        },
      ),
      { numRuns: 1000 },
    );
    expect(compiled).toBeGreaterThan(100);
  });
});

function compiledOrRefused(text: string, dialect: 'sqlite' | 'postgres') {
  try {
    return compile(text, dialect);
  } catch (error) {
    if (error instanceof AppError && error.code === 'search_syntax') return null;
    throw error;
  }
}

const wordsOf = (sql: string): string[] => sql.split(/[\s(),]+/);

/** Every field with every operator and value that fits it, words in all lengths and letters included. */
function sqlOfEveryField(): string[] {
  const operators = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', '^', '!^'];
  const values = ['1', 'true', 'false', 'today', '"1 day ago"', 'x', 'ä', `"${'y'.repeat(300)}"`, '(a, b)', '(1, 2)'];
  const names = [...hostFields.names, 'facts.a'];
  const texts = [
    ...names.flatMap((name) => operators.flatMap((operator) => values.map((value) => `${name} ${operator} ${value}`))),
    ...names.flatMap((name) => [`has ${name}`, `null? ${name}`, `not (has ${name} or ${name}) and ${name}`]),
    ...operators.flatMap((operator) => values.map((value) => `${operator} ${value}`)),
    ...['*', 'abc', 'zzz', 'not zzz', 'os = a '.repeat(10), 'last_report ^ (2012-01-01, 2013-01-01)'],
  ];
  return texts.flatMap((text) =>
    (['sqlite', 'postgres'] as const).flatMap((dialect) => compiledOrRefused(text, dialect)?.sql ?? []),
  );
}
