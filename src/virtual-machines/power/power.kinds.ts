import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database';
import { OperationKinds, textIn, type Operation, type Step } from '../../operations';
import { MachineStore } from '../machines/machine.store';
import { removed } from '../launch/remove-vm';
import { PowerInput } from './power-input';
import { initialiseAgain, rebootIt, shutItDown, startIt, stopIt, suspendIt } from './power.steps';

/** What can be done to a machine, and how its state is called afterwards. */
const POWER = {
  start: 'up',
  shutdown: 'down',
  stop: 'down',
  reboot: 'up',
  suspend: 'suspended',
} as const;
export type PowerAction = keyof typeof POWER;

const removeIt: Step<PowerInput> = {
  name: 'remove_vm',
  title: 'Remove it',
  cancellable: false,
  run: async (context) => {
    const { vmId, name, keepDisks } = context.input;
    const found = await removed(context, vmId, { keepDisks });
    return found.is === 'done' ? { is: 'done', result: { type: 'vm', id: vmId, name } } : found;
  },
};

/** Registers the kinds of operations on machines. */
@Injectable()
export class PowerKinds {
  constructor(kinds: OperationKinds, machines: MachineStore) {
    const steps: Record<PowerAction, Step<PowerInput>[]> = {
      start: [initialiseAgain(machines), startIt],
      shutdown: [shutItDown],
      stop: [stopIt],
      reboot: [rebootIt],
      suspend: [suspendIt],
    };
    const becomes = (state: string) => (tx: Transaction, operation: Operation) => {
      const { memo, computeResource, state: end } = operation;
      if (end !== 'succeeded' || !computeResource?.id) return Promise.resolve();
      return machines.seen(tx, computeResource.id, new Map([[textIn(memo, 'vmId'), state]]));
    };
    for (const [action, own] of Object.entries(steps))
      kinds.add({ kind: `vm.${action}`, input: PowerInput, steps: own, ended: becomes(POWER[action as PowerAction]) });
    kinds.add({
      kind: 'vm.remove',
      input: PowerInput,
      steps: [removeIt],
      ended: async (tx, operation) => {
        const { memo, computeResource, state } = operation;
        if (state === 'succeeded' && computeResource?.id)
          await machines.seen(tx, computeResource.id, new Map([[textIn(memo, 'vmId'), null]]));
      },
    });
  }
}
