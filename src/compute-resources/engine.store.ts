import { Injectable } from '@nestjs/common';
import { AppError, invalid } from '../common/app-error';
import { Clock } from '../common/clock';
import { dialectRules } from '../common/sql-dialect';
import type { Transaction } from '../database';
import { ComputeResource, Engine } from './compute-resource.entity';
import { webOrigins } from './compute-resource.input';
import { EngineMerges } from './engine-merges';
import { EnginePeople } from './engine-people';

/** Where a compute resource's engine is, and which one it says it is; null while it has not told. */
export interface EngineAddress {
  origin: string;
  instanceId: string | null;
}

/** Groups compute resources by the engine behind them, so that each engine has one account per person. */
@Injectable()
export class EngineStore {
  constructor(
    private readonly clock: Clock,
    private readonly people: EnginePeople,
    private readonly merges: EngineMerges,
  ) {}

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
    await lock(tx, engineId); // nobody gets an account of it meanwhile
    if (!withUsers && (await this.people.exist(tx, engineId))) return;
    await tx.execute(
      `DELETE FROM engines WHERE id = ? AND NOT EXISTS (SELECT 1 FROM compute_resources c WHERE c.engine_id = engines.id)`,
      [engineId],
    );
  }

  /** @param field which the prefix came by @throws AppError invalid where it is none, or logins of local users begin so */
  async checkPrefix(tx: Transaction, field: string, prefix: string): Promise<void> {
    if (!/^[\w.-]{1,40}$/.test(prefix)) throw invalid(field, 'must be 1 to 40 letters, digits, or one of _ . -');
    const login = await this.people.localLoginWith(tx, prefix);
    if (login === null) return;
    const fault = `Logins of this engine's people begin with ${prefix}, and so does that of local user ${login}: rename that user first`;
    throw new AppError('invalid', fault, { fields: { [field]: [fault] } });
  }

  /** Engines of the compute resources that have this address now, those with an instance id first. */
  private async byOrigin(tx: Transaction, origin: string): Promise<Engine[]> {
    const resources = await tx.manager.find(ComputeResource, { relations: { engine: true }, order: { id: 'ASC' } });
    const here = resources.filter((resource) => webOrigins(resource).includes(origin)).map(({ engine }) => engine);
    const engines = new Map(here.flatMap((engine) => (engine === undefined ? [] : [[engine.id, engine] as const])));
    return [...engines.values()].sort((a, b) => Number(a.instanceId === null) - Number(b.instanceId === null));
  }

  private async create(tx: Transaction, origin: string, instanceId: string | null): Promise<number> {
    const { id } = await tx.manager.save(Engine, { origin, instanceId, createdAt: this.clock.now() });
    return id;
  }

  /** Two rows turned out to be one engine: everything of `from` becomes `into`'s. */
  private async merge(tx: Transaction, from: number, into: number): Promise<void> {
    for (const id of [from, into].sort((a, b) => a - b)) await lock(tx, id);
    await this.merges.merge(tx, from, into);
    await tx.execute('UPDATE compute_resources SET engine_id = ? WHERE engine_id = ?', [into, from]);
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

/** Until the work ends nothing new refers to the engine. */
async function lock(tx: Transaction, engineId: number): Promise<void> {
  await tx.query(`SELECT id FROM engines WHERE id = ? ${dialectRules(tx.dialect).lock('UPDATE')}`, [engineId]);
}
