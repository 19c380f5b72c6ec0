import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import { UnitOfWork, storable } from '../database';
import { mayGrant } from './delegation';
import { RoleStore, type RoleDetails, type RoleFields } from './role.store';
import { UserStore } from './user.store';

/** Makes, changes and removes roles of one's own; built-in ones stay as they are. */
@Injectable()
export class RoleAdministration {
  constructor(
    private readonly roles: RoleStore,
    private readonly users: UserStore,
    private readonly work: UnitOfWork,
  ) {}

  /** @throws AppError invalid, forbidden */
  async create(actor: Actor, input: RoleFields): Promise<RoleDetails> {
    const fields = await this.checked(actor, input, null);
    return this.roles.get(await this.work.run((tx) => this.roles.create(tx, fields)));
  }

  /** @throws AppError not_found, invalid, forbidden, conflict */
  async update(actor: Actor, id: string | number, input: Partial<RoleFields>): Promise<RoleDetails> {
    const before = await this.changeable(actor, id);
    const { name = before.name, description = before.description, permissions = before.permissions } = input;
    const fields = await this.checked(actor, { name, description, permissions }, before.id);
    await this.work.run((tx) => this.roles.update(tx, before.id, fields));
    this.users.forgetAll();
    return this.roles.get(before.id);
  }

  /** Takes it from everyone who has it. @throws AppError not_found, forbidden, conflict */
  async remove(actor: Actor, id: string | number): Promise<RoleDetails> {
    const role = await this.changeable(actor, id);
    await this.work.run((tx) => this.roles.remove(tx, role.id));
    this.users.forgetAll();
    return role;
  }

  private async changeable(actor: Actor, id: string | number): Promise<RoleDetails> {
    const role = await this.roles.get(id);
    if (role.builtin) throw new AppError('conflict', `Role ${role.name} is built in and cannot be changed`);
    if (!mayGrant(actor, role.permissions))
      throw new AppError('forbidden', `Role ${role.name} has permissions that you do not have`);
    return role;
  }

  private async checked(actor: Actor, { name, description, permissions }: RoleFields, id: number | null) {
    const fields = { name: storable(name.trim()), description: storable(description.trim()), permissions };
    if (fields.name === '') throw invalid('name', "can't be blank");
    const taken = await this.roles.idOf(fields.name);
    if (taken !== null && taken !== id) throw invalid('name', 'has already been taken');
    if (!mayGrant(actor, permissions)) throw invalid('permissions', 'include some that you do not have');
    return fields;
  }
}
