import type { Api } from '../api';
import { forbidden, ok } from '../rest/answer';
import { pathId, textOf } from '../rest/call';
import { follows } from '../rest/references';
import { listed } from '../rest/search';
import { clusterPlace, dataCenterPlace, visible, permissionsOf, visibleOne, type Place } from '../people/rights';
import { permissionsOn } from '../people/representation';
import type { Call } from '../rest/call';
import type { SimCluster, SimDataCenter } from './data';
import { clusterOf, dataCenterOf, hostOf } from './representation';

/** `/datacenters`, `/clusters` and `/hosts`. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  const clusters = (call: Call) => visible(call, data.clusters, clusterRights(call));
  const dataCenters = (call: Call) => visible(call, data.dataCenters, dataCenterRights(call));
  const fields = { name: (of: { name: string }) => of.name, id: (of: { id: string }) => of.id };
  api.get('/datacenters', (call) => {
    const found = listed(call, dataCenters(call), { fields });
    return ok({ data_center: found.map((of) => dataCenterOf(engine, base, of)) });
  });
  api.get('/clusters', (call) => {
    const found = listed(call, clusters(call), { fields });
    const permissions = (id: string) => ({ permissions: permissionsOn(engine, base, id) });
    const isFollowed = follows(call, 'permissions');
    return ok({
      cluster: found.map((of) => ({ ...clusterOf(engine, base, of), ...(isFollowed && permissions(of.id)) })),
    });
  });
  if (engine.personality.major < 4) return;
  api.get('/datacenters/:id', (call) => {
    return ok(dataCenterOf(engine, base, visibleOne(call, data.dataCenters, pathId(call), dataCenterRights(call))));
  });
  api.put('/datacenters/:id', 'DataCenter', (call) => {
    const dataCenter = visibleOne(call, data.dataCenters, pathId(call), dataCenterRights(call));
    if (!call.caller.admin) throw forbidden();
    Object.assign(dataCenter, { quotaMode: textOf(call.body, 'quota_mode') ?? dataCenter.quotaMode });
    return ok(dataCenterOf(engine, base, dataCenter));
  });
  api.get('/datacenters/:id/clusters', (call) => {
    const inside = clusters(call).filter(({ dataCenterId }) => dataCenterId === pathId(call));
    return ok({ cluster: inside.map((of) => clusterOf(engine, base, of)) });
  });
  api.get('/clusters/:id', (call) => {
    return ok(clusterOf(engine, base, visibleOne(call, data.clusters, pathId(call), clusterRights(call))));
  });
  api.get('/hosts', (call) => {
    const hosts = listed(call, call.filtered && !call.caller.admin ? [] : data.hosts, { fields });
    return ok({ host: hosts.map((host) => hostOf(base, host)) });
  });
  api.get('/hosts/:id', (call) =>
    ok(
      hostOf(
        base,
        visibleOne(call, data.hosts, pathId(call), () => []),
      ),
    ),
  );
}

/** Whoever has a right in a cluster sees it and its data center, whatever the role. */
export function clusterRights({ engine, caller }: Call): (of: SimCluster) => Place {
  return (of) => {
    const own = permissionsOf(engine, caller).find((one) => isBelow(engine.data, one.objectId, of.id));
    return own ? [{ on: own.on, id: own.objectId }] : clusterPlace(engine, of.id);
  };
}

export function dataCenterRights({ engine, caller }: Call): (of: SimDataCenter) => Place {
  return (of) => {
    const clusterIds = engine.data.clusters.filter(({ dataCenterId }) => dataCenterId === of.id).map(({ id }) => id);
    const own = permissionsOf(engine, caller).find(({ objectId }) =>
      clusterIds.some((id) => id === objectId || isBelow(engine.data, objectId, id)),
    );
    return own ? [{ on: own.on, id: own.objectId }] : dataCenterPlace(of.id);
  };
}

const isBelow = ({ vms }: { vms: { id: string; clusterId: string }[] }, id: string, clusterId: string) =>
  vms.some((vm) => vm.id === id && vm.clusterId === clusterId);
