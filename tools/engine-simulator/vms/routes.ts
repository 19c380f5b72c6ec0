import type { Api } from '../api';
import type { Engine } from '../engine';
import { visible, vmPlace } from '../people/rights';
import { ok, Page } from '../rest/answer';
import { flag, type Call } from '../rest/call';
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
import { nextRunOf, vmOf } from './representation';
import { updateVm, visibleVm } from './update';

/** `/vms` and what is below it, but for disks. */
export function register(api: Api): void {
  const { engine, base } = api;
  const fields = searchFields(engine);
  api.get('/vms', (call) => {
    const seen = visible(call, engine.data.vms, (vm) => vmPlace(engine, vm));
    const vms = listed(call, seen, { fields, sortedBy: 'name' });
    return ok({ vm: vms.map((vm) => followed(call, vm, vmOf(engine, base, vm, flag(call, 'all_content')))) });
  });
  api.get('/vms/:id', (call) => {
    const vm = visibleVm(call);
    if (flag(call, 'next_run') && vm.nextRun) return ok(nextRunOf(engine, base, vm));
    return ok(followed(call, vm, vmOf(engine, base, vm, flag(call, 'all_content'))));
  });
  registerNics(api);
  if (engine.personality.major < 4) return;
  api.post('/vms', 'Vm', createVm);
  api.put('/vms/:id', 'Vm', updateVm);
  api.delete('/vms/:id', removeVm);
  registerActions(api);
  registerConsoles(api);
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

/** With what `?follow=` asks for. A link to nothing breaks the engine. */
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
    ...(follows(call, 'nics') && { nics: { nic: nics } }),
    ...(follows(call, 'reporteddevices') && { reported_devices: { reported_device: devices } }),
  };
}
