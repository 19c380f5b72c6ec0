import { randomBytes } from 'node:crypto';
import type { Api } from '../api';
import type { Engine } from '../engine';
import { demand, vmPlace } from '../people/rights';
import { NotFound, ok, Refusal } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { hex } from '../rest/references';
import { Int } from '../rest/encode';
import type { SimVm } from './data';
import { consoleOf } from './devices';
import { demandRunning, runs } from './states';
import { visibleVm } from './update';

/** Graphics consoles of 4.x: whoever may connect gets a `.vv` file for virt-viewer while the VM runs. */
export function registerConsoles(api: Api): void {
  const { base } = api;
  const path = '/vms/:id/graphicsconsoles';
  api.get(path, (call) => ok({ graphics_console: consoleOf(base, visibleVm(call)) }));
  api.get(`${path}/:consoleId`, (call) => {
    const vm = ofConsole(call);
    if (call.request.get('accept') !== 'application/x-virt-viewer') return ok(consoleOf(base, vm)[0] ?? {});
    if (!runs(vm)) throw new Refusal(409, '', 'Vm probably not running, connection file is not available');
    return { status: 200, file: { type: 'application/x-virt-viewer', content: connectionFile(call.engine, vm) } };
  });
  api.action(`${path}/:consoleId/remoteviewerconnectionfile`, (call) => {
    const vm = ofConsole(call);
    demand(call, 'connect_to_vm', vmPlace(call.engine, vm));
    return runs(vm) ? ok({ remote_viewer_connection_file: connectionFile(call.engine, vm) }) : { status: 204 };
  });
  api.post(`${path}/:consoleId/ticket`, 'Action', (call) => {
    demandRunning(ofConsole(call));
    return ok({ status: 'complete', ticket: { value: ticket(), expiry: new Int(7200) } });
  });
  api.post(`${path}/:consoleId/proxyticket`, 'Action', (call) => {
    if (!runs(ofConsole(call))) {
      throw new Refusal(400, "Graphics console can't be obtained. Is vm ready for connecting to console?");
    }
    return ok({ proxy_ticket: { value: ticket() } });
  });
}

function ofConsole(call: Call): SimVm {
  const vm = visibleVm(call);
  if (!vm.display || hex(vm.display.type) !== pathId(call, 'consoleId')) throw new NotFound();
  return vm;
}

const ticket = () => randomBytes(6).toString('base64');

function connectionFile({ url, ca }: Engine, vm: SimVm): string {
  return [
    ...['[virt-viewer]', `type=${vm.display?.type}`, `host=${vm.display?.address}`, `port=${vm.display?.port}`],
    ...[`password=${ticket()}`, '# Password is valid for 120 seconds.', 'delete-this-file=1', 'fullscreen=0'],
    ...[`title=${vm.name}:%d`, '', '[ovirt]', `host=${new URL(url).host}`, `vm-guid=${vm.id}`, 'admin=1'],
    ...[`ca=${ca.replaceAll('\n', String.raw`\n`)}`, ''],
  ].join('\n');
}
