import { z } from 'zod';
import { apiPageOf } from '../../foreman-kit';
import { OperationAnswer } from '../../operations';
import { unownedBecause, type Machine } from './machine';

export const MachineAnswer = z.object({
  id: z.int(),
  vm_name: z.string(),
  state: z.string().describe("The engine's word, or launching, removed"),
  state_at: z.iso.datetime(),
  compute_resource: z.object({ id: z.int(), name: z.string() }),
  vm_id: z.string().describe("The engine's id"),
  owner: z.object({ id: z.int().nullable(), login: z.string() }),
  image: z.string().describe('Name of the template'),
  addresses: z.array(z.string()),
  operation_id: z.string().describe('Of the newest operation on it'),
  unowned: z.enum(['launch_failed', 'owner_gone', 'key_gone']).nullable().describe('Why nobody owns it any more'),
  webadmin_url: z.string(),
  created_at: z.iso.datetime(),
});
export const MachineListAnswer = apiPageOf(z.array(MachineAnswer));
export const BegunAnswer = z.object({
  operation: OperationAnswer,
  virtual_machine: z.object({ id: z.int(), vm_name: z.string(), state: z.string() }),
});

const timeOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

/** A machine as our API shows it. @param webadminUrl its place in webadmin */
export function machineJson(machine: Machine, webadminUrl: string): z.input<typeof MachineAnswer> {
  return {
    id: machine.id,
    vm_name: machine.name,
    state: machine.state,
    state_at: timeOf(machine.stateAt),
    compute_resource: machine.computeResource,
    vm_id: machine.vmId,
    owner: machine.owner,
    image: machine.image,
    addresses: machine.addresses,
    operation_id: machine.operationId,
    unowned: unownedBecause(machine),
    webadmin_url: webadminUrl,
    created_at: timeOf(machine.createdAt),
  };
}
