import { statSync } from 'node:fs';
import { DatabaseUnavailable } from './database-fault';

/** The SQLite file that was opened, told apart from what stands at its path later. */
export class SqliteFile {
  private readonly opened: readonly (string | null)[];
  private readonly paths: readonly string[];

  /** @param path of the open database, whose `-wal` file is there too */
  constructor(path: string) {
    this.paths = [path, `${path}-wal`];
    this.opened = this.paths.map(identityOf);
  }

  /**
   * Some microseconds.
   * @throws DatabaseUnavailable when the file was removed or replaced: what is written then is lost at the next start
   */
  check(): void {
    if (this.paths.every((path, index) => identityOf(path) === this.opened[index])) return;
    throw new DatabaseUnavailable(
      'database_replaced',
      'The database file was removed or replaced while the service runs: put it back, or restart the service',
    );
  }
}

function identityOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`;
}
