import { Injectable } from '@nestjs/common';
import { permissionsIn, type Actor } from '../../common/actor';
import { AppError } from '../../common/app-error';
import type { EngineRule, RegisteredEngine } from '../../compute-resources';
import { Database, placeholders, type OrNull, type RowOf, type SqlRunner } from '../../database';
import { mayManage, type Rights } from './delegation';
import { BUILTIN_ROLES, FIRST_ROLE } from '../roles';
import type { Role, User } from '../user.entity';
import { UserStore } from '../user.store';

/** Who decides which server speaks for an engine could sign in as any of its people, and act there as they may. */
@Injectable()
export class EngineDelegation {
  constructor(
    private readonly database: Database,
    private readonly users: UserStore,
  ) {}

  /** What the actor may do to engines: administrators everything, others what is about engines that have no people yet. */
  of(actor: Actor): EngineRule {
    return async (tx, engineId) => {
      if (actor.admin || (await rightsOfPeople(tx, [engineId])).length === 0) return;
      throw new AppError(
        'forbidden',
        'People have signed in through this engine, and who changes it could act there as any of them: an administrator may do that',
      );
    };
  }

  /**
   * Of engines whose people cannot be told apart, those that may be shown sessions of all: whose registrar could manage
   * the people of each, and who gets what a first login gives. One alone shares nothing.
   */
  async trusted(engines: RegisteredEngine[]): Promise<RegisteredEngine[]> {
    if (engines.length < 2) return engines;
    const people = await rightsOfPeople(
      this.database,
      engines.map(({ engineId }) => engineId),
    );
    const trusted: RegisteredEngine[] = [];
    for (const engine of engines) {
      const registrar = engine.registrarId === null ? null : await this.users.actor(engine.registrarId);
      if (registrar !== null && [...people, FIRST_RIGHTS].every((each) => mayManage(registrar, each)))
        trusted.push(engine);
    }
    return trusted;
  }
}

const FIRST_RIGHTS: Rights = { admin: false, roles: BUILTIN_ROLES.filter(({ name }) => name === FIRST_ROLE) };

async function rightsOfPeople(sql: SqlRunner, engineIds: number[]): Promise<Rights[]> {
  const rows = await sql.query<RowOf<User, 'admin'> & OrNull<RowOf<Role, 'permissions'>>>(
    `SELECT DISTINCT u.admin, r.permissions FROM users u
     LEFT JOIN user_roles ur ON ur.user_id = u.id LEFT JOIN roles r ON r.id = ur.role_id
     WHERE u.engine_id IN (${placeholders(engineIds.length)})`,
    engineIds,
  );
  return rows.map(({ admin, permissions }) => ({
    admin: Boolean(admin),
    roles: permissions === null ? [] : [{ permissions: permissionsIn(permissions) }],
  }));
}
