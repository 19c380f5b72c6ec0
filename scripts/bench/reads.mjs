import { hostName, hostUuid } from './bodies.mjs';
import { reportsInRange } from './filling.mjs';
import { beside, row } from './compare.mjs';

/** Host lookups as the webadmin plugin makes them, and the host page, each beside a ready text of the same size. */
export async function lookupRows(bench) {
  const search = (n) => encodeURIComponent(`uuid = ${hostUuid(n)} or name = ${hostName(n)}`);
  const paths = Array.from({ length: 500 }, (_, index) => `/hosts?format=json&search=${search(index * 190 + 2)}`);
  const lookup = await beside(bench, { paths, connections: 32 });
  const page = await beside(bench, { paths: [`/hosts/${hostName(1)}/ovirt?range=7`], connections: 32 });
  return [
    row('host lookup, 32 connections', { target: '≥ 0.4', ...lookup, passed: lookup.ratio >= 0.4 }),
    row(`host page, ${reportsInRange} reports`, { target: '≥ 0.1', ...page, passed: page.ratio >= 0.1 }),
  ];
}

/** The dashboard's time on the big database, and how it grew from the small one. */
export function dashboardRows(small, big) {
  const growth = big.median / small.median;
  const told = ({ median, slowest }) => `${median.toFixed(1)} ms (slowest ${slowest.toFixed(0)} ms)`;
  return [
    row('dashboard, 1,000 hosts', { measured: told(small) }),
    row('dashboard, 100,000 hosts', { target: '< 60 ms', measured: told(big), passed: big.median < 60 }),
    row('… grown by', { target: '≤ 20', measured: growth.toFixed(1), passed: growth <= 20 }),
  ];
}
