import { randomUUID } from 'node:crypto';
import type { Api } from '../api';
import { command, type OpenJob } from '../jobs/jobs';
import { demand, vmPlace } from '../people/rights';
import { complete, forbidden, jobReference, ok, Refusal, type Answer } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { Int, type WireObject } from '../rest/encode';
import { actionsOf, linksOf } from '../rest/references';
import type { SimVm } from './data';
import { VM_ACTIONS, VM_LINKS } from './representation';
import { demandRunning } from './states';
import { checkInitializationTags, start } from './start';
import { reboot, reset, shutdown, stop, suspend } from './stop';

type Act = (call: Call, job: OpenJob, vm: SimVm) => void | Promise<void>;

const ACTS: Readonly<Record<string, { permit: string; job: (name: string) => string; act: Act; command: string }>> = {
  start: { permit: 'run_vm', job: (name) => `Launching VM ${name}`, act: start, command: 'RunVmCommand' },
  stop: { permit: 'stop_vm', job: (name) => `Stopping VM ${name}`, act: stop, command: 'StopVmCommand' },
  shutdown: {
    permit: 'shut_down_vm',
    job: (name) => `Shutting down VM ${name}`,
    act: shutdown,
    command: 'ShutdownVmCommand',
  },
  reboot: { permit: 'reboot_vm', job: (name) => `Rebooting VM ${name}`, act: reboot, command: 'RebootVmCommand' },
  reset: { permit: 'reset_vm', job: (name) => `Resetting VM ${name}`, act: reset, command: 'ResetVmCommand' },
};

/** The commands on a VM. */
export function registerActions(api: Api): void {
  const { base } = api;
  for (const [name, { permit, job: describe, act, command: java }] of Object.entries(ACTS)) {
    api.action(`/vms/:id/${name}`, async (call) => {
      if (name === 'start') checkInitializationTags(call);
      const vm = vmOfAction(call, permit, java);
      const { jobId, result } = command(call, describe(vm.name), (job) => act(call, job, vm));
      await result;
      return actionAnswer(call, vm, jobId);
    });
  }
  api.post('/vms/:id/ticket', 'Action', (call) => {
    const vm = vmOfAction(call, 'connect_to_vm', 'SetVmTicketCommand');
    demandRunning(vm);
    return ok({ status: 'complete', ticket: { value: randomUUID().slice(0, 8), expiry: new Int(7200) } });
  });
  api.action('/vms/:id/suspend', (call) => {
    const vm = vmOfAction(call, 'hibernate_vm', 'HibernateVmCommand');
    const { jobId } = command(call, `Performing Hibernate action on VM ${vm.name}`, (job) => suspend(call, job, vm));
    return { status: 202, body: pending(base, vm, jobId) };
  });
}

/** An unknown VM breaks the engine; who may do nothing to it is told only that. */
function vmOfAction(call: Call, permit: string, java: string): SimVm {
  const { engine, caller } = call;
  const vm = engine.data.vms.find(({ id }) => id === pathId(call));
  if (!vm && caller.admin) {
    const broken = `because the return value of "org.ovirt.engine.core.bll.${java}.getVm()" is null`;
    const detail =
      'java.lang.NullPointerException: Cannot invoke "org.ovirt.engine.core.common.businessentities.VM.getStatus()"';
    throw new Refusal(500, `${detail} ${broken}`);
  }
  if (!vm) throw forbidden();
  demand(call, permit, vmPlace(engine, vm));
  return vm;
}

/** The job and where the VM is. */
function actionAnswer({ base }: Call, vm: SimVm, jobId: string): Answer {
  const href = `${base}/vms/${vm.id}`;
  const itself = { id: vm.id, href, actions: actionsOf(href, VM_ACTIONS), link: linksOf(href, VM_LINKS) };
  return complete(base, jobId, { vm: itself });
}

/** Where the engine waits for tasks of its hosts. */
function pending(base: string, vm: SimVm, jobId: string): WireObject {
  const parent = `${base}/vms/${vm.id}`;
  const tasks = `${randomUUID()},${randomUUID()}`;
  return {
    ...{ async: true, status: 'pending', id: encodeURIComponent(tasks), job: jobReference(base, jobId) },
    href: `${parent}/suspend/${encodeURIComponent(tasks)}`,
    link: [
      { rel: 'parent', href: parent },
      { rel: 'replay', href: `${parent}/suspend` },
    ],
  };
}
