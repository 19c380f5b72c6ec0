// @ts-check
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findPostgres } from './setup.mjs';

/**
 * Starts a PostgreSQL cluster of its own in the temporary directory, on a free port of 127.0.0.1.
 *
 * @param {{ durable?: boolean }} options durable: commits reach the disk, as in production (off: fast, for tests)
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` names the server's `postgres` database;
 *   `stop` ends the server and removes its files
 * @throws Error without Debian's package postgresql, or with the server's last words when it does not start
 */
export async function startPostgres({ durable = false } = {}) {
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const owner = unprivileged();
  const home = mkdtempSync(join(tmpdir(), 'foreman-ovirt-pg-'));
  const asOwner = { ...owner, cwd: home };
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of owner.uid === undefined ? [] : [home, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const data = join(home, 'data');
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    ].concat('--no-sync'),
    { ...asOwner, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    shared_buffers: '256MB',
    max_connections: 100,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
    ...asOwner,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const removeFiles = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const killNow = () => {
    server.kill('SIGQUIT');
    removeFiles();
  };
  process.once('exit', killNow);
  await ready(server);
  const stop = async () => {
    process.removeListener('exit', killNow);
    if (server.exitCode === null) {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
    removeFiles();
  };
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
}

/** PostgreSQL refuses to run as root: then it runs as Debian's user `postgres`, else `nobody`. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const idOf = (kind) => Number(execFileSync('id', [kind, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    try {
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a user postgres nor nobody.');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the server says that it accepts connections; keeps reading so that its pipe never fills. */
function ready(server) {
  const said = [];
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`)));
    createInterface({ input: server.stderr }).on('line', (line) => {
      if (said.push(line) > 20) said.shift();
      if (line.includes('ready to accept connections')) resolve();
    });
  });
}

/**
 * `node scripts/postgres.mjs npx jest …` runs the command with DB and DATABASE_URL of a cluster that ends with it.
 *
 * @param {string[]} command
 */
async function main([program, ...args]) {
  if (!program) throw new Error('Usage: node scripts/postgres.mjs COMMAND [ARGUMENT…]');
  process.on('SIGINT', () => {});
  process.once('SIGTERM', () => process.exit(143));
  const postgres = await startPostgres();
  try {
    const env = { ...process.env, DB: 'postgres', DATABASE_URL: postgres.url };
    const [code] = await once(spawn(program, args, { stdio: 'inherit', env }), 'exit');
    process.exitCode = code ?? 1;
  } finally {
    await postgres.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
