// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { Soak } from './soak/soak.mjs';
import { ensureNativeModules, ensureNodeModules, root } from './setup.mjs';

/**
 * Random requests, some of which are given up, while the service is killed again and again; exits with 1 when an answer
 * was a fault of ours, an acknowledged upload is gone, or something is held for requests that are over. `npm run soak -- [requests] [kills] [postgres]`
 */
async function main(args) {
  ensureNodeModules();
  await Promise.all([ensureNativeModules(), build()]);
  const { requestsOf, faultOf } = createRequire(import.meta.url)(join(root, 'dist-tools/scripts/soak/requests.js'));
  const [requests = 100_000, kills = 20] = args.filter((each) => /^\d+$/.test(each)).map(Number);
  const postgres = args.includes('postgres') ? await startPostgres({ durable: true }) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-soak-'));
  const soak = new Soak({
    databaseUrl: postgres?.url ?? `sqlite:${join(folder, 'soak.sqlite')}`,
    folder,
    seed: Date.now() % 2 ** 31,
    requests,
    kills,
    requestsOf,
    faultOf,
  });
  try {
    const { statuses, faults, lost, acknowledged, inFlight, seconds } = await soak.run();
    console.log(`${requests} requests, ${kills} kills in ${seconds.toFixed(0)} s, seed ${soak.seed}`);
    console.log(
      `Answers: ${[...statuses]
        .sort()
        .map(([status, count]) => `${status} × ${count}`)
        .join(', ')}`,
    );
    console.log(`Uploads acknowledged: ${acknowledged}, lost: ${lost.length}`);
    for (const fault of faults.slice(0, 20)) console.log(fault);
    console.log(`${faults.length} answers were faults of ours.`);
    console.log(`Held when all was over: ${JSON.stringify(inFlight)}`);
    const held = Object.values(inFlight).some((each) => each > 0);
    process.exitCode = faults.length + lost.length > 0 || held || acknowledged === 0 ? 1 : 0;
  } finally {
    await soak.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
