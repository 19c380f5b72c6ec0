import { Injectable } from '@nestjs/common';
import { EngineIdentities, type Author } from '../../auth';
import { AppError, invalid } from '../../common/app-error';
import { EngineRegistry, heard } from '../../compute-resources';
import { BLANK_TEMPLATE_ID, type EngineVm } from '../../engine';
import { Operations, textIn, type RepeatableRequest } from '../../operations';
import type { Machine } from '../machines/machine';
import { MachineAccess } from '../machines/machine-access';
import type { Launched } from '../launch/launch-records';
import { MachineStore } from '../machines/machine.store';
import type { PowerAction } from './power.kinds';

/** What a machine is asked to do. */
export type Action =
  | { verb: PowerAction }
  | { verb: 'remove'; keepDisks: boolean }
  | { verb: 'capture'; template: { name: string; description: string } };

interface Rule {
  title: string;
  /** States in which the engine takes it; others are refused at once, in its words. */
  from?: readonly string[];
}

const RULES: Record<Action['verb'], Rule> = {
  start: { title: 'Start', from: ['down', 'suspended', 'paused'] },
  shutdown: { title: 'Shut down', from: ['up', 'powering_up', 'down', 'powering_down', 'reboot_in_progress'] },
  stop: { title: 'Stop' },
  reboot: { title: 'Reboot', from: ['up', 'powering_up'] },
  suspend: { title: 'Suspend', from: ['up'] },
  remove: { title: 'Remove' },
  capture: { title: 'Capture', from: ['down'] },
};

/** Whether that can be asked of a machine in such a state. */
export function takes(verb: Action['verb'], state: string): boolean {
  if (state === 'removed' || state === 'launching') return false;
  return RULES[verb].from?.includes(state) ?? true;
}

/** Begins what is done to machines, after a look at how they are. */
@Injectable()
export class MachineActions {
  constructor(
    private readonly access: MachineAccess,
    private readonly identities: EngineIdentities,
    private readonly registry: EngineRegistry,
    private readonly machines: MachineStore,
    private readonly operations: Operations,
  ) {}

  /** @throws AppError not_found; conflict with reason wrong_state, busy, vm_gone; forbidden; what the engine says */
  async begin(by: Author, key: string, action: Action, request?: RepeatableRequest): Promise<Launched> {
    const former = await this.formerOf(by, request);
    if (former !== null) return former;
    const machine = await this.access.get(by.actor, key);
    const { computeResource, vmId, name, datacenterId } = machine;
    const purpose = { write: true, dataCenterId: datacenterId ?? undefined };
    const actsAs = await this.identities.refOf(by.actor, computeResource.id, purpose);
    await this.demandReady(by, machine, action);
    const { verb } = action;
    const input = { computeResourceId: computeResource.id, vmId, name, machineId: machine.id, ...wishesOf(action) };
    const begun = await this.operations.begin(
      by,
      {
        kind: `vm.${verb}`,
        title: `${RULES[verb].title} ${name}`,
        input,
        actsAs,
        computeResource,
        memo: { vmId, name },
      },
      { request, within: (tx, { id }) => this.machines.concerns(tx, machine.id, id) },
    );
    return { ...begun, machine };
  }

  /** What the same request began before: how the machine is by now has no say in it. */
  private async formerOf({ actor }: Author, request?: RepeatableRequest): Promise<Launched | null> {
    const { userId = null, engineAccess: access } = actor;
    const accessKeyId = access?.kind === 'access_key' ? access.id : null;
    const operation = await this.operations.repeated({ userId, accessKeyId }, request);
    const resourceId = operation?.computeResource?.id ?? null;
    if (operation === null || resourceId === null) return null;
    const machine = await this.machines.byVm(resourceId, textIn(operation.memo, 'vmId'));
    return machine === null ? null : { operation, repeated: true, machine };
  }

  /** One thing at a time is done to a machine, but that it can always be stopped or removed. */
  private async demandIdle({ name, operationId }: Machine, { verb }: Action): Promise<void> {
    if (verb === 'stop' || verb === 'remove') return;
    if (await this.operations.isUnfinished(operationId))
      throw refused('busy', `Something is being done to ${name} already: wait for it, or cancel it`);
  }

  private async demandReady({ actor }: Author, machine: Machine, action: Action): Promise<void> {
    if (machine.state === 'launching')
      throw refused('busy', `${machine.name} is being launched: cancel that, or wait for it`);
    await this.demandIdle(machine, action);
    const { id, name } = machine.computeResource;
    const { ref, as } = await this.identities.of(actor, id, { write: true });
    const engine = await this.registry.engine(id);
    const vm = await heard(name, this.identities.heardAs(ref, engine.vms.get(as, machine.vmId)));
    if (vm === null && action.verb !== 'remove') throw refused('vm_gone', `${machine.name} is gone from the engine`);
    if (vm !== null) demandState(vm, action);
    if (vm !== null && action.verb === 'remove' && action.keepDisks) demandOwnDisks(vm);
  }
}

/** The engine would refuse it only once the VM is stopped. */
function demandOwnDisks({ name, templateId }: EngineVm): void {
  if (templateId === BLANK_TEMPLATE_ID) return;
  throw refused('disks_not_own', `The disks of ${name} build on those of its template: they go with it, or it stays`);
}

function demandState({ name, status }: EngineVm, { verb }: Action): void {
  if (takes(verb, status)) return;
  const { title, from = [] } = RULES[verb];
  throw refused(
    'wrong_state',
    `${name} is ${status.replaceAll('_', ' ')}: "${title}" takes one that is ${from.join(' or ').replaceAll('_', ' ')}`,
  );
}

const refused = (reason: string, message: string) => new AppError('conflict', message, { reason });

function wishesOf(action: Action): object {
  if (action.verb === 'remove') return { keepDisks: action.keepDisks };
  if (action.verb !== 'capture') return {};
  if (!/^[\p{L}0-9._-]{1,255}$/u.test(action.template.name))
    throw invalid('name', 'must be 1 to 255 letters, digits, ".", "_" and "-"');
  return { template: action.template };
}
