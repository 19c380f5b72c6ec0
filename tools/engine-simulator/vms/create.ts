import { randomUUID } from 'node:crypto';
import { tell } from '../events/events';
import { command, type OpenJob } from '../jobs/jobs';
import { clusterPlace, demand, grant, visible } from '../people/rights';
import { created, incomplete, Page, refuse, Refusal, unknownEntity, type Answer } from '../rest/answer';
import { flag, numberOf, textOf, type Body, type Call } from '../rest/call';
import type { SimCluster, SimDataCenter } from '../places/data';
import { refuseLocked } from '../rest/locks';
import { BLANK_TEMPLATE_ID } from '../seeds';
import { templatePlace } from '../templates/rights';
import type { SimTemplate } from '../templates/data';
import { freeMac } from './macs';
import type { SimVm } from './data';
import { checkChanges, changesOf } from './changes';
import { vmFor } from './representation';

const ERROR_PAGE = '<html><head><title>ERROR</title></head><body>Internal Server Error</body></html>';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `POST /vms`: the caller's id is kept, disks of the template are copied or built upon. */
export function createVm(call: Call): Answer {
  const { base, body } = call;
  checkComplete(body);
  if (body.instance_type !== undefined && textOf(body, 'instance_type.id') === undefined) throw new Page(ERROR_PAGE);
  const cluster = clusterOfBody(call);
  const template = templateOfBody(call);
  const description = `Creating VM ${textOf(body, 'name')} in Cluster ${cluster.name}`;
  const isThin = template.disks.length > 0 && !isClone(call);
  const { result: vm } = command(call, description, (job) => add(call, job, cluster, template));
  return created(base, 'vms', vmFor(call, vm), isThin ? randomUUID() : undefined);
}

function checkComplete(body: Body): void {
  if (!textOf(body, 'cluster.id') && !textOf(body, 'cluster.name'))
    throw incomplete('Vm [cluster.id|name] required for add');
  if (!textOf(body, 'name')) throw incomplete('Vm [name] required for add');
  if (!textOf(body, 'template.id') && !textOf(body, 'template.name'))
    throw incomplete('Vm [template.id|name] required for add');
}

function clusterOfBody({ engine, body }: Call): SimCluster {
  const [id, name] = [textOf(body, 'cluster.id'), textOf(body, 'cluster.name')];
  if (id !== undefined && !GUID.test(id)) throw malformed(id);
  const found = engine.data.clusters.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (!found) throw unknownEntity(id === undefined ? `Cluster: name=${name}` : 'GetClusterById');
  return found;
}

/** An id in a body that is none. */
const malformed = (id: string): Refusal => new Refusal(400, `Invalid UUID string: ${id}`, 'Operation failed');

function templateOfBody(call: Call): SimTemplate {
  const { engine, body } = call;
  const [id, name] = [textOf(body, 'template.id'), textOf(body, 'template.name')];
  const seen = visible(call, engine.data.templates, (template) => templatePlace(engine, template));
  const found = seen.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (!found) throw unknownEntity('GetVmTemplate');
  return found;
}

function add(call: Call, job: OpenJob, cluster: SimCluster, template: SimTemplate): SimVm {
  const { engine, body, caller } = call;
  const id = textOf(body, 'id') ?? randomUUID();
  demand(call, 'create_vm', clusterPlace(engine, cluster.id));
  check(call, cluster, template, id);
  const vm = newVm(call, id, cluster, template);
  engine.data.vms.push(vm);
  grant(engine, 'UserVmManager', caller.id, 'vm', id);
  if (vm.disks.length === 0) {
    tell(call, 'vmCreated', { vm });
    job.finishAfter(engine.timing.createJob, () => tell(call, 'vmCreationDone', { vm }));
    return vm;
  }
  tell(call, 'vmCreating', { vm });
  copyDisks(call, job, vm, template);
  return vm;
}

