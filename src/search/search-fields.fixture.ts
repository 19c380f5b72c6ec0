import { AppError } from '../common/app-error';
import { booleanField, defineFields } from './field-definitions';

/** What searches made for tests count from. */
export const NOW = new Date('2026-03-01T12:00:00Z');

const through = { column: 't.shelf_id', table: 'shelves', key: 'id' };

/** A field of every kind, of a table `t`. */
export const fields = defineFields('t', {
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

/** Message and position of the `search_syntax` error that `run` throws. */
export function refusal(run: () => unknown): { message: string; position?: { start: number; end: number } } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'search_syntax') throw error;
    return { message: error.message, position: error.details.position };
  }
  throw new Error('nothing was refused');
}
