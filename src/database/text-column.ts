import { Column, type ColumnOptions } from 'typeorm';

/** Text that is searched or sorted: by its code points on both databases, whatever the locale of PostgreSQL's. */
export function TextColumn(options: Pick<ColumnOptions, 'nullable' | 'primary'> = {}): PropertyDecorator {
  return Column({ type: 'text', ...options, collation: 'C' });
}
