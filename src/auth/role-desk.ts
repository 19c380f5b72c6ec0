import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AuditTrail, changesOf, type AuditSource } from './audit-trail';
import { RoleAdministration } from './role-administration';
import { RoleStore, type RoleDetails, type RoleFields } from './role.store';

/** Changes of roles with their entry in the audit trail, for pages and API alike. */
@Injectable()
export class RoleDesk {
  constructor(
    readonly store: RoleStore,
    private readonly roles: RoleAdministration,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AppError as RoleAdministration.create */
  async create(actor: Actor, input: RoleFields, source: AuditSource): Promise<RoleDetails> {
    const role = await this.roles.create(actor, input);
    await this.trail.change(actor, 'role.create', role.name, source, role.permissions.join(', '));
    return role;
  }

  /** @throws AppError as RoleAdministration.update */
  async update(actor: Actor, id: string, input: Partial<RoleFields>, source: AuditSource): Promise<RoleDetails> {
    const before = await this.store.get(id);
    const role = await this.roles.update(actor, id, input);
    await this.trail.change(actor, 'role.update', role.name, source, roleChanges(before, role));
    return role;
  }

  /** @throws AppError as RoleAdministration.remove */
  async remove(actor: Actor, id: string, source: AuditSource): Promise<RoleDetails> {
    const role = await this.roles.remove(actor, id);
    await this.trail.change(actor, 'role.delete', role.name, source);
    return role;
  }
}

function roleChanges(before: RoleDetails, after: RoleDetails): string {
  const signed = (sign: string, { permissions }: RoleDetails, other: RoleDetails) =>
    permissions.filter((permission) => !other.permissions.includes(permission)).map((permission) => sign + permission);
  const permissions = [...signed('+', after, before), ...signed('-', before, after)].join(', ');
  return [changesOf(before, after, ['name'], ['description']), permissions].filter(Boolean).join('; ');
}
