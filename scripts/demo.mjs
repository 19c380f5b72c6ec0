// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from './build.mjs';
import { startService } from './service.mjs';
import { ensureNativeModules, ensureNodeModules, root } from './setup.mjs';

const require = createRequire(import.meta.url);
const fromTools = (path) => require(join(root, 'dist-tools', path));
const folder = join(root, '.demo');
const password = process.env.ADMIN_PASSWORD ?? 'demo-admin-password';
const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
const basePath = (process.env.BASE_PATH ?? '/foreman').replace(/\/$/, '');
const webadminVersion = process.env.WEBADMIN_VERSION ?? '4.5';
const webadminPort = Number(process.env.WEBADMIN_PORT ?? 8080);
const webadminLogin = { user: 'admin@internal', password: 'admin-password' };
const liveEveryMs = 20_000;
const connections = 8;

/**
 * Sets up, starts the service on its own database and a simulated engine with webadmin, registers the one with the
 * other, fills the service through the upload API and keeps its hosts reporting.
 */
async function main(stopped) {
  ensureNodeModules();
  await Promise.all([ensureNativeModules(), build()]);
  mkdirSync(folder, { recursive: true });
  const service = await startService({
    BASE_PATH: basePath,
    DATABASE_URL: `sqlite:${join(folder, 'foreman-ovirt.sqlite')}`,
    ADMIN_PASSWORD: password,
    REPORT_INTERVAL_MINUTES: '30,ansible=1440',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    LOG_FORMAT: process.env.LOG_FORMAT ?? 'pretty',
  });
  const crashed = service.exited.then((code) => {
    if (!stopped.aborted) throw new Error(`The service ended with ${code}; its message stands above.`);
  });
  let webadmin;
  try {
    webadmin = await startEngine(service.origin);
    const engine = await registerEngine(service.url, webadmin);
    welcome(service.url, webadmin.url);
    await Promise.race([crashed, keepFilled(service.url, engine, stopped)]);
  } finally {
    await Promise.all([webadmin?.close(), service.stop()]);
  }
}

/** The simulated engine, with webadmin and the service's pages on its origin. */
async function startEngine(serviceOrigin) {
  const { startWebadmin } = fromTools('tools/engine-simulator/start-webadmin');
  const { versions } = fromTools('tools/engine-simulator/webadmin/personality');
  const { demoEngine } = fromTools('scripts/seed');
  if (!versions.includes(webadminVersion)) {
    throw new Error(`WEBADMIN_VERSION: expected one of ${versions.join(', ')} (got "${webadminVersion}").`);
  }
  try {
    return await startWebadmin({
      version: webadminVersion,
      port: webadminPort,
      data: demoEngine(),
      pluginsDir: join(root, 'dist/ui-plugins'),
      assetsDir: join(root, 'dist-tools/webadmin-stand-in'),
      service: { origin: serviceOrigin, path: basePath },
      warn: (text) => console.warn(text),
    });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${webadminPort} is taken; choose another with WEBADMIN_PORT.`);
  }
}

/**
 * Makes the engine known to the service, so that webadmin's users are let in; one of an earlier start is replaced.
 *
 * @returns the address of the compute resource in the API
 */
async function registerEngine(url, { url: engineOrigin, version }) {
  const name = 'Demo engine';
  const api = `${url}/api/v2/compute_resources`;
  const { results } = await call('GET', api);
  const known = results.find((resource) => resource.name === name);
  const fields = {
    name,
    provider: 'Ovirt',
    url: engineOrigin,
    user: webadminLogin.user,
    password: webadminLogin.password,
    addresses: [engineOrigin.replace('127.0.0.1', 'localhost')],
  };
  const { id } = await call(known ? 'PUT' : 'POST', known ? `${api}/${known.id}` : api, { compute_resource: fields });
  const { provesOwner } = fromTools('tools/engine-simulator');
  const accept_readable_user = !provesOwner(version); // what an administrator of such an engine has to decide
  await call('PUT', `${url}/auth_source_ovirts/${id}`, { auth_source_ovirt: { accept_readable_user } });
  return `${api}/${id}`;
}

function welcome(url, webadminUrl) {
  console.log(`
  oVirt webadmin ${webadminVersion} (a simulated one) with Foreman in it:

    Webadmin     ${webadminUrl}/
                 as ${webadminLogin.user} with the password ${webadminLogin.password}
                 Foreman is in the menu; open a virtual machine to see Foreman Details and Foreman Graphs.

  The same pages without webadmin:

    Sign in      ${url}/users/login
                 as admin with the password ${password}
    Dashboard    ${url}/dashboard/ovirt
    Hosts        ${url}/hosts
    One host     ${url}/hosts/web01.prod.example.com/ovirt

  Machines of one's own, as mara@corp of the engine with the password mara-password:

    Machines     ${url}/virtual_machines

  Ctrl-C stops all. The data stay in .demo/ for the next start; delete that directory to begin anew.
`);
}

/** Brings the history up to now and tells which hosts are the engine's VMs, then lets hosts report as their time comes. */
async function keepFilled(url, engine, stopped) {
  const { demoUploads } = fromTools('scripts/seed');
  const stateFile = join(folder, 'filled-until');
  for (let first = true; !stopped.aborted; first = false) {
    const since = existsSync(stateFile) ? new Date(readFileSync(stateFile, 'utf8')) : undefined;
    const now = new Date();
    const startedAt = performance.now();
    const count = await send(url, demoUploads(now, since), stopped);
    if (stopped.aborted) return;
    writeFileSync(stateFile, now.toISOString());
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (first) {
      await call('PUT', `${engine}/associate`, {}, 'No VMs matched any host');
      console.log(`  ${count} uploads in ${seconds} s; the hosts keep reporting while this runs.`);
    }
    await delay(liveEveryMs, undefined, { signal: stopped }).catch(() => {});
  }
}

/** Sends the uploads over a few connections at once and counts them; one that was stored before is no fault. */
async function send(url, uploads, stopped) {
  let count = 0;
  const worker = async () => {
    for (const { method, path, body } of uploads) {
      if (stopped.aborted) return;
      await call(method, `${url}${path}`, body, 'has already been taken');
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count;
}

/** One request as the administrator; an answer that is no success throws, unless it says what may be forgiven. */
async function call(method, url, body, forgiven) {
  const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const answer = await response.text();
  if (response.ok) return JSON.parse(answer);
  if (forgiven && answer.includes(forgiven)) return undefined;
  throw new Error(`${method} ${url} was answered with ${response.status}: ${answer}`);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort());
try {
  await main(stopping.signal);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
