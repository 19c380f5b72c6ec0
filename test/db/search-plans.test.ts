import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTITIES } from '../../src/app.entities';
import { Database } from '../../src/database';
import { hostFields } from '../../src/hosts/host-search.fields';
import { compileSearch, parseSearch } from '../../src/search';
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

/** The steps of counting what a search finds. */
async function plan(text: string, facts?: 'oneByOne'): Promise<string[]> {
  const where = compileSearch(parseSearch(text), hostFields, { dialect: 'sqlite', now: NOW, facts });
  const steps = await database.query<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT count(*) FROM hosts WHERE ${where.sql}`,
    where.params,
  );
  return steps.map(({ detail }) => detail);
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
    ['facts.a = x', 'idx_fact_values_text (fact_name_id=? AND value_key=? AND number=?)'],
    ['facts.a = 5', 'idx_fact_values_number (fact_name_id=? AND number=? AND value_key=?)'],
    ['facts.a ^ (5, 6)', 'idx_fact_values_number (fact_name_id=? AND number=?'],
    ['facts.a != 5', 'COVERING INDEX idx_fact_values_number (fact_name_id=? AND number>?)'],
    ['facts.a > 5', 'idx_fact_values_number (fact_name_id=? AND number>?)'],
    ['facts.a > x', 'idx_fact_values_text (fact_name_id=? AND value_key>?)'],
    ['facts.a ~ x', 'COVERING INDEX idx_fact_values_text (fact_name_id=?)'],
    ['facts.a ~ x', 'idx_fact_values_long (fact_name_id=?)'],
    ['has facts.a', 'COVERING INDEX idx_fact_values_text (fact_name_id=?)'],
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

  it("asks a host's facts one by one by their key", async () => {
    const steps = await plan('facts.a !~ x', 'oneByOne');
    expect(steps.filter((step) => step.includes(' fact_values '))).toEqual(
      Array(3).fill('SEARCH fact_values USING PRIMARY KEY (host_id=? AND fact_name_id=?)'),
    );
  });
});
