// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startService } from '../service.mjs';
import { root } from '../setup.mjs';

const require = createRequire(import.meta.url);
const folder = join(root, '.bench');
export const reportsInRange = 1_500;
const minute = 60_000;

/**
 * A SQLite file with this many hosts of twenty facts and ten reports each, and one host with 1,500 of the last week. It is kept for the
 * rest of the day, while schema and filling are the same; the caller gets a copy to write to.
 *
 * @returns {Promise<string>} the copy's path
 */
export async function filledSqlite(hosts, settings) {
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, `${hosts}-${fingerprint()}.sqlite`);
  if (!existsSync(kept)) {
    for (const name of readdirSync(folder)) if (name.startsWith(`${hosts}-`)) rmSync(join(folder, name));
    const unfinished = join(folder, 'unfinished.sqlite');
    rmSync(unfinished, { force: true });
    await makeSchema({ ...settings, DATABASE_URL: `sqlite:${unfinished}` });
    const database = require('better-sqlite3')(unfinished);
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -262144');
    database.transaction(() => {
      for (const sql of statements(hosts, Date.now())) database.prepare(sql).run();
    })();
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    renameSync(unfinished, kept);
  }
  const copy = join(folder, `work-${hosts}.sqlite`);
  for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  copyFileSync(kept, copy);
  return copy;
}

/** The same in a new database of the PostgreSQL server; gives its URL. */
export async function filledPostgres(hosts, settings, serverUrl) {
  const { Client } = require('pg');
  const url = new URL(serverUrl);
  url.pathname = `/bench_${hosts}`;
  await query(Client, serverUrl, [`CREATE DATABASE bench_${hosts}`]);
  await makeSchema({ ...settings, DATABASE_URL: url.href });
  await query(Client, url.href, ['BEGIN', ...statements(hosts, Date.now()), 'COMMIT', 'VACUUM ANALYZE']);
  return url.href;
}

async function query(Client, connectionString, list) {
  const client = new Client({ connectionString });
  await client.connect();
  for (const sql of list) await client.query(sql);
  await client.end();
}

async function makeSchema(settings) {
  await (await startService(settings)).stop();
}

function fingerprint() {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10));
  const migrations = readdirSync(join(root, 'migrations')).sort();
  const files = [...migrations.map((name) => join(root, 'migrations', name)), import.meta.filename];
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** SQL that both databases understand. One host in 20 failed, one changed, one in 50 is silent, one in 100 is new. */
function statements(hosts, now) {
  const numbers = (count) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const padded = (width) => `substr(CAST(${10 ** width} + i AS text), 2)`;
  const lastReport = `${now} - (i % 1400) * ${minute} - CASE WHEN i % 50 = 7 THEN 4320 * ${minute} ELSE 0 END`;
  const reported = 'i % 100 <> 99';
  return [
    `INSERT INTO operating_systems (name, major, minor, title) VALUES ('Rocky', '9', '4', 'Rocky 9.4'), ('Debian', '12', '11', 'Debian 12.11')`,
    `INSERT INTO hostgroups (name, title) VALUES ('frontend', 'web/frontend'), ('postgres', 'db/postgres')`,
    `INSERT INTO report_texts (digest, text, last_used_at) VALUES ('bench-a', '/Stage[main]/Main/File[/srv/site]/content', ${now}), ('bench-b', 'content changed', ${now})`,
    `INSERT INTO hosts (name, certname, enabled, uuid, ip, mac, operating_system_id, hostgroup_id, created_at, updated_at,
        last_report_at, origin, stale_at, applied, failed, pending)
      ${numbers(hosts)}
      SELECT 'host' || ${padded(6)} || '.example.com', 'host' || ${padded(6)} || '.example.com', i % 200 <> 3,
        '5a4c1b20-0000-4000-8000-' || ${padded(12)}, '10.' || (i / 65536) || '.' || (i / 256 % 256) || '.' || (i % 256),
        '00:1a:4a:' || ${hex('i / 65536')} || ':' || ${hex('i / 256 % 256')} || ':' || ${hex('i % 256')},
        (SELECT min(id) FROM operating_systems) + i % 2, (SELECT min(id) FROM hostgroups) + i % 2, ${now}, ${now},
        CASE WHEN ${reported} THEN ${lastReport} END, CASE WHEN ${reported} THEN 'Puppet' END,
        CASE WHEN ${reported} THEN ${lastReport} + 1445 * ${minute} END,
        CASE WHEN i % 20 = 4 THEN 3 ELSE 0 END, CASE WHEN i % 20 = 5 THEN 1 ELSE 0 END, CASE WHEN i % 40 = 6 THEN 2 ELSE 0 END
      FROM n`,
    ...facts(),
    reports(`${numbers(10)} SELECT id AS host, last_report_at - (10 - i) * ${1440 * minute} AS at, h.applied, h.failed, i
      FROM n CROSS JOIN hosts h WHERE last_report_at IS NOT NULL ORDER BY i, last_report_at`),
    reports(`${numbers(reportsInRange)} SELECT (SELECT min(id) FROM hosts) AS host,
        ${now} - i * ${6 * minute} - 1 AS at, i % 7 AS applied, 0 AS failed, i FROM n`),
  ];
}

