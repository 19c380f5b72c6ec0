import type { SqlDialect } from '../common/sql-dialect';
import { fields, NOW } from './search-fields.fixture';
import { compileSearch } from './compile-search';
import { parseSearch } from './parse-search';
import { allOf, anyOf, compare, not } from './search-node';

const at = (iso: string): number => Date.parse(`${iso}Z`);

const compile = (text: string, dialect: SqlDialect = 'sqlite') =>
  compileSearch(parseSearch(text), fields, { dialect, now: NOW });

const isNumber = 'fv.number IS NOT NULL AND fv.number = ? AND fv.value_key = ?';

/** A fact's rows with the given conditions, as compiled. */
const facts = (...conditions: string[]): string => {
  const rows = conditions.map(
    (each) => `SELECT fv.t_id FROM fv WHERE fv.fn_id IN (SELECT fn.id FROM fn WHERE fn.name = ?) AND ${each}`,
  );
  return `t.id IN (${rows.join(' UNION ALL ')})`;
};

const ESC = `ESCAPE '\\'`;
const DAY = 86_400_000;

describe('compileSearch', () => {
  it.each<[string, string, unknown[]]>([
    ['', 'true', []],
    // text
    ['note = a', 't.note = ?', ['a']],
    ['remark = a', 't.note = ?', ['a']],
    ['note = A%_*', 't.note = ?', ['A%_*']],
    ['note = ""', 't.note = ?', ['']],
    ['note != a', 't.note <> ?', ['a']],
    ['name = Web1', 't.name = ?', ['web1']],
    ['name ~ Web1', `t.name LIKE ? ${ESC}`, ['%Web1%']],
    ['note ~ a', `t.note LIKE ? ${ESC}`, ['%a%']],
    ['note !~ a', `t.note NOT LIKE ? ${ESC}`, ['%a%']],
    ['note ~ a*', `t.note LIKE ? ${ESC}`, ['a%']],
    ['note ~ *a', `t.note LIKE ? ${ESC}`, ['%a']],
    ['note ~ a%b', `t.note LIKE ? ${ESC}`, ['a%b']],
    ['note ~ **a%%b*%', `t.note LIKE ? ${ESC}`, ['%a%b%']],
    ['note ~ a_b', `t.note LIKE ? ${ESC}`, ['%a\\_b%']],
    ['note ~ a\\b', `t.note LIKE ? ${ESC}`, ['%a\\\\b%']],
    ['note ~ "a b"', `t.note LIKE ? ${ESC}`, ['%a b%']],
    ['note ~ Käse', 't.note GLOB ?', ['*[Kk][äÄ][sS][eE]*']],
    ['note ~ "Ä?[*"', 't.note GLOB ?', ['[Ää][?][[]*']],
    ['note !~ ä', 't.note NOT GLOB ?', ['*[äÄ]*']],
    ['note ~ 東京', `t.note LIKE ? ${ESC}`, ['%東京%']],
    ['note > a', 't.note > ?', ['a']],
    ['note <= a', 't.note <= ?', ['a']],
    ['note ^ (a)', 't.note = ?', ['a']],
    ['note ^ (a, "b,c")', 't.note IN (?, ?)', ['a', 'b,c']],
    ['note !^ (a, b)', 't.note NOT IN (?, ?)', ['a', 'b']],
    ['name ^ (A, b)', 't.name IN (?, ?)', ['a', 'b']],
    ['major > 9', '(length(t.major) > ? OR (length(t.major) = ? AND t.major > ?))', [1, 1, '9']],
    ['major <= 010', '(length(t.major) < ? OR (length(t.major) = ? AND t.major <= ?))', [2, 2, '10']],
    ['major = 9', 't.major = ?', ['9']],
    ['major > x', 't.major > ?', ['x']],
    // has, null?
    ['has note', 't.note IS NOT NULL', []],
    ['set? note', 't.note IS NOT NULL', []],
    ['null? note', 't.note IS NULL', []],
    ['not has note', 't.note IS NULL', []],
    ['not null? note', 't.note IS NOT NULL', []],
    ['not not has note', 'NOT COALESCE(t.note IS NULL, false)', []],
    ['has open', 't.open IS NOT NULL', []],
    // numbers
    ['size = 5', 't.size = ?', [5]],
    ['size != 5', 't.size <> ?', [5]],
    ['size > 5', 't.size > ?', [5]],
    ['size < "-5"', 't.size < ?', [-5]],
    ['size >= +5', 't.size >= ?', [5]],
    ['size ^ (1,2)', 't.size IN (?, ?)', [1, 2]],
    ['size !^ (1,2)', 't.size NOT IN (?, ?)', [1, 2]],
    // dates
    ['made_at = 2012-12-20', '(t.made_at >= ? AND t.made_at < ?)', [at('2012-12-20T00:00'), at('2012-12-21T00:00')]],
    [
      'made_at != 2012-12-20',
      'NOT (t.made_at >= ? AND t.made_at < ?)',
      [at('2012-12-20T00:00'), at('2012-12-21T00:00')],
    ],
    ['made_at > 2012-12-20', 't.made_at >= ?', [at('2012-12-21T00:00')]],
    ['made_at >= 2012-12-20', 't.made_at >= ?', [at('2012-12-20T00:00')]],
    ['made_at < 2012-12-20', 't.made_at < ?', [at('2012-12-20T00:00')]],
    ['made_at <= 2012-12-20', 't.made_at < ?', [at('2012-12-21T00:00')]],
    ['made_at > "2012-12-20 14:30"', 't.made_at > ?', [at('2012-12-20T14:30')]],
    ['made_at <= "2012-12-20 14:30"', 't.made_at <= ?', [at('2012-12-20T14:30')]],
    ['made_at > "2 days ago"', 't.made_at > ?', [NOW.getTime() - 2 * DAY]],
    ['made_at < "2 days ago"', 't.made_at < ?', [NOW.getTime() - 2 * DAY]],
    ['made_at >= "2 weeks ago"', 't.made_at >= ?', [NOW.getTime() - 14 * DAY]],
    ['made_at <= "2 days ago"', 't.made_at <= ?', [NOW.getTime() - 2 * DAY]],
    ['made_at = "2 days ago"', '(t.made_at >= ? AND t.made_at < ?)', [at('2026-02-27T00:00'), at('2026-02-28T00:00')]],
    ['made_at > "35 minutes ago"', 't.made_at > ?', [NOW.getTime() - 35 * 60_000]],
    ['made_at after "2 hours ago"', 't.made_at > ?', [NOW.getTime() - 2 * 3_600_000]],
    ['made_at before today', 't.made_at < ?', [at('2026-03-01T00:00')]],
    ['made_at at today', '(t.made_at >= ? AND t.made_at < ?)', [at('2026-03-01T00:00'), at('2026-03-02T00:00')]],
    [
      'made_at ^ (2013-01, 2012-12-24, 2012-12)',
      '(t.made_at >= ? AND t.made_at < ?)',
      [at('2012-12-01T00:00'), at('2013-02-01T00:00')],
    ],
    [
      'made_at !^ (2013-01-03, 2013-01-01)',
      'NOT (t.made_at >= ? AND t.made_at < ? AND ' +
        'CASE WHEN t.made_at < ? THEN (t.made_at >= ? AND t.made_at < ?) ELSE (t.made_at >= ? AND t.made_at < ?) END)',
      ['01', '04', '03', '01', '02', '03', '04'].map((day) => at(`2013-01-${day}T00:00`)),
    ],
    // sets
    ['open = true', 't.open = true', []],
    ['open = FALSE', 't.open = false', []],
    ['open != true', 't.open = false', []],
    ['open', 't.open = true', []],
    ['not open', 'NOT COALESCE(t.open = true, false)', []],
    ['open ^ (true)', 't.open = true', []],
    ['state = used', 't.state = 1', []],
    ['state != used', '(t.state = 0 OR t.state = 2)', []],
    ['state ^ (new, used, new)', '(t.state = 0 OR t.state = 1)', []],
    ['state !^ (new, used)', 't.state = 2', []],
    ['state !^ (new, used, broken)', 'false', []],
    ['fresh = true', 't.until > ?', [NOW.getTime()]],
    ['fresh = false', 't.until <= ?', [NOW.getTime()]],
    ['fresh', 't.until > ?', [NOW.getTime()]],
    ['has fresh', 't.until IS NOT NULL', []],
    // relations
    ['shelf.row > 2', 't.shelf_id IN (SELECT shelves.id FROM shelves WHERE shelves.row > ?)', [2]],
    [
      'shelf = a',
      't.shelf_id IN (SELECT shelves.id FROM shelves WHERE (shelves.name = ? OR shelves.title = ?))',
      ['a', 'a'],
    ],
    [
      'shelf != a',
      't.shelf_id IN (SELECT shelves.id FROM shelves WHERE (shelves.name <> ? AND shelves.title <> ?))',
      ['a', 'a'],
    ],
    ['twin > 2', 't.id IN (SELECT pairs.t_id FROM twins JOIN pairs ON pairs.id = twins.pair WHERE twins.age > ?)', [2]],
    ['has shelf', 't.shelf_id IN (SELECT shelves.id FROM shelves WHERE shelves.name IS NOT NULL)', []],
    [
      'null? shelf',
      'NOT COALESCE(t.shelf_id IN (SELECT shelves.id FROM shelves WHERE shelves.name IS NOT NULL), false)',
      [],
    ],
    // and, or, not
    ['note = a and size = 1', '(t.note = ? AND t.size = ?)', ['a', 1]],
    ['note = a or size = 1 and open = true', '(t.note = ? OR (t.size = ? AND t.open = true))', ['a', 1]],
    ['not note = a', 'NOT COALESCE(t.note = ?, false)', ['a']],
    ['not (note = a or note = b)', 'NOT COALESCE((t.note = ? OR t.note = ?), false)', ['a', 'b']],
    // facts
    ['facts.os = Rocky', facts('fv.number IS NULL AND fv.value_key = ?'), ['os', 'Rocky']],
    ['facts.a.b::c = x', facts('fv.number IS NULL AND fv.value_key = ?'), ['a.b::c', 'x']],
    ['"facts.a b" = x', facts('fv.number IS NULL AND fv.value_key = ?'), ['a b', 'x']],
    [
      'facts.os = "0123456789ab"',
      facts('fv.number IS NULL AND fv.value_key = ? AND fv.value = ?'),
      ['os', '0123456789', '0123456789ab'],
    ],
    ['facts.cpus = 4', facts(isNumber), ['cpus', 4, '4']],
    ['facts.cpus = 1e3', facts(isNumber), ['cpus', 1000, '1e3']],
    ['facts.cpus > 4', facts('fv.number IS NULL AND fv.value_key > ?', 'fv.number > ?'), ['cpus', '4', 'cpus', 4]],
    [
      'facts.v < 7.2.1',
      facts('fv.number IS NULL AND fv.value_key < ?', 'fv.number IS NOT NULL AND fv.value_key < ?'),
      ['v', '7.2.1', 'v', '7.2.1'],
    ],
    ['facts.os != a', facts('fv.value_key <> ?'), ['os', 'a']],
    ['facts.n != 5', facts('fv.value_key <> ?'), ['n', '5']],
    [
      'facts.os ~ ro',
      facts(
        `length(fv.value_key) < 5 AND fv.value_key LIKE ? ${ESC}`,
        `length(fv.value_key) >= 5 AND substr(fv.value, 1, 16384) LIKE ? ${ESC}`,
      ),
      ['os', '%ro%', 'os', '%ro%'],
    ],
    [
      'facts.x ^ (a, 5, b)',
      facts('fv.number IS NULL AND fv.value_key IN (?, ?)', isNumber),
      ['x', 'a', 'b', 'x', 5, '5'],
    ],
    ['facts.x !^ (a, 5, 05)', facts('fv.value_key NOT IN (?, ?, ?)'), ['x', 'a', '5', '05']],
    ['facts.x = 01234567890', facts(`${isNumber} AND fv.value = ?`), ['x', 1234567890, '0123456789', '01234567890']],
    ['has facts.x', facts('true'), ['x']],
    ['null? facts.x', `NOT ${facts('true')}`, ['x']],
    ['facts.a = 1 or facts.b = 2', `(${facts(isNumber)} OR ${facts(isNumber)})`, ['a', 1, '1', 'b', 2, '2']],
    ['not facts.a = 1', `NOT COALESCE(${facts(isNumber)}, false)`, ['a', 1, '1']],
    // free text
    [
      'web',
      `t.id IN (SELECT t.id FROM t WHERE t.name LIKE ? ${ESC} UNION ALL SELECT t.id FROM t WHERE ` +
        `t.shelf_id IN (SELECT shelves.id FROM shelves WHERE (shelves.name LIKE ? ${ESC} OR shelves.title LIKE ? ${ESC})))`,
      ['%web%', '%web%', '%web%'],
    ],
    [
      '= af',
      't.id IN (SELECT t.id FROM t WHERE (t.name = ? OR t.code = ?) UNION ALL ' +
        'SELECT t.id FROM t WHERE t.shelf_id IN (SELECT shelves.id FROM shelves WHERE (shelves.name = ? OR shelves.title = ?)))',
      ['af', 'af', 'af', 'af'],
    ],
  ])('compiles %j for SQLite', (text, sql, params) => {
    expect(compile(text)).toEqual({ sql, params });
  });

  it.each<[string, string, unknown[]]>([
    ['note = a', 't.note = ?', ['a']],
    ['note ~ a_b*', 't.note ILIKE ?', ['a\\_b%']],
    ['note !~ a', 't.note NOT ILIKE ?', ['%a%']],
    ['note ~ Ä.b', 't.note ~ ?', ['^.*[Ää]\\.[bB].*$']],
    ['note !~ ä', 't.note !~ ?', ['^.*[äÄ].*$']],
    ['note < a', 't.note < ?', ['a']],
    ['size > 99999999999', 't.size > CAST(? AS bigint)', [99999999999]],
    ['open = true', 't.open = true', []],
    ['facts.cpus > 4', facts('fv.number IS NULL AND fv.value_key > ?', 'fv.number > ?'), ['cpus', '4', 'cpus', 4]],
  ])('compiles %j for PostgreSQL', (text, sql, params) => {
    expect(compile(text, 'postgres')).toEqual({ sql, params });
  });

  it('combines trees made by code as those read from texts, values untouched', () => {
    const made = allOf(
      parseSearch('size > 1 or open'),
      null,
      not(compare('note', '=', 'a" or "b')),
      anyOf(compare('size', '<', '9')),
    );
    expect(compileSearch(made, fields, { dialect: 'sqlite', now: NOW })).toEqual({
      sql: '((t.size > ? OR t.open = true) AND NOT COALESCE(t.note = ?, false) AND t.size < ?)',
      params: [1, 'a" or "b', 9],
    });
    expect([allOf(), allOf(null, null), anyOf(compare('size', '=', '1'), null)]).toEqual([null, null, null]);
  });
});
