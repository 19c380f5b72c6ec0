import { Injectable } from '@nestjs/common';
import { permissionsIn, type Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import type { EngineRule } from '../compute-resources';
import { mayManage } from './delegation';

/** Who decides which server speaks for an engine could sign in as any of its people. */
@Injectable()
export class EngineDelegation {
  /** What the actor may do to engines: everything to those whose people have no more rights than the actor. */
  of(actor: Actor): EngineRule {
    return async (tx, engineId) => {
      const people = await tx.query<{ admin: unknown; permissions: string | null }>(
        `SELECT DISTINCT u.admin, r.permissions FROM users u
         LEFT JOIN user_roles ur ON ur.user_id = u.id LEFT JOIN roles r ON r.id = ur.role_id WHERE u.engine_id = ?`,
        [engineId],
      );
      const rights = people.map(({ admin, permissions }) => ({
        admin: Boolean(admin),
        roles: permissions === null ? [] : [{ permissions: permissionsIn(permissions) }],
      }));
      if (rights.every((each) => mayManage(actor, each))) return;
      throw new AppError(
        'forbidden',
        'People of this engine have rights that you do not have: an administrator may change it',
      );
    };
  }
}
