import { Injectable } from '@nestjs/common';
import { AccessKeys, type Author, type IdentityRef } from '../../auth';
import { AppError, invalid } from '../../common/app-error';
import { dialectRules } from '../../common/sql-dialect';
import type { Transaction } from '../../database';
import { Operations, type Begun, type RepeatableRequest } from '../../operations';
import type { Machine } from '../machines/machine';
import { MachineStore } from '../machines/machine.store';
import type { GuestData } from './guest-data';
import { LAUNCH, WITHOUT_START } from './launch.kind';
import type { LaunchPlan } from './launch-plans';

/** A launch that is to be kept. */
export interface LaunchRecord {
  actsAs: IdentityRef;
  computeResource: { id: number; name: string };
  plan: LaunchPlan;
  guest: GuestData;
  vmId: string;
  start: boolean;
}

export interface Launched extends Begun {
  machine: Machine;
}

/** Keeps launches: the operation and the machine together, within what an access key may have. */
@Injectable()
export class LaunchRecords {
  constructor(
    private readonly operations: Operations,
    private readonly machines: MachineStore,
    private readonly keys: AccessKeys,
  ) {}

  /** What the same request began before. @throws AppError conflict idempotency_mismatch */
  async former(actsAs: IdentityRef, request?: RepeatableRequest): Promise<Launched | null> {
    const operation = await this.operations.repeated(actsAs, request);
    return operation === null ? null : this.launchedBy({ operation, repeated: true });
  }

  /** @throws AppError forbidden key_quota; conflict idempotency_mismatch */
  async begin(by: Author, record: LaunchRecord, request?: RepeatableRequest): Promise<Launched> {
    const { actsAs, computeResource, plan, guest, vmId, start } = record;
    const { name } = plan.vm;
    const begun = await this.operations.begin(
      by,
      {
        kind: LAUNCH,
        title: `Launch ${name}`,
        input: { ...plan.vm, ...guest },
        actsAs,
        computeResource,
        memo: { vmId, name },
        steps: start ? undefined : WITHOUT_START,
      },
      {
        request,
        within: async (tx, { id }) => {
          await this.demandQuota(tx, actsAs.accessKeyId, plan);
          await this.machines.insert(tx, {
            computeResourceId: computeResource.id,
            vmId,
            name,
            owner: { id: actsAs.userId, login: by.actor.name },
            accessKeyId: actsAs.accessKeyId,
            image: plan.image,
            clusterId: plan.vm.clusterId,
            datacenterId: plan.dataCenterId,
            vcpus: plan.vcpus,
            memoryMib: plan.memoryMib,
            initialization: guest.initialization ?? null,
            launchId: id,
          });
        },
      },
    );
    return this.launchedBy(begun);
  }

  private async launchedBy(begun: Begun): Promise<Launched> {
    const machine = await this.machines.byLaunch(begun.operation.id);
    if (machine === null) throw invalid('Idempotency-Key', 'is that of a machine that is gone: take a new one');
    return { ...begun, machine };
  }

  /** One launch of a key after the other, on whatever instance. */
  private async demandQuota(tx: Transaction, accessKeyId: number | null, plan: LaunchPlan): Promise<void> {
    const key = accessKeyId === null ? null : await this.keys.get(accessKeyId);
    if (key === null || Object.values(key.quota).every((most) => most === null)) return;
    const { oneAtATime } = dialectRules(tx.dialect);
    if (oneAtATime !== null) await tx.query(oneAtATime, [`launches of access key ${key.id}`]);
    const used = await this.machines.usedBy(tx, key.id);
    const wanted = {
      instances: used.instances + 1,
      vcpus: used.vcpus + plan.vcpus,
      memoryMib: used.memoryMib + plan.memoryMib,
    };
    for (const [what, label] of WORDS) {
      const most = key.quota[what];
      if (most !== null && wanted[what] > most)
        throw new AppError(
          'forbidden',
          `Access key ${key.accessKeyId} may have ${most} ${label}, and this would make ${wanted[what]}`,
          {
            reason: 'key_quota',
          },
        );
    }
  }
}

const WORDS = [
  ['instances', 'machines'],
  ['vcpus', 'virtual CPUs'],
  ['memoryMib', 'MiB of memory'],
] as const;
