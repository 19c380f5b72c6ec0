import type { Api } from '../api';
import type { Engine } from '../engine';
import { permissionsOn } from '../people/representation';
import { visible, vmPlace } from '../people/rights';
import { ok, Page } from '../rest/answer';
import { flag, pathId, wantsAll, type Call } from '../rest/call';
import type { WireObject } from '../rest/encode';
import { follows } from '../rest/references';
import { listed, type SearchFields } from '../rest/search';
import { registerActions } from './actions';
import { registerConsoles } from './consoles';
import { createVm } from './create';
import type { SimVm } from './data';
import { nicOf, reportedDeviceOf } from './devices';
import { registerNics } from './nics';
import { removeVm } from './remove';
import { HIDDEN, nextRunOf, vmOf } from './representation';
import { updateVm, visibleVm } from './update';

/** `/vms` and what is below it, but for disks. */
export function register(api: Api): void {
  const { engine, base } = api;
  const fields = searchFields(engine);
  api.get('/vms', (call) => {
    const seen = visible(call, engine.data.vms, (vm) => vmPlace(engine, vm));
    const vms = listed(call, seen, { fields, sortedBy: 'name' });
    return ok({ vm: vms.map((vm) => followed(call, vm, vmOf(engine, base, vm, wantsAll(call)))) });
  });
  api.get('/vms/:id', (call) => {
    const vm = visibleVm(call);
    if (flag(call, 'next_run') && vm.nextRun) return ok(nextRunOf(engine, base, vm));
    return ok(followed(call, vm, vmOf(engine, base, vm, wantsAll(call))));
  });
  registerNics(api);
  if (engine.personality.beanNames) return;
  api.get('/vms/:id/creation_status/:tasks', (call) => {
    const vm = visibleVm(call);
    const id = pathId(call, 'tasks');
    const status = vm.status === 'image_locked' ? 'pending' : 'complete';
    return ok({ id, status, href: `${base}/vms/${vm.id}/creation_status/${id}` });
  });
  api.post('/vms', 'Vm', createVm);
  api.put('/vms/:id', 'Vm', updateVm);
  api.delete('/vms/:id', removeVm);
  registerActions(api);
  if (engine.personality.major >= 4) registerConsoles(api);
}

function searchFields({ data }: Engine): SearchFields<SimVm> {
  return {
    name: (vm) => vm.name,
    id: (vm) => vm.id,
    status: (vm) => vm.status.replaceAll('_', ''),
    description: (vm) => vm.description,
    cluster: (vm) => data.clusters.find(({ id }) => id === vm.clusterId)?.name,
    template: (vm) => data.templates.find(({ id }) => id === vm.templateId)?.name,
  };
}

/** With what `?follow=` asks for. Tags are for administrators. */
function followed(call: Call, vm: SimVm, body: WireObject): WireObject {
  const { engine, base, caller } = call;
  if (follows(call, 'host') && vm.hostId === undefined)
    throw new Page('<html><head><title>ERROR</title></head></html>');
  if (follows(call, 'tags') && !caller.admin) throw new Page('<html><head><title>ERROR</title></head></html>');
  const devices = vm.unreported ? [] : vm.nics.map((nic, index) => reportedDeviceOf(engine, base, vm, nic, index));
  const deep = follows(call, 'nics.reporteddevices');
  const nics = vm.nics.map((nic, index) => ({
    ...nicOf(base, 'vms', vm.id, nic),
    ...(deep && { reported_devices: { reported_device: devices.slice(index, index + 1) } }),
  }));
  return {
    ...body,
    ...(!caller.admin && HIDDEN),
    ...(follows(call, 'nics') && { nics: { nic: nics } }),
    ...(follows(call, 'permissions') && { permissions: permissionsOn(engine, base, vm.id) }),
    ...(follows(call, 'reporteddevices') && { reported_devices: { reported_device: devices } }),
  };
}