/** Two hexadecimal digits of a number below 256, in SQL that both databases understand. */
function hex(byte) {
  const digit = (value) => `substr('0123456789abcdef', 1 + (${value}), 1)`;
  return `${digit(`(${byte}) / 16`)} || ${digit(`(${byte}) % 16`)}`;
}

/** Twenty facts of each host, some the same for all, some for a thousand hosts, one the host's own; four are numbers. */
function facts() {
  const texts = {
    kernel: `'Linux'`,
    'os::family': `CASE i % 2 WHEN 0 THEN 'RedHat' ELSE 'Debian' END`,
    region: `'region' || (i % 100)`,
    rack: `'rack' || (i % 2000)`,
    serialnumber: `'SN' || substr(CAST(10000000 + i AS text), 2)`,
    fqdn: 'h.name',
  };
  for (let n = 1; n <= 10; n += 1) texts[`custom_${n}`] = `'value ' || (i * ${n} % 97)`;
  const numbers = {
    memorysize_mb: '(i % 32 + 1) * 1024',
    processorcount: 'i % 64 + 1',
    uptime_days: 'i % 1000',
    disks: 'i % 4 + 1',
  };
  const choice = (facts) => Object.entries(facts).map(([name, sql]) => `WHEN '${name}' THEN CAST(${sql} AS text)`);
  const isNumber = `f.name IN (${quoted(Object.keys(numbers))})`;
  const names = [...Object.keys(texts), ...Object.keys(numbers)];
  return [
    `INSERT INTO fact_names (name, origin) VALUES ${names.map((name) => `('${name}', 'Puppet')`).join(', ')}`,
    `INSERT INTO fact_values (host_id, fact_name_id, value, value_key, number)
      SELECT host_id, name_id, value, value, CASE WHEN is_number THEN CAST(value AS double precision) END FROM (
        SELECT h.id AS host_id, f.id AS name_id, ${isNumber} AS is_number,
          CASE f.name ${choice({ ...texts, ...numbers }).join(' ')} END AS value
        FROM (SELECT id, name, id - (SELECT min(id) FROM hosts) + 1 AS i FROM hosts) AS h CROSS JOIN fact_names f
        ORDER BY h.id, f.id
      ) AS made`,
  ];
}

function quoted(names) {
  return names.map((name) => `'${name}'`).join(', ');
}

function reports(source) {
  return `INSERT INTO config_reports (host_id, origin, reported_at, applied, restarted, failed, failed_restarts, skipped,
      pending, runtime, config_retrieval, metrics, logs, created_at)
    SELECT host, 'Puppet', at, applied, 0, failed, 0, 0, 0, 5.5 + i % 9, 1.25, '{"time":{"total":6.5}}',
      '[[2,' || t.source || ',' || t.message || ']]', at
    FROM (${source}) AS made
    CROSS JOIN (SELECT min(id) AS source, max(id) AS message FROM report_texts) AS t`;
}
