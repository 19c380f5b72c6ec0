import { fields, NOW, refusal } from './search-fields.fixture';
import { compileSearch } from './compile-search';
import { defineFields, FieldDefinitions, SearchField } from './field-definitions';
import { parseSearch } from './parse-search';

const COSTLY = fields.limits.costly;

const compile = (text: string, of: FieldDefinitions = fields) =>
  compileSearch(parseSearch(text), of, { dialect: 'sqlite', now: NOW });

describe('compileSearch', () => {
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
    expect(compile('size = 1 or size ^ (2, 3)', large).params).toEqual([1, 2, 3]);
    expect(refusal(() => compile('size = 1 or has size or size = 3', large))).toEqual({
      message: 'A search of this list may have at most 2 conditions; use fewer',
      position: { start: 24, end: 32 },
    });
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
    const refused = refusal(() => compile('colour = 1', few));
    expect(refused.message).toBe("Field 'colour' not recognized for searching; the fields are size, note");
  });

  it('asks for a field where no field takes free text', () => {
    const few = defineFields('t', { size: { type: 'integer', sql: 't.size' } });
    const refused = refusal(() => compile('"a b"', few));
    expect(refused.message).toBe('Name the field to search in, as in: size ~ "a b"');
  });
});
