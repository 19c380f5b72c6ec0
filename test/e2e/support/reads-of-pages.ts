import type { Page } from 'playwright-core';

// Functions as text: what the compiler makes of code does not exist in the page.

/** Calls a function in the page with the service's address; what it comes to. */
export function runIn(page: Page, source: string, argument: unknown): Promise<unknown> {
  return page.evaluate(`(${source})(${JSON.stringify(argument)})`);
}

/** The hosts' names as a script reads them by CORS, or `blocked`. */
export const FETCH_HOSTS = `(url) => fetch(url + '/hosts?format=json', {
  credentials: 'include',
  headers: { 'X-Requested-With': 'XMLHttpRequest' },
}).then((answer) => answer.json()).then((all) => all.error ? all.error.message : all.map(({ host }) => host.name), () => 'blocked')`;
/** The same by JSONP. */
export const LOAD_HOSTS = `(url) => new Promise((resolve) => {
  window.gotHosts = (all) => resolve(all.error ? all.error.message : all.map(({ host }) => host.name));
  const script = document.createElement('script');
  script.src = url + '/hosts?callback=gotHosts';
  script.onerror = () => resolve('blocked');
  document.head.append(script);
})`;
