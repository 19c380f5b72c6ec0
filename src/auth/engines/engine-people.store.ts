import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor';
import { EngineMerges, type EnginePeople, type EngineRule } from '../../compute-resources';
import type { RowOf, Transaction } from '../../database';
import { PersonMerges, type DoubledPerson } from '../person-merges';
import type { User } from '../user.entity';
import { EngineDelegation } from './engine-delegation';

/** People of engines, for whoever decides about engines. */
@Injectable()
export class EnginePeopleStore implements EnginePeople {
  constructor(
    private readonly delegation: EngineDelegation,
    private readonly persons: PersonMerges,
    merges: EngineMerges,
  ) {
    merges.add({ tables: ['users', 'sessions'], merge: (tx, from, into) => this.merge(tx, from, into) });
  }

  ruleFor(actor: Actor): EngineRule {
    return this.delegation.of(actor);
  }

  async exist(tx: Transaction, engineId: number): Promise<boolean> {
    const found = await tx.query('SELECT id FROM users WHERE engine_id = ? LIMIT 1', [engineId]);
    return found.length > 0;
  }

  async localLoginWith(tx: Transaction, prefix: string): Promise<string | null> {
    const [local] = await tx.query<RowOf<User, 'login'>>(
      'SELECT login FROM users WHERE engine_id IS NULL AND substr(login, 1, ?) = ? LIMIT 1',
      [prefix.length, prefix.toLowerCase()],
    );
    return local?.login ?? null;
  }

  async endSessions(tx: Transaction): Promise<void> {
    await tx.execute(
      `DELETE FROM sessions WHERE engine_id IN (SELECT e.id FROM engines e
         WHERE NOT EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = e.id AND c.enabled = ?))`,
      [true],
    );
  }

  /**
   * Everything of the people of `from` becomes that of the same people of `into`, but for what they sign in with. Whom
   * either had disabled stays so.
   */
  private async merge(tx: Transaction, from: number, into: number): Promise<void> {
    await tx.execute('DELETE FROM sessions WHERE engine_id = ?', [from]);
    await tx.execute(
      'UPDATE personal_access_tokens SET revoked = ? WHERE user_id IN (SELECT id FROM users WHERE engine_id = ?)',
      [true, from],
    );
    await tx.execute('UPDATE access_keys SET revoked = ? WHERE user_id IN (SELECT id FROM users WHERE engine_id = ?)', [
      true,
      from,
    ]);
    const doubled = await tx.query<DoubledPerson>(
      `SELECT o.id AS gone, k.id AS kept FROM users o JOIN users k ON k.engine_user_id = o.engine_user_id
       WHERE o.engine_id = ? AND k.engine_id = ?`,
      [from, into],
    );
    await this.persons.merge(tx, doubled);
    await tx.execute('UPDATE users SET engine_id = ? WHERE engine_id = ?', [into, from]);
  }
}
