import type { Engine } from '../engine';
import { textOf } from '../rest/call';
import type { Course } from './courses';
import type { SimVm } from './data';
import { tellOfEngine } from '../events/events';
import { goDown } from './states';

/** What the guest does once it runs: its agent reports, and the engine reads that with its next poll. */
export function runGuest(engine: Engine, vm: SimVm, course: Course): void {
  const { timing, clock } = engine;
  const { agent = true, pauses = false, leaves = false } = vm.guest ?? {};
  const host = engine.data.hosts.find(({ id }) => id === vm.hostId);
  if (pauses) {
    course.after(timing.guestAgent, () => {
      tellOfEngine(engine, 'vmPaused', { vm, host });
      Object.assign(vm, { status: 'paused', statusDetail: 'enospc' });
    });
  }
  if (leaves) {
    course.after(timing.guestAgent, () => {
      tellOfEngine(engine, 'vmDown', { vm, host, words: { reason: 'User shut down from within the guest' } });
      goDown(engine, vm);
    });
  }
  if (!agent) return;
  const known = clock.now() + timing.guestAgent;
  const startedAt = vm.startedAt ?? known;
  const polls = Math.max(1, Math.ceil((known - startedAt) / timing.guestPoll));
  course.after(startedAt + polls * timing.guestPoll - clock.now(), () => report(vm));
}

function report(vm: SimVm): void {
  Object.assign(vm, { unreported: false, isGuestKnown: true });
  vm.fqdn = textOf(vm.initialization ?? {}, 'host_name') ?? vm.fqdn ?? vm.name;
  if (vm.guest?.address === false) return;
  for (const nic of vm.nics) if (nic.addresses.length === 0) nic.addresses = addressesOf(nic.mac);
}

/** What a DHCP server and the kernel would give to this MAC address. */
function addressesOf(mac: string): string[] {
  const [, , , , e = '0', f = '0'] = mac.split(':');
  const [high, low] = [Number.parseInt(e, 16), Number.parseInt(f, 16)];
  return [`10.35.${high}.${low}`, `fe80::21a:4aff:fe16:${(high * 256 + low).toString(16)}`];
}
