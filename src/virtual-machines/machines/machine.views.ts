import { mayOneOf, type Actor, type Permission } from '../../common/actor';
import type { Page } from '../../common/paging';
import { pagesView, timeView, type LinkView, type PagesView, type TimeView } from '../../view-kit';
import { takes, type Action } from '../power/machine-actions';
import { statusText } from '../virtual-machine.view';
import { unownedBecause, type Machine, type Unowned } from './machine';

interface Urls {
  url(path: string): string;
}

const PATH = '/virtual_machines';

const BUTTONS: { verb: Action['verb']; label: string; needs: Permission }[] = [
  { verb: 'start', label: 'Start', needs: 'power_compute_resources_vms' },
  { verb: 'shutdown', label: 'Shut down', needs: 'power_compute_resources_vms' },
  { verb: 'reboot', label: 'Reboot', needs: 'power_compute_resources_vms' },
  { verb: 'suspend', label: 'Suspend', needs: 'power_compute_resources_vms' },
  { verb: 'stop', label: 'Stop', needs: 'power_compute_resources_vms' },
];

const TONES: Record<string, string> = { up: 'ok', down: 'none', removed: 'none', unknown: 'warning' };
const UNOWNED_TEXT: Record<NonNullable<Unowned>, string> = {
  launch_failed: 'Its launch failed, and it is there all the same',
  owner_gone: 'Whoever launched it has no account any more',
  key_gone: 'The access key that launched it is gone',
};
/** States that last; in all others it is on its way somewhere. */
const LASTING = ['up', 'down', 'suspended', 'removed', 'unknown', 'paused'];
const REFRESH_SECONDS = 3;
const IDLE_REFRESH_SECONDS = 30;

interface Status {
  text: string;
  tone: string;
}

interface Button {
  label: string;
  action: string;
}

const statusOf = ({ state }: Machine): Status => ({ text: statusText(state), tone: TONES[state] ?? 'info' });
const isMoving = ({ state }: Machine) => !LASTING.includes(state);

function buttonsOf(machine: Machine, actor: Actor, urls: Urls): Button[] {
  return BUTTONS.filter(
    ({ verb, needs }) => mayOneOf(actor, [needs]) && takes(verb, machine.state) && !isIdle(verb, machine.state),
  ).map(({ verb, label }) => ({ label, action: urls.url(`${PATH}/${machine.id}/${verb}`) }));
}

/** Of one that is down, stopping is no action to offer, though the engine takes it. */
const isIdle = (verb: Action['verb'], state: string) => state === 'down' && (verb === 'stop' || verb === 'shutdown');

const mayFollow = ({ owner }: Machine, actor: Actor) =>
  owner.id === actor.userId || mayOneOf(actor, ['view_operations']);

function removalOf({ id, state }: Machine, actor: Actor, urls: Urls): Button[] {
  const may = takes('remove', state) && mayOneOf(actor, ['destroy_compute_resources_vms']);
  return may ? [{ label: 'Remove', action: urls.url(`${PATH}/${id}/remove`) }] : [];
}

interface MachineRowView {
  name: string;
  href: string;
  status: Status;
  addresses: string;
  owner: string;
  image: string;
  computeResource: string;
  unowned: string | null;
  /** Null for those who may not see it. */
  operation: LinkView | null;
  buttons: Button[];
}

/** Locals of machines/index.hbs. */
export interface MachineListView {
  count: string;
  rows: MachineRowView[];
  pages?: PagesView;
  refreshSeconds: number;
  launchUrl: string | null;
}

export function machineList(
  found: Page<Machine>,
  { actor, urls, address }: { actor: Actor; urls: Urls; address: (page: number) => string },
): MachineListView {
  const { total, subtotal, rows } = found;
  return {
    count: subtotal === total ? `${total} in all` : `${subtotal} of ${total}`,
    rows: rows.map((machine) => rowOf(machine, actor, urls)),
    pages: pagesView(found, address),
    refreshSeconds: rows.some(isMoving) ? REFRESH_SECONDS : IDLE_REFRESH_SECONDS,
    launchUrl: mayOneOf(actor, ['create_compute_resources_vms']) ? urls.url(`${PATH}/new`) : null,
  };
}

function rowOf(machine: Machine, actor: Actor, urls: Urls): MachineRowView {
  const unowned = unownedBecause(machine);
  return {
    name: machine.name,
    href: urls.url(`${PATH}/${machine.id}`),
    status: statusOf(machine),
    addresses: machine.addresses.join(', '),
    owner: machine.owner.login,
    image: machine.image,
    computeResource: machine.computeResource.name,
    unowned: unowned === null ? null : UNOWNED_TEXT[unowned],
    operation: mayFollow(machine, actor)
      ? { label: 'Last operation', href: urls.url(`/operations/${machine.operationId}`) }
      : null,
    buttons: unowned === null ? buttonsOf(machine, actor, urls).slice(0, 2) : removalOf(machine, actor, urls),
  };
}

/** Locals of machines/show.hbs. */
export interface MachinePage {
  heading: string;
  stateLabel: Status;
  properties: { label: string; value: string }[];
  seen: TimeView;
  /** Whether there is anything to be done to it at present. */
  hasActions: boolean;
  buttons: Button[];
  consoleUrl: string | null;
  webadminUrl: string | null;
  capture: string | null;
  remove: string | null;
  unowned: string | null;
  listUrl: string;
}

export function machinePage(
  machine: Machine,
  { actor, urls, place, now }: { actor: Actor; urls: Urls; place: string; now: Date },
): MachinePage {
  const own = urls.url(`${PATH}/${machine.id}`);
  const isThere = machine.state !== 'removed' && machine.state !== 'launching';
  const may = (permission: Permission) => mayOneOf(actor, [permission]);
  const unowned = unownedBecause(machine);
  return {
    heading: machine.name,
    stateLabel: statusOf(machine),
    properties: [
      { label: 'Addresses', value: machine.addresses.join(', ') },
      { label: 'Owner', value: machine.owner.login },
      { label: 'Image', value: machine.image },
      { label: 'Engine', value: machine.computeResource.name },
      { label: 'Id in the engine', value: machine.vmId },
    ],
    seen: timeView(machine.stateAt, now, 'relative'),
    hasActions: isThere,
    buttons: buttonsOf(machine, actor, urls),
    consoleUrl: isThere && machine.state !== 'down' && may('console_compute_resources_vms') ? `${own}/console` : null,
    webadminUrl: isThere ? place : null,
    capture: takes('capture', machine.state) && may('create_compute_resources_vms') ? `${own}/capture` : null,
    remove: takes('remove', machine.state) && may('destroy_compute_resources_vms') ? `${own}/remove` : null,
    unowned: unowned === null ? null : UNOWNED_TEXT[unowned],
    listUrl: urls.url(PATH),
  };
}

/** Seconds after which a page of it asks again. */
export const refreshSecondsOf = (machine: Machine, operationIsOver: boolean): number =>
  isMoving(machine) || !operationIsOver ? REFRESH_SECONDS : IDLE_REFRESH_SECONDS;
