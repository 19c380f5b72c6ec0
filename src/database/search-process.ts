import Sqlite from 'better-sqlite3';
import { PreparedSql } from './prepared-sql';
import type { SqlParams } from './sql';
import { prepareConnection } from './sqlite-connection';

/** What the service asks: one question at a time. */
export interface SearchQuestion {
  sql: string;
  params: SqlParams;
}
export type SearchAnswer = { rows: unknown[] } | { fault: { code?: string; message: string } };

/**
 * A process of its own that reads for searches, `SearchProcesses` starts it with the SQLite file as its argument. It ends
 * with the service, not with a signal that the whole group gets: what was accepted before a stop is still searched for.
 */
function main([file = '']: string[]): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  prepareConnection(connection);
  const sql = new PreparedSql(connection);
  process.on('message', (question: SearchQuestion) => {
    void sql.query(question.sql, question.params).then(
      (rows) => answer({ rows }),
      ({ code, message }: NodeJS.ErrnoException) => answer({ fault: { code, message } }),
    );
  });
}

function answer(answer: SearchAnswer): void {
  process.send?.(answer);
}

main(process.argv.slice(2));
