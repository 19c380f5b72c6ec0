import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AuditTrail, type AuditSource } from './audit-trail';
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
    await this.trail.change(actor, 'user.create', user.login, source);
    return user;
  }

  /** @param from `keep` is the digest of the actor's own session. @throws AppError as UserAdministration.update */
  async update(
    actor: Actor,
    id: string,
    input: UserInput,
    { keep, ...source }: AuditSource & { keep?: string },
  ): Promise<UserDetails> {
    const user = await this.users.update(actor, id, input, keep);
    await this.trail.change(actor, 'user.update', user.login, source);
    return user;
  }

  /** @throws AppError as UserAdministration.remove */
  async remove(actor: Actor, id: string, source: AuditSource): Promise<UserDetails> {
    const user = await this.users.remove(actor, id);
    await this.trail.change(actor, 'user.delete', user.login, source);
    return user;
  }
}
