import type { Engine } from '../engine';
import type { Call } from '../rest/call';
import { Int, Long, type WireObject } from '../rest/encode';
import { actionsOf, linksOf, reference, some, statusOf } from '../rest/references';
import { allDisks } from '../disks/disks';
import type { SimStorageDomain } from './data';

const ACTIONS = ['isattached', 'updateovfstore', 'refreshluns', 'reduceluns'];
const OF_DISKS = ['disksnapshots', 'diskprofiles', 'disks', 'storageconnections', 'permissions', 'templates', 'vms'];
const OF_IMAGES = ['permissions', 'disksnapshots', 'images', 'diskprofiles'];

/** As `/storagedomains` shows it: without its state, unless no data center has it. */
export function domainOf({ engine, base, filtered, caller }: Call, of: SimStorageDomain): WireObject {
  const itself = reference(base, 'storagedomains', of.id);
  const isOrdinary = filtered && !caller.admin;
  return {
    ...itself,
    ...fieldsOf(engine, of, isOrdinary),
    status: of.dataCenterId === null ? statusOf(engine.personality, of.status) : undefined,
    data_centers: isOrdinary ? undefined : dataCentersOf(base, of),
    actions: actionsOf(itself.href, ACTIONS),
    link: linksOf(itself.href, of.type === 'image' ? OF_IMAGES : OF_DISKS),
  };
}

/** As its data center shows it. */
export function attachedDomainOf({ engine, base, filtered, caller }: Call, of: SimStorageDomain): WireObject {
  const dataCenter = reference(base, 'datacenters', of.dataCenterId ?? '');
  const itself = reference(dataCenter.href, 'storagedomains', of.id);
  return {
    ...itself,
    ...fieldsOf(engine, of, filtered && !caller.admin),
    status: statusOf(engine.personality, of.status),
    data_center: dataCenter,
    data_centers: dataCentersOf(base, of),
    actions: actionsOf(itself.href, ['activate', 'deactivate']),
    link: linksOf(itself.href, ['disks']),
  };
}

const dataCentersOf = (base: string, { dataCenterId }: SimStorageDomain) =>
  dataCenterId === null ? undefined : { data_center: [reference(base, 'datacenters', dataCenterId)] };

function fieldsOf({ personality, data }: Engine, of: SimStorageDomain, isOrdinary: boolean): WireObject {
  const bytes = allDisks(data)
    .filter(({ storageDomainId }) => storageDomainId === of.id)
    .reduce((sum, disk) => sum + disk.provisionedBytes, 0);
  const old = {
    ...{ name: of.name, description: of.description, type: of.type, master: of.master ?? false },
    ...some(of.availableBytes !== null, { available: new Long(of.availableBytes ?? 0), used: new Long(of.usedBytes) }),
    ...{ committed: new Long(bytes), storage: storageOf(of, isOrdinary) },
    storage_format: of.type === 'data' ? 'v5' : 'v1',
  };
  if (personality.major < 4) return old;
  return {
    ...{ ...old, comment: '', backup: of.backup ?? false, block_size: new Int(512), external_status: 'ok' },
    critical_space_action_blocker: new Int(of.blockerGib),
    warning_low_space_indicator: new Int(of.blockerGib === 0 ? 0 : 10),
    ...{ discard_after_delete: false, supports_discard: false, supports_discard_zeroes_data: false },
    wipe_after_delete: false,
  };
}

function storageOf({ storageType, name }: SimStorageDomain, isOrdinary: boolean): WireObject {
  if (storageType !== 'nfs' || isOrdinary) return { type: storageType };
  return { type: storageType, address: 'nfs.example.com', path: `/exports/${name}`, nfs_version: 'auto' };
}
