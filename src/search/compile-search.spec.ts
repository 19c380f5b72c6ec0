import { AppError } from '../common/app-error';
import type { Dialect } from '../common/sql-types';
import { compileSearch } from './compile-search';
import { booleanField, defineFields, SearchField } from './field-definitions';
import { parseSearch } from './parse-search';
import { allOf, anyOf, compare, not } from './search-node';

const now = new Date('2026-03-01T12:00:00Z');
const at = (iso: string): number => Date.parse(`${iso}Z`);
const through = { column: 't.shelf_id', table: 'shelves', key: 'id' };

const fields = defineFields('t', {
  name: { type: 'string', sql: 't.name', required: true, freeText: true, normalise: (text) => text.toLowerCase() },
  note: { type: 'string', sql: 't.note', aliases: ['remark'] },
  code: { type: 'string', sql: 't.code', freeText: /[\da-f]/i },
  major: { type: 'string', sql: 't.major', digits: true },
  size: { type: 'integer', sql: 't.size', required: true },
  made_at: { type: 'datetime', sql: 't.made_at' },
  open: booleanField('t.open'),
  state: { type: 'set', sql: 't.state', values: { new: 't.state = 0', used: 't.state = 1', broken: 't.state = 2' } },
  fresh: {
    type: 'set',
    sql: 't.until',
    values: {
      true: (ms) => ({ sql: 't.until > ?', params: [ms] }),
      false: (ms) => ({ sql: 't.until <= ?', params: [ms] }),
    },
  },
  shelf: { type: 'string', sql: 'shelves.name', alternative: 'shelves.title', freeText: true, through },
  'shelf.row': { type: 'integer', sql: 'shelves.row', through },
  twin: {
    type: 'integer',
    sql: 'twins.age',
    through: {
      column: 't.id',
      table: 'pairs',
      key: 't_id',
      from: 'twins JOIN pairs ON pairs.id = twins.pair',
    },
    costly: true,
  },
  facts: {
    type: 'keyValue',
    owner: 't.id',
    table: 'fv',
    ownerKey: 't_id',
    nameKey: 'fn_id',
    names: 'fn',
    value: 'fv.value',
    valueKey: 'fv.value_key',
    valueKeyLength: 10,
    number: 'fv.number',
  },
});

const COSTLY = fields.limits.costly;

const compile = (text: string, dialect: Dialect = 'sqlite') =>
  compileSearch(parseSearch(text), fields, { dialect, now });

const isNumber = 'fv.number IS NOT NULL AND fv.number = ? AND fv.value_key = ?';

/** A fact's rows with the given conditions, as compiled. */
const facts = (...conditions: string[]): string => {
  const rows = conditions.map(
    (each) => `SELECT fv.t_id FROM fv WHERE fv.fn_id IN (SELECT fn.id FROM fn WHERE fn.name = ?) AND ${each}`,
  );
  return `t.id IN (${rows.join(' UNION ALL ')})`;
};

