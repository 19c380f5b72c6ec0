/** Prefixes a path like `/hosts` with the base path the service lives under. */
export interface Urls {
  url(path: string): string;
}

export interface LinkView {
  label: string;
  href: string;
}

/** The host list that a search finds. */
export function hostsLink(urls: Urls, search: string): string {
  return urls.url(search === '' ? '/hosts' : `/hosts?search=${encodeURIComponent(search)}`);
}

/** What a host's pages show and carry along. */
export interface HostPageQuery {
  /** Days before now. */
  range?: number;
  /** Query of the host list that its reader comes from. */
  list?: string;
}

export function hostLink(urls: Urls, name: string, query: HostPageQuery = {}): string {
  return urls.url(`/hosts/${encodeURIComponent(name)}/ovirt${queryText(query)}`);
}

export function graphsLink(urls: Urls, name: string, query: HostPageQuery): string {
  return urls.url(`/hosts/${encodeURIComponent(name)}/graphs/ovirt${queryText(query)}`);
}

function queryText({ range, list }: HostPageQuery): string {
  const query = new URLSearchParams();
  if (range !== undefined) query.set('range', String(range));
  if (list !== undefined) query.set('list', list);
  return query.size === 0 ? '' : `?${query.toString()}`;
}

export function reportLink(urls: Urls, id: number): string {
  return urls.url(`/reports/${id}`);
}
