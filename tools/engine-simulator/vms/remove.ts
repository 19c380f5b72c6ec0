import { tell } from '../events/events';
import { command, type OpenJob } from '../jobs/jobs';
import { demand, vmPlace } from '../people/rights';
import { complete, refuse, type Answer } from '../rest/answer';
import { flag, type Call } from '../rest/call';
import { refuseLocked } from '../rest/locks';
import { BLANK_TEMPLATE_ID } from '../seeds';
import type { SimVm } from './data';
import { runs } from './states';
import { visibleVm } from './update';

/** `DELETE /vms/ID`, with its disks unless `detach_only`. Nobody waits for the disks: those go some seconds later. */
export function removeVm(call: Call): Answer {
  const { engine, base, request } = call;
  const vm = visibleVm(call);
  demand(call, 'delete_vm', vmPlace(engine, vm));
  const { jobId } = command(call, `Removing VM ${vm.name} from system`, (job) => remove(call, job, vm));
  if (flag(call, 'async') || request.get('expect') === '202-accepted') return { status: 202 };
  return complete(base, jobId);
}

function remove(call: Call, job: OpenJob, vm: SimVm): void {
  const { data, clock, timing } = call.engine;
  check(call, vm);
  data.vms.splice(data.vms.indexOf(vm), 1);
  data.permissions = data.permissions.filter(({ objectId }) => objectId !== vm.id);
  tell(call, 'vmRemoved', { vm });
  data.disks.push(...vm.disks);
  if (flag(call, 'detach_only') || vm.disks.length === 0) return job.finishAfter(timing.removal);
  for (const disk of vm.disks) disk.status = 'locked';
  job.goesOn = true;
  clock.after(timing.disksGoing, () => {
    data.disks = data.disks.filter((disk) => !vm.disks.includes(disk));
    job.end('finished');
  });
}

function check(call: Call, vm: SimVm): void {
  const { engine } = call;
  const refused = (text: string) => refuse(409, `Cannot remove VM${text}`);
  refuseLocked(engine, 'Cannot remove VM', vm.id);
  if (vm.deleteProtected)
    throw refused('. Delete protection is enabled. In order to delete, disable Delete protection first.');
  if (runs(vm)) throw refused('. VM is running.');
  if (vm.status === 'suspended') throw refused(' that its state is not down.\n-Please stop the VM first.');
  if (vm.status === 'image_locked') throw refused(': VM is locked. Please try again in a few minutes.');
  if (flag(call, 'detach_only') && vm.templateId !== BLANK_TEMPLATE_ID)
    throw refused(' with detaching disks, VM is based from template.');
}
