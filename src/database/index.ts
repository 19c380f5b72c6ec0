export { Database } from './database';
export { DatabaseModule } from './database.module';
export { InstantColumn } from './instant-column';
export { isFew, limit, pageOrder } from './page-order';
export { TextColumn } from './text-column';
export { UnitOfWork, type Transaction } from './unit-of-work';
export type { SqlRunner } from './sql-runner';
export { placeholders, rowsFromJson, storable, type SqlParams } from './sql';
export type { Dialect, SqlValue } from '../common/sql-types';
