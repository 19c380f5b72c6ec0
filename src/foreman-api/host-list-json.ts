import type { z } from 'zod';
import { mayOneOf, type Actor } from '../common/actor';
import type { Page } from '../common/paging';
import { allOf, parseSearch, type SearchNode } from '../search';
import { apiPage } from '../foreman-kit';
import type { HostListQuery } from './host-api.schema';
import { hostJson } from './host-json';
import type { HostQuery, HostRecord } from '../hosts';
import { scopeOf } from './host-scope';

type Asked = z.output<typeof HostListQuery>;

/** @param within what the route itself narrows the list to @throws AppError search_syntax */
export function hostQueryOf(
  { search, order, page, per_page: perPage, hostgroup_id: hostgroup, environment_id: environment }: Asked,
  within: SearchNode | null = null,
): HostQuery {
  const scope = allOf(within, scopeOf('hostgroup', hostgroup), scopeOf('environment', environment));
  return { scope, search: parseSearch(search), order, page, perPage };
}

/** A page of hosts as Foreman's API v2 lists them (Foreman: api/v2/hosts/index.json.rabl). */
export function hostPageJson(hosts: Page<HostRecord>, query: Asked, actor: Actor): object {
  const more = Object.fromEntries(query.include.map((name) => [name, []]));
  const results = hosts.rows.map((host) =>
    query.thin ? { id: host.id, name: host.name } : { ...hostJson(host), ...more },
  );
  const can = query.include_permissions ? { can_create: false, can_edit: mayOneOf(actor, ['edit_hosts']) } : {};
  return { ...apiPage(hosts, query, results), ...can };
}
