import type { Api } from '../api';
import type { EngineData } from '../data';
import { ok } from '../rest/answer';
import { itemOf, pathId } from '../rest/call';
import { Kept } from '../rest/encode';
import { follows } from '../rest/references';
import { visibleOne, vmPlace } from '../people/rights';
import type { SimDisk } from './data';
import { attachmentOf, diskOf } from './representation';

/** Every disk: floating, of VMs and of templates. */
export function allDisks({ disks, vms, templates }: EngineData): SimDisk[] {
  return [...disks, ...vms.flatMap((vm) => vm.disks), ...templates.flatMap((template) => template.disks)];
}

/** `/disks` and `/vms/ID/diskattachments`; `/vms/ID/disks` of 3.x. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  const vmOfCall = (call: Parameters<Parameters<Api['get']>[1]>[0]) =>
    visibleOne(call, data.vms, pathId(call), (vm) => vmPlace(engine, vm));
  if (engine.personality.major < 4) {
    api.get('/vms/:id/disks', (call) => ok({ disk: vmOfCall(call).disks.map((disk) => diskOf(engine, base, disk)) }));
    return;
  }
  api.get('/disks/:id', (call) => ok(diskOf(engine, base, itemOf(allDisks(data), pathId(call)))));
  api.get('/vms/:id/diskattachments', (call) => {
    const vm = vmOfCall(call);
    const owner = `${base}/vms/${vm.id}`;
    const isFollowed = follows(call, 'disk');
    const attachments = vm.disks.map((disk) => attachmentOf(engine, base, owner, disk, isFollowed));
    return ok({ disk_attachment: new Kept(attachments) });
  });
}
