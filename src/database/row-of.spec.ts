import type { ColumnOf, RowOf } from './row-of';
import { SnakeNaming } from './snake-naming';

class Sample {
  id!: number;
  lastSeenAt!: Date | null;
  isV4Only!: boolean;
  kind!: 'a' | 'b';
  extraNames!: string[];
  other?: Sample | null;
}

describe('RowOf', () => {
  it('names columns as the naming strategy does', () => {
    const columns: Record<ColumnOf<Sample>, true> = {
      id: true,
      last_seen_at: true,
      is_v4_only: true,
      kind: true,
      extra_names: true,
    };
    const properties = ['id', 'lastSeenAt', 'isV4Only', 'kind', 'extraNames'] satisfies (keyof Sample)[];
    const naming = new SnakeNaming();
    expect(properties.map((name) => naming.columnName(name, undefined))).toEqual(Object.keys(columns));
  });

  it('lets nobody take a column for what it is not', () => {
    const row: RowOf<Sample> = { id: 1, last_seen_at: 0, is_v4_only: 1, kind: 'a', extra_names: '[]' };
    // @ts-expect-error an instant arrives as a number
    const instant: Date | null = row.last_seen_at;
    // @ts-expect-error a boolean arrives as 0 or 1 from SQLite
    const flag: boolean = row.is_v4_only;
    // @ts-expect-error JSON arrives as its text
    const names: string[] = row.extra_names;
    // @ts-expect-error what is related is no column
    const column: ColumnOf<Sample> = 'other';
    expect([instant, flag, names, column]).toEqual([0, 1, '[]', 'other']);
  });
});