function check(call: Call, cluster: SimCluster, template: SimTemplate, id: string): void {
  const { engine, body } = call;
  const { data } = engine;
  const name = textOf(body, 'name') ?? '';
  refuseLocked(engine, 'Cannot add VM', `vm:${name}`);
  const dataCenter = data.dataCenters.find((one) => one.id === cluster.dataCenterId);
  if (dataCenter?.status !== 'up') throw refuse(409, 'Cannot add VM. Unknown Data Center status.');
  checkChanges(body, { action: 'add', maxMemoryBytes: undefined });
  if (data.vms.some((vm) => vm.name === name)) {
    throw refuse(409, 'Cannot add VM. The VM name is already in use, please choose a unique name and try again.');
  }
  if (data.vms.some((vm) => vm.id === id)) {
    throw refuse(400, 'Cannot add VM. VM with the given Id already exists in the system.');
  }
  checkQuota(call, dataCenter);
  if (template.status === 'locked') throw refuse(409, 'Template is currently locked (temporarily).');
}

/** Without a data center that holds to quotas, any that there is will do. */
function checkQuota({ engine, body, caller }: Call, dataCenter: SimDataCenter): void {
  const { quotas } = engine.data;
  const id = textOf(body, 'quota.id');
  const quota = quotas.find((one) => one.id === id);
  if (id !== undefined && !quota) throw refuse(400, "Cannot add VM. Quota doesn't exist.");
  if (dataCenter.quotaMode !== 'enabled' || caller.admin) return;
  if (quota?.consumers.includes(caller.id)) return;
  throw refuse(403, 'Cannot add VM. The user is not a consumer of the Quota assigned to the resource.');
}

function newVm(call: Call, id: string, cluster: SimCluster, template: SimTemplate): SimVm {
  const { engine, body } = call;
  const now = engine.clock.now();
  const { sockets, cores, threads, memoryBytes, os, type } = template;
  return {
    ...{ id, name: '', description: '', comment: '', status: 'down', clusterId: cluster.id },
    ...{ templateId: isClone(call) ? BLANK_TEMPLATE_ID : template.id, originalTemplateId: template.id },
    ...{ sockets, cores, threads, memoryBytes, os, type, deleteProtected: false, fqdn: null },
    display: { type: 'vnc', address: '', port: 0 },
    nics: template.nics.map((nic) => ({ ...nic, id: randomUUID(), mac: freeMac(engine), addresses: [] })),
    disks: template.disks.map((disk) => ({
      ...{ ...disk, id: randomUUID(), status: 'locked' },
      basedOn: isClone(call) ? undefined : disk.id,
    })),
    unreported: true,
    ...{ createdAt: now, stoppedAt: now, quotaId: textOf(body, 'quota.id') },
    ...changesOf(body),
    ...guaranteed(body),
  };
}

function guaranteed(body: Body): Partial<SimVm> {
  const bytes = numberOf(body, 'memory_policy.guaranteed');
  return bytes === undefined ? {} : { guaranteedBytes: bytes };
}

/** Copies the template's disks: 3.x is told so in the body. */
const isClone = (call: Call) => flag(call, 'clone') || textOf(call.body, 'disks.clone') === 'true';

/** A thin VM's volumes are made by the SPM, a clone's copied by a host, which tells how far it is. */
function copyDisks(call: Call, job: OpenJob, vm: SimVm, template: SimTemplate): void {
  const { engine } = call;
  vm.status = 'image_locked';
  const isCopied = isClone(call);
  const step = job.step(isCopied ? 'Copying Volume' : 'Creating Volume', isCopied ? 0 : undefined);
  const total = engine.timing.imageCopy * template.disks.length;
  if (isCopied) for (const part of [1, 2, 3]) job.later((total * part) / 4, () => (step.progress = part * 25));
  job.finishAfter(total, () => {
    vm.status = 'down';
    for (const disk of vm.disks) disk.status = 'ok';
    if (isCopied) step.progress = 100;
    tell(call, 'vmCreationDone', { vm });
  });
}
