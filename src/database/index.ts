export { Database } from './database';
export { DatabaseModule } from './database.module';
export { InstantColumn } from './instant-column';
export { isFew, limit, pageOrder } from './page-order';
export { UnitOfWork, type Transaction } from './unit-of-work';
export type { SqlRunner } from './sql-runner';
export { storable } from '../common/storable';
export { placeholders, rowsFromJson, type Dialect, type SqlParams, type SqlValue } from './sql';
