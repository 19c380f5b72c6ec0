import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EngineIdentities, type Author } from '../../auth';
import { AppError } from '../../common/app-error';
import { ComputeLists } from '../../compute-lists';
import type { RepeatableRequest } from '../../operations';
import { guestData } from './guest-data';
import { LaunchPlans } from './launch-plans';
import { LaunchRecords, type Launched } from './launch-records';
import type { LaunchFields } from './launch.schema';

/** Launches VMs: everything is checked against what the caller sees before anything is sent. */
@Injectable()
export class LaunchService {
  constructor(
    private readonly identities: EngineIdentities,
    private readonly lists: ComputeLists,
    private readonly plans: LaunchPlans,
    private readonly records: LaunchRecords,
  ) {}

  /**
   * @returns once the operation is kept, which then goes on by itself
   * @throws AppError invalid with the fields; forbidden; conflict where the template is locked or the name taken; not_found
   */
  async launch(by: Author, fields: LaunchFields, request?: RepeatableRequest): Promise<Launched> {
    const { actor } = by;
    const resource = await this.lists.resourceOf(fields.compute_resource_id);
    const ref = await this.identities.refOf(actor, resource.id, { write: true });
    const former = await this.records.former(ref, request);
    if (former !== null) return former;
    const as = await this.identities.resolve(ref);
    if (as === null)
      throw new AppError('forbidden', 'Your engine session has ended: sign in again', {
        reason: 'engine_identity_required',
      });
    const vmId = randomUUID();
    const plan = await this.plans.of(await this.lists.seenAs({ ref, as }, resource), as, fields);
    const dataCenterId = plan.dataCenterId ?? undefined;
    const actsAs = await this.identities.refOf(actor, resource.id, { write: true, dataCenterId });
    const guest = guestData(
      { hostName: fields.host_name, sshKeys: fields.ssh_keys, userData: fields.user_data },
      { os: plan.os, vmId },
    );
    const record = { actsAs, computeResource: resource, plan, guest, vmId, start: fields.start };
    return this.records.begin(by, record, request);
  }
}
