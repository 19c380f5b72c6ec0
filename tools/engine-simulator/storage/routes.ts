import type { Api } from '../api';
import { dataCenterRights } from '../places/routes';
import { visible, visibleOne } from '../people/rights';
import { ok } from '../rest/answer';
import { pathId, type Call } from '../rest/call';
import { listed } from '../rest/search';
import { domainPlace } from './domains';
import { attachedDomainOf, domainOf } from './representation';

const FIELDS = { name: (of: { name: string }) => of.name, id: (of: { id: string }) => of.id };

/** `/storagedomains` and `/datacenters/ID/storagedomains`. */
export function register(api: Api): void {
  const { data } = api.engine;
  const seen = (call: Call) => visible(call, data.storageDomains, domainPlace);
  api.get('/storagedomains', (call) => {
    const found = listed(call, seen(call), { fields: FIELDS, sortedBy: 'name' });
    return ok({ storage_domain: found.map((domain) => domainOf(call, domain)) });
  });
  api.get('/storagedomains/:id', (call) =>
    ok(domainOf(call, visibleOne(call, data.storageDomains, pathId(call), domainPlace))),
  );
  api.get('/datacenters/:id/storagedomains', (call) => {
    const { id } = visibleOne(call, data.dataCenters, pathId(call), dataCenterRights(call));
    const inside = seen(call).filter(({ dataCenterId }) => dataCenterId === id);
    return ok({ storage_domain: inside.map((domain) => attachedDomainOf(call, domain)) });
  });
}
