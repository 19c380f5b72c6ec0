import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor';
import { AuditTrail } from '../../audit';
import { ComputeResourceStore, type ComputeResource } from '../../compute-resources';
import type { ServiceAccount } from '../../engine';
import { UserStore } from '../user.store';

/** Local administrators, whom no engine knows, act by a compute resource's own account where it says so. */
@Injectable()
export class ServiceAccounts {
  constructor(
    private readonly resources: ComputeResourceStore,
    private readonly users: UserStore,
    private readonly trail: AuditTrail,
  ) {}

  serves({ kind, admin, engineId, engineAccess }: Actor, { serviceAccountActs }: ComputeResource): boolean {
    return serviceAccountActs && kind === 'user' && admin && engineId === undefined && engineAccess === undefined;
  }

  /** Keeps who it was that the engine knows as its account. */
  note(actor: Actor | string, { name, username }: ComputeResource): Promise<void> {
    const entry = { actor, action: 'engine.service_account', subject: name, reason: `as ${username}` };
    return this.trail.record({ ...entry, outcome: 'ok' });
  }

  /** @returns null where it no longer serves this user */
  async accountFor(userId: number, resource: ComputeResource): Promise<ServiceAccount | null> {
    const actor = await this.users.actor(userId);
    return actor !== null && this.serves(actor, resource) ? this.resources.accountOf(resource) : null;
  }
}
