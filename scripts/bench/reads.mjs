// @ts-check
import { hostName, hostUuid } from './bodies.mjs';
import { beside, row } from './compare.mjs';
import { reportsInRange } from './filling.mjs';
import { latency } from './load.mjs';

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

/** How long the dashboard's figures are remembered, and some more. */
const FORGOTTEN_MS = 5_200;

/** The dashboard as many look at it, and with all figures counted anew. */
export async function dashboard({ service, cookie }) {
  const load = { url: `${service.url}/dashboard/ovirt`, headers: { cookie } };
  return {
    shared: await latency({ ...load, amount: 200 }),
    anew: await latency({ ...load, amount: 5, pauseMs: FORGOTTEN_MS }),
  };
}

/** The dashboard's time on the big database, and how it grew from the small one. */
export function dashboardRows(small, big) {
  const told = ({ median, slowest }) => `${median.toFixed(1)} ms (slowest ${slowest.toFixed(0)} ms)`;
  return [
    row('dashboard, 1,000 hosts', { measured: told(small.shared) }),
    row('dashboard, 100,000 hosts', { target: '< 60 ms', measured: told(big.shared), passed: big.shared.median < 60 }),
    growth(small.shared, big.shared),
    row('dashboard counted anew, 1,000', { measured: told(small.anew) }),
    row('dashboard counted anew, 100,000', { measured: told(big.anew) }),
    growth(small.anew, big.anew),
  ];
}

function growth(small, big) {
  const times = big.median / small.median;
  return row('… grown by', { target: '≤ 20', measured: times.toFixed(1), passed: times <= 20 });
}
