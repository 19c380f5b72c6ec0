// @ts-check
import { hostName, hostUuid } from './bodies.mjs';
import { latency } from './load.mjs';
import { row } from './compare.mjs';

/** Single conditions of every kind on the filled database (filling.mjs): of one host, of up to 1,000, of many, of none; lists too. */
const CONDITIONS = [
  `name ^ (${several(50, (i) => hostName(4700 + i))})`,
  `uuid ^ (${several(50, (i) => hostUuid(4700 + i))})`,
  'hostgroup ^ (frontend, postgres)',
  `ip !^ (${several(50, (i) => `10.0.18.${i}`)})`,
  `last_report ^ (${several(12, (i) => `2012-${i + 1}`)}, today)`,
  `facts.serialnumber ^ (${several(50, (i) => `SN000${4700 + i}`)})`,
  `facts.uptime_days ^ (${several(50, (i) => i)})`,
  `^ (${several(50, (i) => hostName(4700 + i))})`,
  `name = ${hostName(4711)}`,
  `uuid = ${hostUuid(4711)}`,
  'name ~ host0047',
  'name ~ 4711',
  'name !~ 4711',
  'host00471',
  'ip = 10.0.18.103',
  'ip ~ 10.0.18.',
  'mac = 00:1a:4a:00:12:67',
  'hostgroup = web/frontend',
  'os = Debian',
  'os_major = 9',
  'status.enabled = false',
  'status.failed > 0',
  'status.pending = 2',
  'status.recent = true',
  'status.out_of_sync = true',
  'not has last_report',
  'last_report > "30 minutes ago"',
  'last_report < "2 days ago"',
  'origin = Ansible',
  'comment ~ nobody',
  'facts.serialnumber = SN0004711',
  'facts.region = region47',
  'facts.rack ~ rack47',
  'facts.rack !~ rack47',
  'facts.uptime_days = 47',
  'facts.memorysize_mb > 16000',
  'facts.kernel = Linux',
  'has facts.absent',
];
const TIMES = 15;

/** A page of 20 for each condition beside a lookup by primary key, all through the same route. */
export async function searchRows(bench) {
  const byId = await page(bench, 'id = 4711');
  const target = `< 10 × ${byId.median.toFixed(1)} ms`;
  const rows = [row('page of hosts, id = 4711', { measured: `${byId.median.toFixed(1)} ms, ${byId.hits} hit` })];
  for (const search of CONDITIONS) {
    const { median, hits } = await page(bench, search);
    const few = hits <= 1_000;
    const measured = `${median.toFixed(1)} ms, ${hits} hits`;
    const passed = median < (few ? Math.min(100, 10 * byId.median) : 100);
    rows.push(row(`… ${shortened(search)}`, { target: few ? target : '< 100 ms', measured, passed }));
  }
  return rows;
}

function shortened(search) {
  return search.length > 60 ? `${search.slice(0, 40)}…, ${search.split(',').length} values` : search;
}

/** `count` values of a list. */
function several(count, value) {
  return Array.from({ length: count }, (_, i) => value(i)).join(', ');
}

async function page({ service, cookie }, search) {
  const url = `${service.url}/api/v2/hosts?per_page=20&search=${encodeURIComponent(search)}`;
  const headers = { cookie };
  const { subtotal } = /** @type {{ subtotal: number }} */ (await (await fetch(url, { headers })).json());
  const { median } = await latency({ url, headers, amount: TIMES });
  return { median, hits: subtotal };
}
