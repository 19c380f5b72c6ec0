import type { EngineData } from '../data';
import type { Engine } from '../engine';
import { dataCenterPlace, vmPlace, type Place } from '../people/rights';
import { domainPlace } from '../storage/domains';
import type { SimVm } from '../vms/data';
import type { SimDisk } from './data';

/** Every disk: floating, of VMs and of templates. */
export function allDisks({ disks, vms, templates }: Pick<EngineData, 'disks' | 'vms' | 'templates'>): SimDisk[] {
  return [...disks, ...vms.flatMap((vm) => vm.disks), ...templates.flatMap((template) => template.disks)];
}

export const diskById = ({ data }: Engine, id: string | undefined): SimDisk | undefined =>
  allDisks(data).find((disk) => disk.id === id);

/** The VM that has it. */
export const vmOfDisk = ({ data }: Engine, disk: SimDisk): SimVm | undefined =>
  data.vms.find((vm) => vm.disks.includes(disk));

/** Takes it out of the engine, wherever it is. */
export function dropDisk({ data }: Engine, disk: SimDisk): void {
  for (const of of [data, ...data.vms, ...data.templates]) of.disks = of.disks.filter((one) => one !== disk);
  data.permissions = data.permissions.filter(({ objectId }) => objectId !== disk.id);
}

export function diskPlace(engine: Engine, disk: SimDisk): Place {
  const domain = engine.data.storageDomains.find(({ id }) => id === disk.storageDomainId);
  const vm = vmOfDisk(engine, disk);
  return [
    { on: 'disk', id: disk.id },
    ...(vm ? vmPlace(engine, vm) : []),
    ...(domain ? domainPlace(domain) : dataCenterPlace(null)),
  ];
}
