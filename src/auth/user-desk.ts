import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AuditTrail, changesOf, type AuditSource } from './audit-trail';
import { UserAdministration, type UserInput } from './user-administration';
import { UserDirectory, type UserDetails } from './user-directory.read-model';

/** Changes of users with their entry in the audit trail, for pages and API alike. */
@Injectable()
export class UserDesk {
  constructor(
    readonly directory: UserDirectory,
    private readonly users: UserAdministration,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AppError as UserAdministration.create */
  async create(actor: Actor, input: UserInput, source: AuditSource): Promise<UserDetails> {
    const user = await this.users.create(actor, input);
    await this.trail.change(actor, 'user.create', nameOf(user), source, roleNames(user));
    return user;
  }

  /** @param from `keep` is the digest of the actor's own session. @throws AppError as UserAdministration.update */
  async update(
    actor: Actor,
    id: string,
    input: UserInput,
    { keep, ...source }: AuditSource & { keep?: string },
  ): Promise<UserDetails> {
    const before = await this.directory.get(id);
    const user = await this.users.update(actor, id, input, keep);
    const changes = [changesOf(shown(before), shown(user), SHOWN), input.password ? 'password' : ''];
    await this.trail.change(actor, 'user.update', nameOf(user), source, changes.filter(Boolean).join('; '));
    return user;
  }

  /** @throws AppError as UserAdministration.remove */
  async remove(actor: Actor, id: string, source: AuditSource): Promise<UserDetails> {
    const user = await this.users.remove(actor, id);
    await this.trail.change(actor, 'user.delete', nameOf(user), source);
    return user;
  }
}

const SHOWN = ['login', 'firstname', 'lastname', 'mail', 'admin', 'disabled', 'roles'] as const;

const roleNames = ({ roles }: UserDetails) => roles.map(({ name }) => name).join(', ');
const shown = (user: UserDetails) => ({ ...user, roles: roleNames(user) });
/** As the trail names who acts. */
const nameOf = ({ login, engineId, authSource }: UserDetails) =>
  engineId === null ? login : `${login} (${authSource})`;
