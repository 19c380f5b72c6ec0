import type { Api } from '../api';
import { clusterRights, dataCenterRights } from '../places/routes';
import { dataCenterPlace, visible, visibleOne, type Place } from '../people/rights';
import { ok } from '../rest/answer';
import { itemOf, pathId, type Call } from '../rest/call';
import { Int, type WireObject } from '../rest/encode';
import { linksOf, reference } from '../rest/references';
import { listed } from '../rest/search';
import type { SimNetwork, SimVnicProfile } from './data';

const NETWORK_FILTER_ID = 'd2370ab4-fee3-11e9-a310-8c1645ce738e';
const FIELDS = { name: (of: { name: string }) => of.name, id: (of: { id: string }) => of.id };

/** `/networks` of the engine, a data center and a cluster, and `/vnicprofiles`. */
export function register(api: Api): void {
  if (api.engine.personality.major < 4) return registerOld(api);
  const { data } = api.engine;
  api.get('/networks', (call) => {
    const found = listed(call, call.filtered && !call.caller.admin ? [] : data.networks, { fields: FIELDS });
    return ok({ network: found.map((network) => linked(call, network)) });
  });
  api.get('/networks/:id', (call) => ok(linked(call, itemOf(data.networks, pathId(call)))));
  api.get('/datacenters/:id/networks', (call) => {
    const { id } = visibleOne(call, data.dataCenters, pathId(call), dataCenterRights(call));
    const inside = data.networks.filter(({ dataCenterId }) => dataCenterId === id);
    return ok({ network: inside.map((network) => networkOf(call, network)) });
  });
  api.get('/clusters/:id/networks', (call) => {
    const { id } = visibleOne(call, data.clusters, pathId(call), clusterRights(call));
    return ok({ network: inCluster(call, id) });
  });
  registerProfiles(api);
}

/** 3.x has them, too; only what is asked of it there is simulated. */
function registerOld(api: Api): void {
  api.get('/clusters/:id/networks', (call) => ok({ network: inCluster(call, pathId(call)) }));
  if (api.engine.personality.minor >= 3) registerProfiles(api);
}

function registerProfiles(api: Api): void {
  const { data } = api.engine;
  const seen = (call: Call) => visible(call, data.vnicProfiles, profilePlace(call));
  api.get('/vnicprofiles', (call) => {
    return ok({
      vnic_profile: listed(call, seen(call), { fields: FIELDS }).map((profile) => profileOf(call, profile)),
    });
  });
  api.get('/vnicprofiles/:id', (call) => ok(profileOf(call, itemOf(seen(call), pathId(call)))));
}

function profilePlace({ engine }: Call): (profile: SimVnicProfile) => Place {
  return ({ id, networkId }) => {
    const network = engine.data.networks.find((one) => one.id === networkId);
    return [{ on: 'vnic_profile', id }, ...dataCenterPlace(network?.dataCenterId ?? null)];
  };
}

function inCluster(call: Call, clusterId: string): WireObject[] {
  const inside = call.engine.data.networks.filter(({ clusterIds }) => clusterIds.includes(clusterId));
  const cluster = reference(call.base, 'clusters', clusterId);
  return inside.map((network) => ({
    ...networkOf(call, network),
    ...{ href: `${cluster.href}/networks/${network.id}`, cluster, status: 'operational' },
    ...{ display: network.usages.includes('display'), required: network.usages.length > 0 },
    usages: { usage: network.usages },
  }));
}

const linked = (call: Call, network: SimNetwork): WireObject => ({
  ...networkOf(call, network),
  link: linksOf(reference(call.base, 'networks', network.id).href, ['permissions', 'vnicprofiles', 'networklabels']),
});

function networkOf({ base }: Call, of: SimNetwork): WireObject {
  return {
    ...{ ...reference(base, 'networks', of.id), name: of.name, description: '', comment: '', vdsm_name: of.name },
    ...{ mtu: new Int(0), port_isolation: false, stp: false },
    usages: { usage: of.usages.filter((usage) => usage === 'vm') },
    data_center: reference(base, 'datacenters', of.dataCenterId),
  };
}

function profileOf({ base }: Call, { id, name, networkId }: SimVnicProfile): WireObject {
  const itself = reference(base, 'vnicprofiles', id);
  return {
    ...{ ...itself, name, pass_through: { mode: 'disabled' }, port_mirroring: false },
    network: reference(base, 'networks', networkId),
    network_filter: reference(base, 'networkfilters', NETWORK_FILTER_ID),
    link: linksOf(itself.href, ['permissions']),
  };
}
