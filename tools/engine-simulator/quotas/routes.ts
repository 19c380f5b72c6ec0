import type { Api } from '../api';
import { dataCenterRights } from '../places/routes';
import { visibleOne } from '../people/rights';
import { ok } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { Int, type WireObject } from '../rest/encode';
import { linksOf, reference } from '../rest/references';
import type { SimQuota } from './data';

/** `/datacenters/ID/quotas`: nothing at all for whoever is no administrator. */
export function register(api: Api): void {
  if (api.engine.personality.major < 4) return;
  const { data } = api.engine;
  api.get('/datacenters/:id/quotas', (call) => {
    const { id } = visibleOne(call, data.dataCenters, pathId(call), dataCenterRights(call));
    if (call.filtered) return { status: 204 };
    return ok({ quota: data.quotas.filter((quota) => quota.dataCenterId === id).map((quota) => quotaOf(call, quota)) });
  });
}

function quotaOf({ base }: Call, { id, name, description, dataCenterId }: SimQuota): WireObject {
  const dataCenter = reference(base, 'datacenters', dataCenterId);
  const itself = reference(dataCenter.href, 'quotas', id);
  return {
    ...{ ...itself, name, description, data_center: dataCenter },
    ...{ cluster_hard_limit_pct: new Int(20), cluster_soft_limit_pct: new Int(80) },
    ...{ storage_hard_limit_pct: new Int(20), storage_soft_limit_pct: new Int(80) },
    link: linksOf(itself.href, ['permissions', 'quotastoragelimits', 'quotaclusterlimits']),
  };
}
