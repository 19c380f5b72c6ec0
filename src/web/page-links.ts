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

export function hostLink(urls: Urls, name: string): string {
  return urls.url(`/hosts/${encodeURIComponent(name)}/ovirt`);
}

export function graphsLink(urls: Urls, name: string, days: number): string {
  return urls.url(`/hosts/${encodeURIComponent(name)}/graphs/ovirt?range=${days}`);
}

export function reportLink(urls: Urls, id: number): string {
  return urls.url(`/reports/${id}`);
}
