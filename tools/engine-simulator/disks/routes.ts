import type { Api } from '../api';
import { visible, visibleOne } from '../people/rights';
import { ok } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { Kept } from '../rest/encode';
import { follows } from '../rest/references';
import { listed } from '../rest/search';
import { visibleVm } from '../vms/update';
import { attachDisk, changeAttachment, detachDisk } from './attachments';
import { createDisk } from './create';
import { allDisks, diskPlace } from './disks';
import { removeDisk } from './remove';
import { attachmentOf, diskOf } from './representation';

const FIELDS = { name: (of: { name: string }) => of.name, id: (of: { id: string }) => of.id };

/** `/disks` and `/vms/ID/diskattachments`; `/vms/ID/disks` of 3.x. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  if (engine.personality.major < 4) {
    api.get('/vms/:id/disks', (call) => ok({ disk: visibleVm(call).disks.map((disk) => diskOf(engine, base, disk)) }));
    return;
  }
  const place = (of: Parameters<typeof diskPlace>[1]) => diskPlace(engine, of);
  api.get('/disks', (call) => {
    const found = listed(call, visible(call, allDisks(data), place), { fields: FIELDS });
    return ok({ disk: found.map((disk) => diskOf(engine, base, disk)) });
  });
  api.get('/disks/:id', (call) => ok(diskOf(engine, base, visibleOne(call, allDisks(data), pathId(call), place))));
  api.post('/disks', 'Disk', createDisk);
  api.delete('/disks/:id', removeDisk);
  registerAttachments(api);
}

function registerAttachments(api: Api): void {
  const path = '/vms/:id/diskattachments';
  const shown = (call: Call) => {
    const vm = visibleVm(call);
    const owner = `${call.base}/vms/${vm.id}`;
    return vm.disks.map((disk) => attachmentOf(call.engine, call.base, owner, disk, follows(call, 'disk')));
  };
  api.get(path, (call) => ok({ disk_attachment: new Kept(shown(call)) }));
  api.post(path, 'DiskAttachment', attachDisk);
  api.put(`${path}/:disk`, 'DiskAttachment', changeAttachment);
  api.delete(`${path}/:disk`, detachDisk);
}
