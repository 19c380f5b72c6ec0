import type { Database as Connection } from 'better-sqlite3';

const CACHE_KIB = 16_384;
/** 16 MB: pages that many uploads change are copied once for all of them, and nobody waits long meanwhile. */
const WAL_PAGES = 4_000;

/** For each connection, whatever process it is in. */
export function prepareConnection(connection: Pick<Connection, 'pragma'>): void {
  connection.pragma('synchronous = FULL'); // an acknowledged upload survives power loss
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  connection.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  connection.pragma('case_sensitive_like = OFF');
}
