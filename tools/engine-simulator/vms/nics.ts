import { randomUUID } from 'node:crypto';
import type { Api } from '../api';
import type { Engine } from '../engine';
import { tell } from '../events/events';
import { demand, vmPlace } from '../people/rights';
import { complete, created, ok, refuse, Refusal } from '../rest/answer';
import { fieldOf, isBody, itemOf, pathId, textOf, type Body } from '../rest/call';
import { follows } from '../rest/references';
import type { SimNic, SimVm } from './data';
import { nicOf, reportedDeviceOf } from './devices';
import { freeMac } from './macs';
import { visibleVm } from './update';

const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;
const MAC_FORM =
  'MAC address must be in format "HH:HH:HH:HH:HH:HH" where H is a hexadecimal character (either a digit or A-F, case is insignificant).';

/** A VM's NICs and what its guest reports of them. */
export function registerNics(api: Api): void {
  const { engine, base } = api;
  const reported = (vm: SimVm) =>
    vm.unreported ? [] : vm.nics.map((nic, index) => reportedDeviceOf(engine, base, vm, nic, index));
  api.get('/vms/:id/nics', (call) => {
    const vm = visibleVm(call);
    const devices = follows(call, 'reporteddevices') || follows(call, 'reported_devices');
    const nics = vm.nics.map((nic) => {
      const own = reported(vm).filter(({ mac }) => isBody(mac) && textOf(mac, 'address') === nic.mac.toUpperCase());
      return { ...nicOf(base, 'vms', vm.id, nic), ...(devices && { reported_devices: { reported_device: own } }) };
    });
    return ok({ nic: nics });
  });
  api.get('/vms/:id/reporteddevices', (call) => ok({ reported_device: reported(visibleVm(call)) }));
  api.get('/vms/:id/nics/:nicId', (call) => {
    const vm = visibleVm(call);
    return ok(nicOf(base, 'vms', vm.id, itemOf(vm.nics, pathId(call, 'nicId'))));
  });
  api.post('/vms/:id/nics', 'Nic', (call) => {
    const vm = visibleVm(call);
    if (textOf(call.body, 'name') === undefined) throw mandatory('nic.name');
    demand(call, 'configure_vm_network', vmPlace(engine, vm));
    const nic = { id: randomUUID(), name: '', mac: '', addresses: [], ...nicChanges(engine, vm.nics, call.body) };
    nic.mac ||= freeMac(engine);
    vm.nics.push(nic);
    tell(call, 'nicAdded', { vm, words: { nic: nic.name } });
    return created(base, `vms/${vm.id}/nics`, nicOf(base, 'vms', vm.id, nic));
  });
  api.put('/vms/:id/nics/:nicId', 'Nic', (call) => {
    const vm = visibleVm(call);
    const nic = itemOf(vm.nics, pathId(call, 'nicId'));
    demand(call, 'configure_vm_network', vmPlace(engine, vm));
    Object.assign(
      nic,
      nicChanges(
        engine,
        vm.nics.filter((other) => other !== nic),
        call.body,
      ),
    );
    return ok(nicOf(base, 'vms', vm.id, nic));
  });
  api.delete('/vms/:id/nics/:nicId', (call) => {
    const vm = visibleVm(call);
    const nic = itemOf(vm.nics, pathId(call, 'nicId'));
    demand(call, 'configure_vm_network', vmPlace(engine, vm));
    vm.nics.splice(vm.nics.indexOf(nic), 1);
    return complete(base);
  });
}

/** A member that the API itself asks for. */
const mandatory = (parameter: string): Refusal =>
  new Refusal(400, `Parameter '${parameter}' is mandatory but was not provided.`, 'Input validation failed.');

/** What a body says of a NIC, checked against the others. @throws {Refusal} */
export function nicChanges(engine: Engine, others: readonly SimNic[], body: Body): Partial<SimNic> {
  const [name, mac] = [textOf(body, 'name'), textOf(body, 'mac.address')];
  if (others.some((nic) => nic.name === name)) throw refuse(409, 'Network interface name is already in use');
  if (mac !== undefined && !MAC.test(mac)) throw refuse(400, MAC_FORM, 'Attribute: nic.macAddress');
  const owner = engine.data.vms.find((vm) => vm.nics.some((nic) => nic.mac === mac?.toLowerCase()));
  if (owner) throw refuse(409, `MAC Address ${mac} is already in use by VM or snapshot: ${owner.name}.`);
  const profileId = textOf(body, 'vnic_profile.id');
  if (profileId !== undefined && !engine.data.vnicProfiles.some(({ id }) => id === profileId)) {
    throw refuse(400, "Cannot add Interface. The specified VM network interface profile doesn't exist.");
  }
  const kind = textOf(body, 'interface');
  return {
    ...(name !== undefined && { name }),
    ...(mac !== undefined && { mac: mac.toLowerCase() }),
    ...(fieldOf(body, 'vnic_profile') !== undefined && { vnicProfileId: profileId ?? null }),
    ...(kind !== undefined && { interface: kind }),
  };
}
