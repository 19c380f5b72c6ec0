import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database';
import {
  OperationKinds,
  textIn,
  type LeftBehind,
  type Memo,
  type Operation,
  type OperationKind,
} from '../../operations';
import { MachineStore } from '../machines/machine.store';
import { awaitAddresses } from './addresses.step';
import { createVm, vmIdOf } from './create-vm.step';
import { LaunchInput } from './launch-request';
import { mayExist } from './sent-once';
import { startVm } from './start-vm.step';

export const LAUNCH = 'vm.launch';
/** Of a VM that is only to be made. */
export const WITHOUT_START = ['create_vm'];

/** Makes a VM, starts it and waits for its addresses. */
@Injectable()
export class LaunchKind implements OperationKind<LaunchInput> {
  readonly kind = LAUNCH;
  readonly input = LaunchInput;
  readonly steps = [createVm, startVm(vmIdOf), awaitAddresses];

  constructor(
    private readonly machines: MachineStore,
    kinds: OperationKinds,
  ) {
    kinds.add(this);
  }

  leftBehind(memo: Memo): LeftBehind[] {
    if (memo.created !== true && !mayExist(memo)) return [];
    return [{ type: 'vm', id: textIn(memo, 'vmId'), name: textIn(memo, 'name') }];
  }

  async ended(tx: Transaction, operation: Operation): Promise<void> {
    await this.machines.launched(tx, operation.id, endOf(operation));
  }
}

function endOf({ state, memo, leftBehind, steps }: Operation) {
  const addresses = Array.isArray(memo.addresses) ? memo.addresses : [];
  const vmId = textIn(memo, 'vmId');
  const isStarted = steps.some(({ name }) => name === 'start_vm');
  if (state === 'succeeded') return { vmId, state: isStarted ? 'up' : 'down', failed: false, addresses };
  const isThere = leftBehind.length > 0;
  return { vmId, state: isThere ? 'unknown' : 'removed', failed: isThere, addresses };
}
