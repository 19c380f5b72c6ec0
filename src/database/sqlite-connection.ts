import type { Database as Connection } from 'better-sqlite3';

const CACHE_KIB = 16_384;
/** 32 MB: pages that many uploads change are copied once for all of them, and nobody waits for 50 ms meanwhile. */
const WAL_PAGES = 8_000;

/** For each connection, whatever process it is in. */
export function prepareConnection(connection: Pick<Connection, 'pragma'>): void {
  connection.pragma('synchronous = FULL'); // an acknowledged upload survives power loss
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  connection.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  connection.pragma('case_sensitive_like = OFF');
}
