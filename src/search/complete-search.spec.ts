import { completeSearch, ValueQuestion } from './complete-search';
import { booleanField, defineFields } from './field-definitions';

const fields = defineFields('things', {
  name: { type: 'string', sql: 'things.name', valueSource: 'names', freeText: true },
  note: { type: 'string', sql: 'things.note', aliases: ['remark'] },
  size: { type: 'integer', sql: 'things.size' },
  made_at: { type: 'datetime', sql: 'things.made_at' },
  open: booleanField('things.open'),
  'state.broken': { type: 'integer', sql: 'things.broken', aliases: ['k.broken'] },
  shelf: {
    type: 'string',
    sql: 'shelves.name',
    through: { column: 'things.shelf_id', table: 'shelves', key: 'id' },
    valueSource: 'shelves',
    freeText: true,
  },
  facts: {
    type: 'keyValue',
    owner: 'things.id',
    table: 'facts',
    ownerKey: 'thing_id',
    nameKey: 'name_id',
    names: 'fact_names',
    value: 'facts.value',
    valueKey: 'facts.value_key',
    valueKeyLength: 200,
    number: 'facts.number',
    nameSource: 'fact names',
    valueSource: 'facts',
  },
});

const texts: Record<string, string[]> = {
  names: ['web1', 'web 2', 'and'],
  'fact names': ['os::name', 'os name'],
  facts: ['Rocky', 'Debian'],
  shelves: ['upper', 'lower left'],
};
const known = ({ source, part }: ValueQuestion) => texts[source]?.filter((text) => text.includes(part)) ?? [];
const complete = (text: string, valuesOf = known) =>
  completeSearch(text, fields, (question) => Promise.resolve(valuesOf(question)));

async function labels(text: string): Promise<string[]> {
  return (await complete(text)).map((each) => ('error' in each ? `error: ${each.error}` : each.label));
}

const NAMES = ['name', 'note', 'size', 'made_at', 'open', 'state.broken', 'shelf', 'facts.'];
const TEXT_OPERATORS = ['=', '!=', '~', '!~', '<', '<=', '>', '>=', '^', '!^'];
const JOINS = ['and', 'or', 'not', 'has'];
const after = (before: string, ...ways: string[]): string[] => ways.map((way) => before + way);

// scoped_search: spec/integration/auto_complete_spec.rb, in our own words
describe('completeSearch', () => {
  it.each<[string, string[]]>([
    ['', [...NAMES, 'not', 'has']],
    [' ', after(' ', ...NAMES, 'not', 'has')],
    ['n', ['name', 'note', 'not']],
    ['NA', ['name']],
    ['rem', ['remark']],
    ['zzz', []],
    ['bro', ['state.broken']],
    ['p', []],
    ['low', ['shelf = "lower left"']],
    ['open and up', ['open and shelf = upper']],
    ['h', ['has']],
    ['name ', after('name ', ...TEXT_OPERATORS, ...JOINS)],
    ['size ', after('size ', '=', '!=', '<', '<=', '>', '>=', '^', '!^', ...JOINS)],
    ['open ', after('open ', '=', '!=', '^', '!^', ...JOINS)],
    ['facts.os::name ', after('facts.os::name ', ...TEXT_OPERATORS, ...JOINS)],
    ['name !', after('name ', '!=', '!~', '!^')],
    ['unknown ', after('unknown ', ...JOINS)],
    ['name =', after('name =', 'web1', '"web 2"', '"and"')],
    ['name = ', after('name = ', 'web1', '"web 2"', '"and"')],
    ['name=w', after('name=', 'web1', '"web 2"')],
    ['name = web1', ['name = web1']],
    ['name = "web ', ['name = "web 2"']],
    ['name = "web 2"', after('name = "web 2" ', ...JOINS)],
    ['note = ', []],
    ['size > ', []],
    ['~ we', []],
    ['open = ', after('open = ', 'true', 'false')],
    ['open = F', ['open = false']],
    ['made_at > to', ['made_at > today']],
    ['made_at > "3', ['made_at > "30 minutes ago"', 'made_at > "3 days ago"']],
    ['name ^ (', after('name ^ (', 'web1', '"web 2"', '"and"')],
    ['name ^ (web1, ', after('name ^ (web1, ', 'web1', '"web 2"', '"and"')],
    ['name ^ (web1', ['name ^ (web1']],
    ['name ^ (web1 ', []],
    ['name ^ (web1) ', after('name ^ (web1) ', ...JOINS)],
    ['name ~ we ', after('name ~ we ', ...JOINS)],
    ['name ~ we a', ['name ~ we and']],
    ['name ~ we o', ['name ~ we or', 'name ~ we open']],
    ['name = a and ', after('name = a and ', ...NAMES, 'not', 'has')],
    ['name = a or not ', after('name = a or not ', ...NAMES, 'not', 'has')],
    ['(na', ['(name']],
    ['(a)', after('(a) ', ...JOINS)],
    ['a, si', ['a, size']],
    ['has na', ['has name']],
    ['null? no', ['null? note']],
    ['set? o', ['set? open']],
    ['has name ', after('has name ', ...JOINS)],
    ['has facts.', after('has ', 'facts.os::name', '"facts.os name"')],
    ['facts.os:', ['facts.os::name']],
    ['facts.os::name = ', after('facts.os::name = ', 'Rocky', 'Debian')],
    ['name = and ', []],
    ['has and ', []],
    ['a\0', ['error: The search contains a control character; remove it']],
    ['nmae = ', ["error: Field 'nmae' not recognized for searching; did you mean 'name' or 'note'?"]],
    ['facts. = ', ["error: Field 'facts.' needs a name after the dot: write facts.NAME"]],
  ])('goes on from %j', async (text, expected) => {
    expect(await labels(text)).toEqual(expected);
  });

  it('splits a suggestion at the last and/or, and tells operators apart', async () => {
    expect(await complete('size > 1 and name=web1 an')).toEqual([
      { completed: 'size > 1 and name=web1 ', part: 'and', label: 'size > 1 and name=web1 and', category: 'Operators' },
    ]);
    expect(await complete('size > 1 and si')).toEqual([
      { completed: 'size > 1 ', part: 'and size', label: 'size > 1 and size', category: '' },
    ]);
  });

  it('asks for values of the key and the part typed so far, and shows at most 20', async () => {
    const asked: ValueQuestion[] = [];
    const many = await complete('facts.os::name = Ro', (question) => {
      asked.push(question);
      return Array.from({ length: 30 }, (_, i) => `Ro${i}`);
    });
    expect(asked).toEqual([{ source: 'facts', key: 'os::name', part: 'Ro', limit: 20 }]);
    expect(many).toHaveLength(20);
  });

  it('passes on what goes wrong in looking up values', async () => {
    const failing = () => Promise.reject(new Error('database is gone'));
    await expect(completeSearch('name = ', fields, failing)).rejects.toThrow('database is gone');
  });
});
