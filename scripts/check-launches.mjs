// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { startService } from './service.mjs';
import { ensureNativeModules, ensureNodeModules, root } from './setup.mjs';

const PASSWORD = 'storm-admin-password';
const SECRET_KEY = 'storm-secret-key-storm-secret-key';

/**
 * Launches, power-cycles, cancels and removes VMs of a simulated engine without end while processes of the service are killed
 * (`kill -9`) and started anew; exits with 1 when a VM is doubled, forgotten or missing, or an operation does not end.
 * `npm run check:launches -- [kills] [postgres]`; on PostgreSQL two instances run, of which one is killed at a time.
 */
async function main(args) {
  ensureNodeModules();
  await Promise.all([ensureNativeModules(), build()]);
  const { Storm } = createRequire(import.meta.url)(join(root, 'dist-tools/scripts/launches/storm.js'));
  const kills = Number(args.find((each) => /^\d+$/.test(each)) ?? 100);
  const postgres = args.includes('postgres') ? await startPostgres({ durable: true }) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-launches-'));
  const databaseUrl = postgres?.url ?? `sqlite:${join(folder, 'launches.sqlite')}`;
  const storm = new Storm({
    start: () => instance(databaseUrl),
    instances: postgres ? 2 : 1,
    kills,
    administrator: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
    say: (text) => console.log(text),
  });
  try {
    const { ends, endless, vms, forgotten, doubled, missing, seconds } = await storm.run();
    console.log(`${kills} kills in ${seconds.toFixed(0)} s on ${postgres ? 'PostgreSQL, two instances' : 'SQLite'}`);
    for (const [what, count] of Object.entries(ends).sort()) console.log(`${what}: ${count}`);
    console.log(`${vms} VMs are there at the end.`);
    const faults = { doubled, forgotten, missing, 'without end': endless };
    for (const [what, found] of Object.entries(faults)) console.log(`${what}: ${found.length}`, ...found.slice(0, 20));
    process.exitCode = Object.values(faults).some((found) => found.length > 0) ? 1 : 0;
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of the service on a free port. */
async function instance(databaseUrl) {
  const { url, pid, exited } = await startService({
    DATABASE_URL: databaseUrl,
    ADMIN_PASSWORD: PASSWORD,
    SECRET_KEY,
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'pretty',
    PORT: String(await freePort()),
  });
  const kill = async () => {
    process.kill(pid, 'SIGKILL');
    await exited;
  };
  return { url, kill };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

await main(process.argv.slice(2));
