import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Author } from '../../auth';
import { EngineIdentities } from '../../auth';
import { AppError, invalid } from '../../common/app-error';
import { ComputeLists } from '../../compute-lists';
import { Operations, type Begun, type RepeatableRequest } from '../../operations';
import { MachineStore } from '../machines/machine.store';
import type { Machine } from '../machines/machine';
import { guestData } from './guest-data';
import { LAUNCH, WITHOUT_START } from './launch.kind';
import { LaunchPlans } from './launch-plans';
import type { LaunchFields } from './launch.schema';

export interface Launched extends Begun {
  machine: Machine;
}

/** Launches VMs: everything is checked against what the caller sees before anything is sent. */
@Injectable()
export class LaunchService {
  constructor(
    private readonly identities: EngineIdentities,
    private readonly lists: ComputeLists,
    private readonly plans: LaunchPlans,
    private readonly operations: Operations,
    private readonly machines: MachineStore,
  ) {}

  /**
   * @returns once the operation is kept, which then goes on by itself
   * @throws AppError invalid with the fields; forbidden; conflict where the template is locked or the name taken; not_found
   */
  async launch(by: Author, fields: LaunchFields, request?: RepeatableRequest): Promise<Launched> {
    const { actor } = by;
    const resource = await this.lists.resourceOf(fields.compute_resource_id);
    const ref = await this.identities.refOf(actor, resource.id, { write: true });
    const former = await this.operations.repeated(ref, request);
    if (former !== null) return this.launchedBy({ operation: former, repeated: true });
    const as = await this.identities.resolve(ref);
    if (as === null)
      throw new AppError('forbidden', 'Your engine session has ended: sign in again', {
        reason: 'engine_identity_required',
      });
    const vmId = randomUUID();
    const plan = await this.plans.of(await this.lists.seenAs(as, resource), as, fields);
    const guest = guestData(
      { hostName: fields.host_name, sshKeys: fields.ssh_keys, userData: fields.user_data },
      { os: plan.os, vmId },
    );
    const begun = await this.operations.begin(
      by,
      {
        kind: LAUNCH,
        title: `Launch ${fields.vm_name}`,
        input: { ...plan.vm, ...guest },
        actsAs: ref,
        computeResource: resource,
        memo: { vmId, name: fields.vm_name },
        steps: fields.start ? undefined : WITHOUT_START,
      },
      {
        request,
        within: (tx, { id }) =>
          this.machines.insert(tx, {
            computeResourceId: resource.id,
            vmId,
            name: fields.vm_name,
            owner: { id: ref.userId, login: actor.name },
            accessKeyId: ref.accessKeyId,
            image: plan.image,
            clusterId: plan.vm.clusterId,
            initialization: guest.initialization ?? null,
            launchId: id,
          }),
      },
    );
    return this.launchedBy(begun);
  }

  private async launchedBy(begun: Begun): Promise<Launched> {
    const machine = await this.machines.byLaunch(begun.operation.id);
    if (machine === null) throw invalid('Idempotency-Key', 'is that of a machine that is gone: take a new one');
    return { ...begun, machine };
  }
}
