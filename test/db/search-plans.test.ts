import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../src/app.entities';
import { Database } from '../../src/database';
import { factFields } from '../../src/hosts/facts/fact-search.fields';
import { hostFields } from '../../src/hosts/host-search.fields';
import { reportFields } from '../../src/report-pages/report-search.fields';
import { compileSearch, parseSearch, type FieldDefinitions } from '../../src/search';
import { COSTLY_FACT_SEARCHES, COSTLY_REPORT_SEARCHES, COSTLY_SEARCHES } from '../support/costly-searches';
import { NOW } from '../support/search-hosts';

// PostgreSQL plans by the rows it has, so only SQLite, whose plans follow the schema alone, can be held to them
let database: Database;
const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-plans-'));

beforeAll(async () => {
  database = await Database.open({ kind: 'sqlite', path: join(folder, 'plans.sqlite') }, ENTITIES);
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

interface Step {
  id: number;
  parent: number;
  detail: string;
}

/** The steps of counting what a search finds. */
function steps(text: string, fields: FieldDefinitions, facts?: 'oneByOne'): Promise<Step[]> {
  const where = compileSearch(parseSearch(text), fields, { dialect: 'sqlite', now: NOW, facts });
  return database.query<Step>(
    `EXPLAIN QUERY PLAN SELECT count(*) FROM ${fields.table} WHERE ${where.sql}`,
    where.params,
  );
}

const plan = async (text: string, facts?: 'oneByOne') =>
  (await steps(text, hostFields, facts)).map(({ detail }) => detail);

const isScan = ({ detail }: Step): boolean => /^SCAN (hosts|vm_hosts|fact_values|config_reports)\b/.test(detail);

/** Goes through a large table for each row of another: in a subquery that is asked for each row, or in an inner loop. */
function isSquare(step: Step, all: readonly Step[]): boolean {
  if (!isScan(step)) return false;
  const parents = new Map(all.map((each) => [each.id, each]));
  for (let above = parents.get(step.parent); above; above = parents.get(above.parent))
    if (above.detail.startsWith('CORRELATED')) return true;
  return all.some((each) => each.parent === step.parent && each.id < step.id && /^(SCAN|SEARCH) /.test(each.detail));
}

describe('SQLite', () => {
  it.each([
    ['name = web1', 'uq_hosts_name (name=?)'],
    ['certname = web1', 'uq_hosts_certname (certname=?)'],
    ['uuid = 1', 'idx_hosts_uuid (uuid=?)'],
    ['ip = 10.0.0.1', 'idx_hosts_ip (ip=?)'],
    ['mac = 52:54:00:00:00:01', 'idx_hosts_mac (mac=?)'],
    ['name ^ (a, b)', 'uq_hosts_name (name=?)'],
    ['origin = Puppet', 'idx_hosts_origin (origin=?)'],
    ['last_report > "2 days ago"', 'idx_hosts_last_report_at (last_report_at>?)'],
    ['os = CentOS', 'idx_hosts_operating_system (operating_system_id=?)'],
    ['hostgroup = web', 'idx_hosts_hostgroup (hostgroup_id=?)'],
    ['compute_resource = engine1', 'idx_hosts_compute_resource (compute_resource_id=?)'],
    ['status.enabled = false', 'idx_hosts_status (enabled=?)'],
    [
      'status.recent = true and status.enabled = true and status.pending > 0',
      'idx_hosts_status (enabled=? AND stale_at>?)',
    ],
    ['status.out_of_sync = true and status.enabled = true', 'idx_hosts_status (enabled=? AND stale_at<?)'],
    ['facts.a = x', 'idx_fact_values_fact_name (fact_name_id=? AND number=? AND value_key=?)'],
    ['facts.a = 5', 'idx_fact_values_fact_name (fact_name_id=? AND number=? AND value_key=?)'],
    ['facts.a ^ (5, 6)', 'idx_fact_values_fact_name (fact_name_id=? AND number=?'],
    ['facts.a != 5', 'COVERING INDEX idx_fact_values_fact_name (fact_name_id=?)'],
    ['facts.a > 5', 'idx_fact_values_fact_name (fact_name_id=? AND number>?)'],
    ['facts.a > x', 'idx_fact_values_fact_name (fact_name_id=? AND number=? AND value_key>?)'],
    ['facts.a ~ x', 'COVERING INDEX idx_fact_values_fact_name (fact_name_id=?)'],
    ['facts.a ~ x', 'idx_fact_values_long (fact_name_id=?)'],
    ['has facts.a', 'COVERING INDEX idx_fact_values_fact_name (fact_name_id=?)'],
    ['comment ~ x', 'SCAN hosts USING INDEX idx_hosts_commented'],
    ['web', 'SCAN hosts USING COVERING INDEX uq_hosts_name'],
    ['web', 'SCAN hosts USING INDEX idx_hosts_commented'],
    ['web', 'idx_hosts_model (model_id=?)'],
    ['^ (web1, web2)', 'uq_hosts_name (name=?)'],
  ])('answers %s by %s', async (text, index) => {
    expect(await plan(text)).toContainEqual(expect.stringContaining(index));
  });

  it.each(['uuid = 1 or name = web1', 'facts.a != x', 'facts.a ~ x', 'not has last_report and enabled = true'])(
    'answers %s without reading all hosts or facts',
    async (text) => {
      expect((await plan(text)).filter((step) => /^SCAN (hosts|fact_values)/.test(step))).toEqual([]);
    },
  );

  describe.each([
    [hostFields, COSTLY_SEARCHES],
    [reportFields, COSTLY_REPORT_SEARCHES],
    [factFields, COSTLY_FACT_SEARCHES],
  ])('the most costly searches (%#)', (fields, searches) => {
    it.each(Object.entries(searches))('%s: a large table is gone through once for each condition', async (_, text) => {
      const all = await steps(text, fields);
      expect(all.filter((step) => isSquare(step, all)).map(({ detail }) => detail)).toEqual([]);
      const scans = all.filter(({ detail }) => detail.startsWith(`SCAN ${fields.table}`));
      expect(scans.length).toBeLessThanOrEqual(fields.limits.costly + 1);
    });
  });

  it("looks up whether a report is its host's newest", async () => {
    expect((await steps('last_report = false', reportFields)).map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('SEARCH hosts USING INTEGER PRIMARY KEY'),
    );
  });

  it("asks a host's facts one by one by their key", async () => {
    const steps = await plan('facts.a !~ x', 'oneByOne');
    expect(steps.filter((step) => step.includes(' fact_values '))).toEqual(
      Array(2).fill('SEARCH fact_values USING PRIMARY KEY (host_id=? AND fact_name_id=?)'),
    );
  });
});
