import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import type { Transaction } from '../database';
import { ComputeResource, Engine } from './compute-resource.entity';
import { originsOf } from './compute-resource.input';

/** Where a compute resource's engine is, and which one it says it is; null while it has not told. */
export interface EngineAddress {
  origin: string;
  instanceId: string | null;
}

/** Accounts of the engine that goes (`o`) whose person has one at the engine that stays (`k`). */
const DOUBLED = `users o JOIN users k ON k.engine_id = ? AND k.engine_user_id = o.engine_user_id WHERE o.engine_id = ?`;

/** Groups compute resources by the engine behind them, so that each engine has one account per person. */
@Injectable()
export class EngineStore {
  constructor(private readonly clock: Clock) {}

  /**
   * The engine at an address: known by its instance id, else by a compute resource that has the address now. One that
   * was known by its address alone becomes the one that its instance id names.
   * @returns row id in `engines`
   */
  async at(tx: Transaction, { origin, instanceId }: EngineAddress): Promise<number> {
    const here = await this.byOrigin(tx, origin);
    if (instanceId === null) return here[0]?.id ?? (await this.create(tx, origin, null));
    const named = await tx.manager.findOneBy(Engine, { instanceId });
    const nameless = here.find((engine) => engine.instanceId === null);
    if (nameless === undefined) return named?.id ?? (await this.create(tx, origin, instanceId));
    if (named !== null) {
      await this.merge(tx, nameless.id, named.id);
      return named.id;
    }
    await tx.manager.update(Engine, nameless.id, { instanceId });
    return nameless.id;
  }

  /** Gives all compute resources of an engine the auth source settings of its eldest one. */
  async align(tx: Transaction, engineId: number): Promise<void> {
    const [eldest, ...others] = await tx.manager.find(ComputeResource, { where: { engineId }, order: { id: 'ASC' } });
    if (eldest === undefined || others.length === 0) return;
    const { enabled, ontheflyRegister, loginPrefix, acceptReadableUser } = eldest;
    await tx.manager.update(
      ComputeResource,
      { engineId },
      { enabled, ontheflyRegister, loginPrefix, acceptReadableUser },
    );
  }

  /** Removes an engine that no compute resource is left of; `withUsers` its accounts, too, else only when it has none. */
  async removeUnused(tx: Transaction, engineId: number, { withUsers }: { withUsers: boolean }): Promise<void> {
    const noUsers = withUsers ? '' : ' AND NOT EXISTS (SELECT 1 FROM users u WHERE u.engine_id = engines.id)';
    await tx.execute(
      `DELETE FROM engines WHERE id = ? AND NOT EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = engines.id)${noUsers}`,
      [engineId],
    );
  }

  /** Ends the sessions of engines that sign nobody in any more. */
  async endSessions(tx: Transaction): Promise<void> {
    await tx.execute(
      `DELETE FROM sessions WHERE engine_id IN (SELECT e.id FROM engines e
         WHERE NOT EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = e.id AND c.enabled = ?))`,
      [true],
    );
  }

  /** Local users and an engine's people are told apart by the prefix: the login of a local user that begins so, if any. */
  async localLoginWith(tx: Transaction, prefix: string): Promise<string | null> {
    const [local] = await tx.query<{ login: string }>(
      'SELECT login FROM users WHERE engine_id IS NULL AND substr(login, 1, ?) = ? LIMIT 1',
      [prefix.length, prefix.toLowerCase()],
    );
    return local?.login ?? null;
  }

  /** Whether anybody of the engine has more rights than a first login gives. */
  async hasPrivileged(tx: Transaction, engineId: number): Promise<boolean> {
    const [found] = await tx.query(
      `SELECT u.id FROM users u LEFT JOIN user_roles ur ON ur.user_id = u.id LEFT JOIN roles r ON r.id = ur.role_id
       WHERE u.engine_id = ? AND (u.admin = ? OR r.name <> 'Ovirt') LIMIT 1`,
      [engineId, true],
    );
    return found !== undefined;
  }

  /** Engines of the compute resources that have this address now, those with an instance id first. */
  private async byOrigin(tx: Transaction, origin: string): Promise<Engine[]> {
    const resources = await tx.manager.find(ComputeResource, { relations: { engine: true }, order: { id: 'ASC' } });
    const here = resources.filter((resource) => originsOf(resource).includes(origin)).map(({ engine }) => engine);
    const engines = new Map(here.flatMap((engine) => (engine === undefined ? [] : [[engine.id, engine] as const])));
    return [...engines.values()].sort((a, b) => Number(a.instanceId === null) - Number(b.instanceId === null));
  }

  private async create(tx: Transaction, origin: string, instanceId: string | null): Promise<number> {
    const { id } = await tx.manager.save(Engine, { origin, instanceId, createdAt: this.clock.now() });
    return id;
  }

  /**
   * Two rows turned out to be one engine: everything of `from` becomes `into`'s, but for what its people sign in with.
   * Whom either had disabled stays so.
   */
  private async merge(tx: Transaction, from: number, into: number): Promise<void> {
    const pair = [into, from];
    await tx.execute(`UPDATE users SET disabled = ? WHERE id IN (SELECT k.id FROM ${DOUBLED} AND o.disabled = ?)`, [
      true,
      ...pair,
      true,
    ]);
    await tx.execute('DELETE FROM sessions WHERE engine_id = ?', [from]);
    await tx.execute(
      'UPDATE personal_access_tokens SET revoked = ? WHERE user_id IN (SELECT id FROM users WHERE engine_id = ?)',
      [true, from],
    );
    await tx.execute(
      `UPDATE bookmarks SET owner_id = (SELECT k.id FROM ${DOUBLED} AND o.id = bookmarks.owner_id)
       WHERE owner_id IN (SELECT o.id FROM ${DOUBLED}) AND NOT EXISTS (
         SELECT 1 FROM bookmarks b, ${DOUBLED} AND o.id = bookmarks.owner_id AND b.owner_id = k.id AND b.name = bookmarks.name)`,
      [...pair, ...pair, ...pair],
    );
    await tx.execute(`DELETE FROM users WHERE id IN (SELECT o.id FROM ${DOUBLED})`, pair);
    for (const table of ['users', 'compute_resources'])
      await tx.execute(`UPDATE ${table} SET engine_id = ? WHERE engine_id = ?`, pair);
    await tx.execute('DELETE FROM engines WHERE id = ?', [from]);
    await this.alignStrictly(tx, into);
  }

  /** What any of an engine's compute resources refused stays refused when they turn out to be one engine's. */
  private async alignStrictly(tx: Transaction, engineId: number): Promise<void> {
    const all = await tx.manager.find(ComputeResource, { where: { engineId }, order: { id: 'ASC' } });
    await tx.manager.update(
      ComputeResource,
      { engineId },
      {
        enabled: all.every(({ enabled }) => enabled),
        ontheflyRegister: all.every(({ ontheflyRegister }) => ontheflyRegister),
        acceptReadableUser: all.every(({ acceptReadableUser }) => acceptReadableUser),
        loginPrefix: all[0]?.loginPrefix,
      },
    );
  }
}
