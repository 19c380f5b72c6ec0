export { Database } from './database';
export { DatabaseModule } from './database.module';
export { removeInBatches } from './in-batches';
export { InstantColumn } from './instant-column';
export { isFew, limit, pageOrder } from './page-order';
export { UnitOfWork, type Transaction } from './unit-of-work';
export type { SqlRunner } from './sql-runner';
export { placeholders, rowsFromJson, storable, type Dialect, type SqlParams, type SqlValue } from './sql';
