import type { Api } from '../api';
import { userNameOf, type Engine } from '../engine';
import { ok } from '../rest/answer';
import { parameter, type Call } from '../rest/call';
import { Int, type WireObject } from '../rest/encode';
import { reference } from '../rest/references';
import { listed, type SearchFields } from '../rest/search';
import { sees, vmPlace } from '../people/rights';
import type { SimEvent } from './data';

const FIELDS: SearchFields<SimEvent> = {
  'vm.name': (event) => event.vmName,
  correlation_id: (event) => event.correlationId,
  severity: (event) => event.severity,
  type: (event) => String(event.code),
  message: (event) => event.description,
  time: (event) => String(event.at),
};

/** `/events`, newest first. Ordinary users see what is about their VMs. */
export function register(api: Api): void {
  const { engine, base } = api;
  api.get('/events', (call) => {
    const newestFirst = visibleEvents(call).toReversed();
    const from = Number(parameter(call, 'from') || 0);
    const later = newestFirst.filter(({ id }) => id > from);
    const events = listed(call, later, { fields: FIELDS, freeText: ['message'] });
    return ok({ event: events.map((event) => eventOf(engine, base, event)) });
  });
}

function visibleEvents({ engine, caller, filtered }: Call): SimEvent[] {
  const { events, vms } = engine.data;
  if (!filtered || caller.admin) return events;
  return events.filter((event) => {
    const vm = vms.find(({ id }) => id === event.vmId);
    return vm !== undefined && sees(engine, caller, vmPlace(engine, vm));
  });
}

function eventOf(engine: Engine, base: string, event: SimEvent): WireObject {
  const { data } = engine;
  const id = String(event.id);
  /** What hosts report is nobody's, and names no data center. */
  const isOwn = event.userId === null;
  const cluster = data.clusters.find((one) => one.id === event.clusterId);
  const named = (collection: string, list: { id: string; name: string }[], wanted: string | undefined) =>
    wanted === undefined
      ? undefined
      : { id: wanted, href: `${base}/${collection}/${wanted}`, name: list.find((one) => one.id === wanted)?.name };
  return {
    ...{
      id,
      href: `${base}/events/${id}`,
      code: new Int(event.code),
      index: new Int(event.id),
      custom_id: new Int(-1),
    },
    ...{ flood_rate: new Int(0), origin: 'oVirt', severity: event.severity, time: event.at },
    ...{ description: event.description, correlation_id: event.correlationId },
    user: userOf(engine, base, event),
    vm: named('vms', data.vms, event.vmId),
    template: named('templates', data.templates, event.templateId),
    cluster: named('clusters', data.clusters, event.clusterId),
    data_center: isOwn ? undefined : named('datacenters', data.dataCenters, cluster?.dataCenterId),
    host: named('hosts', data.hosts, event.hostId),
  };
}

function userOf({ data, personality }: Engine, base: string, event: SimEvent): WireObject | undefined {
  const user = data.users.find((one) => one.id === event.userId);
  if (!user) return event.vmId === undefined ? { name: 'SYSTEM' } : undefined;
  return { ...reference(base, 'users', user.id), name: userNameOf(user, personality) };
}
