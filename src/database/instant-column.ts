import { Column, type ColumnOptions } from 'typeorm';

/** An instant: `Date` in TypeScript, bigint epoch milliseconds (UTC) in both databases (docs/adr/0001). */
export function InstantColumn(options: Pick<ColumnOptions, 'nullable'> = {}): PropertyDecorator {
  return Column('bigint', {
    ...options,
    transformer: {
      to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
      from: (value: unknown) => (value === null || value === undefined ? null : new Date(Number(value))),
    },
  });
}
