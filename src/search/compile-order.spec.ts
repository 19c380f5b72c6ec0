import { fields, refusal } from './search-fields.fixture';
import { compileOrder } from './compile-order';

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
    expect(refusal(() => compileOrder(text, fields)).message).toContain(message);
  });
});
