import { Database, Transaction } from '../../src/database';
import { valueKey } from '../../src/hosts/facts/value-key';
import { numberOf } from '../../src/search';

export const NOW = new Date('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

const STAMPS = { created_at: NOW.getTime(), updated_at: NOW.getTime() };

/** A number longer than what is indexed of it. */
export const LONG_NUMBER = '1'.repeat(201);

/** A value longer than what is indexed of it, ending in "needle". */
export const LONG_VALUE = `${'x'.repeat(250)}needle`;

interface Sample {
  name: string;
  hosts: Record<string, string | number | boolean | null>;
  reported?: { at: string; staleMinutes: number; origin: string };
  facts: Record<string, string>;
  /** Beside those of the report's origin. */
  ansibleFacts?: Record<string, string>;
}

/** Numbers that are written otherwise, or that no computer's number tells apart. */
const NUMERALS = {
  web1: {
    version: '3.10',
    bigid: '9007199254740993',
    hash: '12e3',
    zero: '007',
    memory: '4096',
    long: LONG_NUMBER,
  },
  web2: {
    version: '3.1',
    bigid: '9007199254740992',
    hash: '12000',
    zero: '7',
    memory: '8192',
    long: `${LONG_NUMBER.slice(1)}2`,
  },
};

const SAMPLES: Sample[] = [
  {
    name: 'web1',
    hosts: { certname: 'web1.cert', comment: 'rack A_1', uuid: '58ad9d2d-013a-00aa-018f-00000000022e', ip: '10.0.0.1' },
    reported: { at: '2026-03-01T11:50:00Z', staleMinutes: 35, origin: 'Puppet' },
    facts: { color: 'green', size: '5', mixed: '10', 'os::name': 'Rocky', twice: 'a', ...NUMERALS.web1 },
    ansibleFacts: { twice: 'b' },
  },
  {
    name: 'web2',
    hosts: { comment: 'rack AB1', ip: '10.0.0.2', mac: '52:54:00:aa:bb:02', failed: 3, applied: 1 },
    reported: { at: '2026-03-01T09:00:00Z', staleMinutes: 35, origin: 'Puppet' },
    facts: { color: 'gold', size: '10', mixed: 'abc', 'os::name': 'Rocky', ...NUMERALS.web2 },
  },
  {
    name: 'web3',
    hosts: { comment: '50% of c:\\temp', enabled: false, pending: 1, failed_restarts: 2 },
    reported: { at: '2026-02-27T06:00:00Z', staleMinutes: 35, origin: 'Puppet' },
    facts: { color: 'Green', size: '5.0', note: LONG_VALUE },
  },
  {
    name: 'db1',
    hosts: { uuid: 'db1-uuid', comment: 'Käse, "fine"', skipped: 77, restarted: 1 },
    reported: { at: '2026-03-01T00:30:00Z', staleMinutes: 1445, origin: 'Ansible' },
    facts: { size: 'tiny', empty: '', mixed: '9' },
  },
  { name: 'db2', hosts: {}, facts: {} },
];

const LABELS = {
  operating_systems: [
    { name: 'Rocky', major: '9', minor: '4', title: 'Rocky 9.4', hosts: ['web1'] },
    { name: 'Rocky', major: '10', minor: '0', title: 'Rocky 10.0', hosts: ['web2'] },
    { name: 'CentOS', major: '7', minor: '9', title: 'CentOS 7.9', hosts: ['web3'] },
    { name: 'Debian', major: '12', minor: '', title: 'Debian 12', hosts: ['db1'] },
  ],
  hostgroups: [
    { name: 'frontend', title: 'web/frontend', hosts: ['web1'] },
    { name: 'backend', title: 'web/backend', hosts: ['web2'] },
    { name: 'frontend', title: 'mail/frontend', hosts: ['web3'] },
  ],
  architectures: [{ name: 'x86_64', hosts: ['web1', 'web2', 'web3', 'db1'] }],
  models: [{ name: 'KVM', hosts: ['web1', 'web2'] }],
  domains: [{ name: 'example.com', hosts: ['web1', 'db1'] }],
  environments: [
    { name: 'production', hosts: ['web1', 'web2'] },
    { name: 'staging', hosts: ['web3'] },
  ],
};

/** Host, who tells of its VM, what: web1 is known to be engine1's, of db1 it is not known whose VM it is. */
const VIRTUAL_MACHINES: [string, string, string, number, number][] = [
  ['web1', 'engine2', 'Copy of shop', 16, 9],
  ['web1', 'engine1', 'Shop front', 4, 0],
  ['db1', 'engine3', 'Ledger', 2, 8],
  ['db1', 'engine2', 'Old ledger', 1, 7],
];

/** Five hosts that differ in all that search looks at; the last has never reported and has nothing. */
export async function addSearchHosts(database: Database): Promise<void> {
  await database.unitOfWork.run(async (tx) => {
    for (const sample of SAMPLES) await addHost(tx, sample);
    const engine_id = await insert(tx, 'engines', { created_at: NOW.getTime(), origin: 'https://engine.example.com' });
    const engine = { name: 'engine1', engine_id, url: '', username: '', sealed_password: '', ...STAMPS };
    const labels = { ...LABELS, compute_resources: [{ ...engine, hosts: ['web1', 'web2'] }] };
    for (const [table, rows] of Object.entries(labels)) {
      for (const { hosts, ...row } of rows) {
        const id = await insert(tx, table, row);
        const column = `${table.slice(0, -1)}_id`;
        for (const host of hosts) await tx.execute(`UPDATE hosts SET ${column} = ? WHERE name = ?`, [id, host]);
      }
    }
    await insert(tx, 'compute_resources', { ...engine, name: 'engine2' });
    await insert(tx, 'compute_resources', { ...engine, name: 'engine3' });
    for (const [host, computeResource, name, vcpus, seenAt] of VIRTUAL_MACHINES)
      await tx.execute(
        `INSERT INTO virtual_machines (compute_resource_id, vm_id, name, status, vcpus, memory_bytes, snapshot, seen_at)
         SELECT c.id, h.uuid, ?, 'up', ?, 8589934592, '{}', ? FROM hosts h, compute_resources c WHERE h.name = ? AND c.name = ?`,
        [name, vcpus, seenAt, host, computeResource],
      );
  });
}

async function addHost(tx: Transaction, { name, hosts, reported, facts, ansibleFacts = {} }: Sample): Promise<void> {
  const at = reported ? Date.parse(reported.at) : null;
  const hostId = await insert(tx, 'hosts', {
    name,
    ...STAMPS,
    last_report_at: at,
    stale_at: reported && at !== null ? at + reported.staleMinutes * MINUTE : null,
    origin: reported?.origin ?? null,
    ...hosts,
  });
  const ofOrigin = (origin: string, of: Record<string, string>) =>
    Object.entries(of).map(([fact, value]) => ({ origin, fact, value }));
  const all = [...ofOrigin(reported?.origin ?? 'Puppet', facts), ...ofOrigin('Ansible', ansibleFacts)];
  for (const { origin, fact, value } of all) {
    const [known] = await tx.query<{ id: number }>('SELECT id FROM fact_names WHERE name = ? AND origin = ?', [
      fact,
      origin,
    ]);
    const nameId = known?.id ?? (await insert(tx, 'fact_names', { name: fact, origin }));
    await tx.execute(
      'INSERT INTO fact_values (host_id, fact_name_id, value, value_key, number) VALUES (?, ?, ?, ?, ?)',
      [hostId, nameId, value, valueKey(value), numberOf(value)],
    );
  }
}

async function insert(
  tx: Transaction,
  table: string,
  row: Record<string, string | number | boolean | null>,
): Promise<number> {
  const columns = Object.keys(row);
  const [stored] = await tx.query<{ id: number }>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) RETURNING id`,
    Object.values(row),
  );
  if (!stored) throw new Error(`${table}: nothing was stored`);
  return stored.id;
}
