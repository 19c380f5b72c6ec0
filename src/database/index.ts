import { SharedWorkRow } from './shared-work.entity';

export { Database } from './database';
export { DatabaseModule } from './database.module';
export { removeInBatches, removeUnusedInBatches, removeUnusedRows, type RemoveUnused } from './in-batches';
export { InstantColumn } from './instant-column';
export { Memo } from './memo';
export { FEW, limit, pageOrder } from './page-order';
export { SharedWorks } from './shared-works';
export { Signals } from './signals';
export { TextColumn } from './text-column';
export { UnitOfWork, type Transaction } from './unit-of-work';
export type { Reader } from './reader';
export type { ColumnOf, NotNull, OrNull, RowOf } from './row-of';
export type { SqlRunner } from './sql-runner';
export { storable } from '../common/storable';
export { placeholders, rowsFromJson, type SqlParams } from './sql';
export type { SqlDialect, SqlValue } from '../common/sql-dialect';

export const DATABASE_ENTITIES = [SharedWorkRow];
