import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import { PersonMerges, type DoubledPerson } from '../auth';
import { dialectRules } from '../common/sql-dialect';
import { Database, UnitOfWork, rowsFromJson, type RowOf, type Transaction } from '../database';
import type { Bookmark } from './bookmark.entity';

/** A saved search as its reader sees it. */
export interface SavedSearch {
  id: number;
  name: string;
  query: string;
  public: boolean;
  /** May be removed by the reader. */
  mine: boolean;
}

/** More than anybody reads in a menu: so many are shown, and each person may save so many. */
const MOST = 100;

@Injectable()
export class BookmarkStore {
  constructor(
    private readonly database: Database,
    private readonly work: UnitOfWork,
    persons: PersonMerges,
  ) {
    persons.add({ tables: ['bookmarks'], merge });
  }

  /** The reader's own by name, then the public ones; as many as fit. */
  async visibleTo(actor: Actor): Promise<SavedSearch[]> {
    const rows = await this.database.query<RowOf<Bookmark>>(
      `SELECT id, name, query, public, owner_id FROM bookmarks WHERE owner_id = ? OR public = ?
       ORDER BY CASE WHEN owner_id = ? THEN 0 ELSE 1 END, lower(name), id LIMIT ?`,
      [actor.userId ?? 0, true, actor.userId ?? 0, MOST],
    );
    return rows.map(({ owner_id: owner, ...row }) => ({
      ...row,
      public: Boolean(row.public),
      mine: owner === actor.userId || actor.admin,
    }));
  }

  /** Saves a search under a name; the owner's of that name is replaced. @throws AppError invalid beyond 100 of one owner */
  async save(
    ownerId: number,
    { name, query, public: isPublic }: Pick<SavedSearch, 'name' | 'query' | 'public'>,
  ): Promise<void> {
    await this.work.run(async (tx) => {
      await tx.query(`SELECT id FROM users WHERE id = ? ${dialectRules(tx.dialect).lock('UPDATE')}`, [ownerId]);
      const others = await tx.query('SELECT id FROM bookmarks WHERE owner_id = ? AND name <> ? LIMIT ?', [
        ownerId,
        name,
        MOST,
      ]);
      if (others.length >= MOST)
        throw invalid('name', `is one too many: you have ${MOST} saved searches, remove one of them first`);
      await tx.execute(
        `INSERT INTO bookmarks (owner_id, name, query, public) VALUES (?, ?, ?, ?)
         ON CONFLICT (owner_id, name) DO UPDATE SET query = excluded.query, public = excluded.public`,
        [ownerId, name, query, isPublic],
      );
    });
  }

  /** @throws AppError not_found unless it is the actor's own, or the actor an administrator */
  async remove(actor: Actor, id: number): Promise<void> {
    const removed = await this.work.run((tx) =>
      actor.admin
        ? tx.execute('DELETE FROM bookmarks WHERE id = ?', [id])
        : tx.execute('DELETE FROM bookmarks WHERE id = ? AND owner_id = ?', [id, actor.userId ?? 0]),
    );
    if (removed === 0) throw new AppError('not_found', `None of your saved searches has the id ${id}`);
  }
}

/** The searches of an account that goes become those of the one that stays, but for names that it has itself. */
async function merge(tx: Transaction, doubled: readonly DoubledPerson[]): Promise<void> {
  const pairs = `(${rowsFromJson(tx.dialect, ['integer', 'integer'])}) AS p`;
  const given = JSON.stringify(doubled.map(({ gone, kept }) => [gone, kept]));
  await tx.execute(
    `UPDATE bookmarks SET owner_id = (SELECT p.c1 FROM ${pairs} WHERE p.c0 = bookmarks.owner_id)
     WHERE owner_id IN (SELECT p.c0 FROM ${pairs}) AND NOT EXISTS (
       SELECT 1 FROM ${pairs} JOIN bookmarks b ON b.owner_id = p.c1
       WHERE p.c0 = bookmarks.owner_id AND b.name = bookmarks.name)`,
    [given, given, given],
  );
}