function refusal(run: () => unknown): { message: string; position?: { start: number; end: number } } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
    return { message: error.message, position: error.details.position };
  }
  throw new Error('nothing was refused');
}

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
    ['made_at > "2 days ago"', 't.made_at > ?', [now.getTime() - 2 * DAY]],
    ['made_at < "2 days ago"', 't.made_at < ?', [now.getTime() - 2 * DAY]],
    ['made_at >= "2 weeks ago"', 't.made_at >= ?', [now.getTime() - 14 * DAY]],
    ['made_at <= "2 days ago"', 't.made_at <= ?', [now.getTime() - 2 * DAY]],
    ['made_at = "2 days ago"', '(t.made_at >= ? AND t.made_at < ?)', [at('2026-02-27T00:00'), at('2026-02-28T00:00')]],
    ['made_at > "35 minutes ago"', 't.made_at > ?', [now.getTime() - 35 * 60_000]],
    ['made_at after "2 hours ago"', 't.made_at > ?', [now.getTime() - 2 * 3_600_000]],
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
    ['fresh = true', 't.until > ?', [now.getTime()]],
    ['fresh = false', 't.until <= ?', [now.getTime()]],
    ['fresh', 't.until > ?', [now.getTime()]],
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
    [
      'facts.os != a',
      facts('fv.number IS NULL AND fv.value_key <> ?', 'fv.number IS NOT NULL AND true'),
      ['os', 'a', 'os'],
    ],
    [
      'facts.n != 5',
      facts('fv.number IS NULL AND true', 'fv.number IS NOT NULL AND fv.value_key <> ?'),
      ['n', 'n', '5'],
    ],
    [
      'facts.os ~ ro',
      facts(
        `fv.number IS NULL AND length(fv.value_key) < 5 AND fv.value_key LIKE ? ${ESC}`,
        `fv.number IS NOT NULL AND fv.value_key LIKE ? ${ESC}`,
        `fv.number IS NULL AND length(fv.value_key) >= 5 AND fv.value LIKE ? ${ESC}`,
      ),
      ['os', '%ro%', 'os', '%ro%', 'os', '%ro%'],
    ],
    [
      'facts.x ^ (a, 5, b)',
      facts('fv.number IS NULL AND fv.value_key IN (?, ?)', isNumber),
      ['x', 'a', 'b', 'x', 5, '5'],
    ],
    [
      'facts.x !^ (a, 5, 05)',
      facts('fv.number IS NULL AND fv.value_key <> ?', 'fv.number IS NOT NULL AND fv.value_key NOT IN (?, ?)'),
      ['x', 'a', 'x', '5', '05'],
    ],
    ['facts.x = 01234567890', facts(`${isNumber} AND fv.value = ?`), ['x', 1234567890, '0123456789', '01234567890']],
    ['has facts.x', facts('fv.number IS NULL', 'fv.number IS NOT NULL'), ['x', 'x']],
    ['null? facts.x', `NOT ${facts('fv.number IS NULL', 'fv.number IS NOT NULL')}`, ['x', 'x']],
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

  it.each([
    ['nmae = a', 'nmae', "Field 'nmae' not recognized for searching; did you mean 'name' or 'note'?"],
    ['row = 1', 'row', "Field 'row' not recognized for searching; did you mean 'shelf.row'"],
    ['has hostgruppe', 'hostgruppe', "Field 'hostgruppe' not recognized for searching; the fields are name, note"],
    ['a and name.x = b', 'name.x', "Field 'name.x' not recognized for searching"],
    ['Name = a', 'Name', "did you mean 'name'"],
    ['constructor = a', 'constructor', "Field 'constructor' not recognized for searching"],
    ['__proto__ = a', '__proto__', "Field '__proto__' not recognized for searching"],
    ['facts = a', 'facts', "Field 'facts' needs a name after the dot: write facts.NAME"],
    ['facts. = a', 'facts.', 'write facts.NAME'],
    ['size ~ 5', 'size ~ 5', "the operator '~' is not supported for field type 'integer'; use one of = != < <= > >="],
    ['made_at !~ today', 'made_at !~ today', "the operator '!~' is not supported for field type 'datetime'"],
    ['open > true', 'open > true', "Operator '>' not supported for 'open'; use one of = !="],
    ['open = yes', 'yes', "'open' should be one of 'true, false', but the query was 'yes'"],
    ['state = old', 'old', "'state' should be one of 'new, used, broken', but the query was 'old'"],
    ['state = toString', 'toString', "'state' should be one of"],
    ['size > x', 'x', "Value 'x' is not valid for field 'size'; write a whole number"],
    ['size > 1.5', '1.5', 'write a whole number'],
    ['size > 1234567890123456', '1234567890123456', 'write a whole number'],
    ['size ^ (1, b)', 'b', "Value 'b' is not valid for field 'size'"],
    [
      'made_at > garbage',
      'garbage',
      "Value 'garbage' is not valid for field 'made_at'; write a date such as 2012-12-20",
    ],
    ['not made_at > garbage', 'garbage', "Value 'garbage' is not valid"],
    ['made_at > 3 days ago', '3', 'in double quotes where it has spaces'],
    ['made_at = "1 hours;exit"', '"1 hours;exit"', "Value '1 hours;exit' is not valid"],
    ['size = 1 or ""', '""', 'Nothing between the quotes'],
    ['twin = 1 '.repeat(COSTLY + 1), 'twin = 1', `at most ${COSTLY} patterns`],
    ['has twin '.repeat(COSTLY + 1), 'twin', `at most ${COSTLY} patterns`],
    ['name ~ a '.repeat(COSTLY + 1), 'name ~ a', `at most ${COSTLY} patterns, facts and virtual machines`],
    ['a '.repeat(COSTLY / 2 + 1), 'a', 'or half as many words'],
  ])('refuses %j, pointing at %j', (text, part, message) => {
    const refused = refusal(() => compile(text));
    expect(refused.message).toContain(message);
    expect(text.slice(refused.position?.start, refused.position?.end)).toBe(part);
  });

  it('a larger table takes fewer conditions', () => {
    const size: SearchField = { type: 'integer', sql: 't.size' };
    const large = defineFields('t', { size }, { terms: 2, costly: 0, costlyAre: 'patterns' });
    const compiled = (text: string) => compileSearch(parseSearch(text), large, { dialect: 'sqlite', now });
    expect(compiled('size = 1 or size ^ (2, 3)').params).toEqual([1, 2, 3]);
    expect(refusal(() => compiled('size = 1 or has size or size = 3'))).toEqual({
      message: 'A search of this list may have at most 2 conditions; use fewer',
      position: { start: 24, end: 32 },
    });
  });

  it('combines trees made by code as those read from texts, values untouched', () => {
    const made = allOf(
      parseSearch('size > 1 or open'),
      null,
      not(compare('note', '=', 'a" or "b')),
      anyOf(compare('size', '<', '9')),
    );
    expect(compileSearch(made, fields, { dialect: 'sqlite', now })).toEqual({
      sql: '((t.size > ? OR t.open = true) AND NOT COALESCE(t.note = ?, false) AND t.size < ?)',
      params: [1, 'a" or "b', 9],
    });
    expect([allOf(), allOf(null, null), anyOf(compare('size', '=', '1'), null)]).toEqual([null, null, null]);
  });

  it('refuses two fields of one name', () => {
    const field: SearchField = { type: 'string', sql: 't.a' };
    expect(() => defineFields('t', { a: field, b: { ...field, aliases: ['a'] } })).toThrow(
      'Two search fields are named a',
    );
  });

  it('names the fields where they are few', () => {
    const few = defineFields('t', {
      size: { type: 'integer', sql: 't.size' },
      note: { type: 'string', sql: 't.note' },
    });
    const refused = refusal(() => compileSearch(parseSearch('colour = 1'), few, { dialect: 'sqlite', now }));
    expect(refused.message).toBe("Field 'colour' not recognized for searching; the fields are size, note");
  });

  it('asks for a field where no field takes free text', () => {
    const few = defineFields('t', { size: { type: 'integer', sql: 't.size' } });
    const refused = refusal(() => compileSearch(parseSearch('"a b"'), few, { dialect: 'sqlite', now }));
    expect(refused.message).toBe('Name the field to search in, as in: size ~ "a b"');
  });
});
