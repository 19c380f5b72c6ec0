import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { allValid } from '../common/all-valid';
import { AppError, invalid } from '../common/app-error';
import { checkLength } from '../common/check-length';
import { UnitOfWork, storable, type Transaction } from '../database';
import { AuditTrail, changesOf } from '../audit';
import { type Author, mayGrant } from '../auth';
import { RoleStore, type RoleDetails, type RoleFields } from './role.store';

const MAX_NAME = 100;
const MAX_DESCRIPTION = 1_000;

/**
 * Makes, changes and removes roles of one's own, each with its entry in the audit trail; built-in ones stay as they
 * are.
 */
@Injectable()
export class RoleAdministration {
  constructor(
    private readonly roles: RoleStore,
    private readonly trail: AuditTrail,
    private readonly work: UnitOfWork,
  ) {}

  /** @throws AppError invalid, forbidden */
  create(by: Author, input: RoleFields): Promise<RoleDetails> {
    return this.work.run(async (tx) => {
      const id = await this.roles.create(tx, await this.checked(tx, by.actor, input, null));
      const role = await this.roles.get(id, tx);
      await this.trail.change(by, 'role.create', role.name, role.permissions.join(', '), tx);
      return role;
    });
  }

  /** @throws AppError not_found, invalid, forbidden, conflict */
  update(by: Author, key: string | number, input: Partial<RoleFields>): Promise<RoleDetails> {
    return this.work.run(async (tx) => {
      const before = await this.changeable(tx, by.actor, key);
      const { name = before.name, description = before.description, permissions = before.permissions } = input;
      const fields = await this.checked(tx, by.actor, { name, description, permissions }, before.id);
      await this.roles.update(tx, before.id, fields);
      const role = await this.roles.get(before.id, tx);
      await this.trail.change(by, 'role.update', role.name, roleChanges(before, role), tx);
      return role;
    });
  }

  /** Takes it from everyone who has it. @throws AppError not_found, forbidden, conflict */
  remove(by: Author, key: string | number): Promise<RoleDetails> {
    return this.work.run(async (tx) => {
      const role = await this.changeable(tx, by.actor, key);
      await this.roles.remove(tx, role.id);
      await this.trail.change(by, 'role.delete', role.name, '', tx);
      return role;
    });
  }

  private async changeable(tx: Transaction, actor: Actor, key: string | number): Promise<RoleDetails> {
    const role = await this.roles.get(key, tx);
    if (role.builtin) throw new AppError('conflict', `Role ${role.name} is built in and cannot be changed`);
    if (!mayGrant(actor, role.permissions))
      throw new AppError('forbidden', `Role ${role.name} has permissions that you do not have`);
    return role;
  }

  private async checked(
    tx: Transaction,
    actor: Actor,
    { name, description, permissions }: RoleFields,
    id: number | null,
  ): Promise<RoleFields> {
    const fields = { name: storable(name.trim()), description: storable(description.trim()), permissions };
    const taken = await this.roles.idOf(fields.name, tx);
    allValid({
      name: () => {
        if (fields.name === '') throw invalid('name', "can't be blank");
        checkLength('name', fields.name, MAX_NAME);
        if (taken !== null && taken !== id) throw invalid('name', 'has already been taken');
      },
      description: () => checkLength('description', fields.description, MAX_DESCRIPTION),
      permissions: () => {
        if (!mayGrant(actor, permissions)) throw invalid('permissions', 'include some that you do not have');
      },
    });
    return fields;
  }
}

function roleChanges(before: RoleDetails, after: RoleDetails): string {
  const signed = (sign: string, { permissions }: RoleDetails, other: RoleDetails) =>
    permissions.filter((permission) => !other.permissions.includes(permission)).map((permission) => sign + permission);
  const permissions = [...signed('+', after, before), ...signed('-', before, after)].join(', ');
  return [changesOf(before, after, ['name'], ['description']), permissions].filter(Boolean).join('; ');
}
