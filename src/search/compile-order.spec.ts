import { compileOrder } from './compile-order';
import { defineFields } from './field-definitions';

const through = { column: 't.shelf_id', table: 'shelves', key: 'id' };
const pairs = { column: 't.id', table: 'pairs', key: 't_id', from: 'twins JOIN pairs ON pairs.id = twins.pair' };

const fields = defineFields('t', {
  name: { type: 'string', sql: 't.name', required: true },
  note: { type: 'string', sql: 't.note', aliases: ['remark'] },
  major: { type: 'string', sql: 't.major', digits: true },
  fresh: { type: 'set', sql: 't.until', values: { true: 't.until > 0', false: 't.until <= 0' } },
  shelf: { type: 'string', sql: 'shelves.name', alternative: 'shelves.title', through },
  twin: { type: 'integer', sql: 'twins.age', through: pairs },
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

function refusalOf(text: string): unknown {
  try {
    return compileOrder(text, fields);
  } catch (error) {
    return error;
  }
}

describe('compileOrder', () => {
  it.each([
    ['', null],
    ['name', 't.name ASC'],
    [' name  ASC ', 't.name ASC'],
    ['name desc', 't.name DESC'],
    ['remark Desc', 't.note DESC NULLS LAST'],
    ['note', 't.note ASC NULLS FIRST'],
    ['shelf', '(SELECT shelves.name FROM shelves WHERE shelves.id = t.shelf_id) ASC NULLS FIRST'],
    ['fresh desc', 't.until DESC NULLS LAST'],
    ['major', 'length(t.major) ASC NULLS FIRST, t.major ASC NULLS FIRST'],
    [
      'twin desc',
      '(SELECT twins.age FROM twins JOIN pairs ON pairs.id = twins.pair WHERE pairs.t_id = t.id) DESC NULLS LAST',
    ],
  ])('compiles %j', (text, sql) => {
    expect(compileOrder(text, fields)).toBe(sql);
  });

  it.each([
    ['nmae', "the field 'nmae' in the order statement is not valid field for search; did you mean 'name' or 'note'?"],
    ['facts.os', "the field 'facts.os' in the order statement is not valid field for search; the fields are name, "],
    ['facts', "cannot be sorted by 'facts'"],
    ['name descending', "write 'name asc' or 'name desc'"],
    ['name desc, note', "write 'name asc' or 'name desc'"],
    ['name;drop', "the field 'name;drop' in the order statement is not valid"],
  ])('refuses %j', (text, message) => {
    expect(refusalOf(text)).toMatchObject({
      code: 'search_syntax',
      message: expect.stringContaining(message) as string,
    });
  });
});
