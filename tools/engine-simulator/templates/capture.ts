import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine';
import { tell } from '../events/events';
import { command, type OpenJob } from '../jobs/jobs';
import { clusterPlace, demand, grant, visible, vmPlace } from '../people/rights';
import { created, forbidden, refuse, Refusal, unknownEntity, type Answer } from '../rest/answer';
import { textOf, type Body, type Call } from '../rest/call';
import { refuseLocked } from '../rest/locks';
import { changesOf } from '../vms/changes';
import type { SimVm } from '../vms/data';
import type { SimTemplate } from './data';
import { templateOf } from './representation';

/** `POST /templates`: made of a VM that is down, which is locked meanwhile. An id of the caller's is not taken. */
export function captureTemplate(call: Call): Answer {
  const { engine, base, body } = call;
  const [vmId, vmName] = [textOf(body, 'vm.id'), textOf(body, 'vm.name')];
  const name = textOf(body, 'name');
  if (name === undefined || (vmId === undefined && vmName === undefined)) {
    const text = 'No matching signature found, make sure that mandatory attributes are provided.';
    throw new Refusal(400, text, 'Input validation failed.');
  }
  const seen = visible(call, engine.data.vms, (vm) => vmPlace(engine, vm));
  const vm = seen.find((one) => (vmId === undefined ? one.name === vmName : one.id === vmId));
  if (!vm) throw unknownEntity(vmId ?? `Vm: name=${vmName}`);
  const { result } = command(call, `Creating Template ${name} from VM ${vm.name}`, (job) =>
    capture(call, job, vm, name),
  );
  return created(base, 'templates', templateOf(engine, base, result, true));
}

function capture(call: Call, job: OpenJob, vm: SimVm, name: string): SimTemplate {
  const { engine, body, caller } = call;
  const { data, clock, timing } = engine;
  const clusterId = textOf(body, 'cluster.id') ?? vm.clusterId;
  if (!data.clusters.some(({ id }) => id === clusterId)) throw forbidden();
  demand(call, 'create_template', clusterPlace(engine, clusterId));
  const base = data.templates.find(({ id }) => id === textOf(body, 'version.base_template.id'));
  check(engine, vm, name, base);
  const template = newTemplate(vm, base?.name ?? name, clusterId, clock.now());
  Object.assign(template, changesOf(withoutName(body)));
  if (base)
    template.version = { ...nextVersion(data.templates, base), name: textOf(body, 'version.version_name') ?? '' };
  data.templates.push(template);
  if (!caller.admin) grant(engine, 'TemplateOwner', caller.id, 'template', template.id);
  tell(call, 'templateCreating', { vm, template });
  const wasStatus = vm.status;
  Object.assign(vm, { status: 'image_locked', isCaptured: true });
  job.step(vm.disks.length > 0 ? 'Copying Image' : 'Creating Template');
  job.finishAfter(vm.disks.length > 0 ? timing.imageCopy : timing.capture, () => {
    Object.assign(vm, { status: wasStatus, isCaptured: undefined });
    template.status = 'ok';
    for (const disk of template.disks) disk.status = 'ok';
    tell(call, 'templateCreated', { vm, template });
  });
  return template;
}

function check(engine: Engine, vm: SimVm, name: string, base: SimTemplate | undefined): void {
  const refused = (text: string) => refuse(409, `Cannot add Template. ${text}`);
  refuseLocked(engine, 'Cannot add Template', vm.id, `template:${name}`);
  checkName(name);
  if (!base && engine.data.templates.some((template) => template.name === name)) {
    throw refused('The Template name is already in use, please choose a unique name and try again.');
  }
  if (vm.status !== 'down' || vm.isUpdating) {
    throw refused('VM is locked or still running, try again once VM is in the Down state.');
  }
}

function checkName(name: string): void {
  if (name.length > 255) throw refuse(400, 'VM Template name must not exceed 255 characters', 'Attribute: name');
  if (/^[\p{L}\p{N}_.-]+$/u.test(name)) return;
  const allowed = "Only lower-case and upper-case letters, numbers, '_', '-', '.' are allowed.";
  throw refuse(400, `Can not add Template. The given name contains special characters. ${allowed}`, 'Attribute: name');
}

function newTemplate(vm: SimVm, name: string, clusterId: string, createdAt: number): SimTemplate {
  const id = randomUUID();
  const { sockets, cores, threads, memoryBytes, os, type } = vm;
  return {
    ...{ id, name, description: '', comment: '', status: 'locked', clusterId, createdAt },
    ...{ sockets, cores, threads, memoryBytes, os, type },
    version: { number: 1, name: 'base version', baseId: id },
    nics: vm.nics.map((nic) => ({ ...nic, id: randomUUID(), mac: '', addresses: [] })),
    disks: vm.disks.map((disk) => ({ ...disk, id: randomUUID(), basedOn: undefined, status: 'locked' })),
  };
}

/** Initialization is a VM's alone, and a version is called as its base is. */
function withoutName(body: Body): Body {
  const { name, initialization, ...rest } = body;
  void [name, initialization];
  return rest;
}

function nextVersion(templates: readonly SimTemplate[], base: SimTemplate) {
  const { baseId } = base.version;
  const numbers = templates.filter(({ version }) => version.baseId === baseId).map(({ version }) => version.number);
  return { number: Math.max(...numbers) + 1, baseId };
}
