// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { root } from './setup.mjs';

const usage = `Runs the contract of the engine's ports against a living engine, and leaves nothing behind in it.

  npm run check:engine -- https://engine.example.com --user admin@internal --data-center NAME [--ca FILE]

The data center must be up and have a cluster, an active data domain and a host. The user's password is read from standard
input. Interrupted, it removes what it has made before it ends.`;

/** @param {string[]} args */
async function main(args) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { user: { type: 'string' }, 'data-center': { type: 'string' }, ca: { type: 'string' } },
  });
  const [url] = positionals;
  const { user, 'data-center': dataCenter, ca } = values;
  if (!url || !user || !dataCenter) throw new Error(usage);
  const folder = mkdtempSync(join(tmpdir(), 'check-engine-'));
  const env = {
    ...process.env,
    CHECK_ENGINE_URL: url,
    CHECK_ENGINE_USER: user,
    CHECK_ENGINE_PASSWORD: await readPassword(user),
    CHECK_ENGINE_DATA_CENTER: dataCenter,
    CHECK_ENGINE_CA: ca ? readFileSync(ca, 'utf8') : '',
    CHECK_ENGINE_STOP_FILE: join(folder, 'stop'),
  };
  const jest = ['jest', '--selectProjects', 'unit', '--runTestsByPath', 'test/parts/engine-contract.test.ts'];
  // In a group of its own, which the terminal's Ctrl-C does not reach.
  const child = spawn('npx', jest, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      writeFileSync(env.CHECK_ENGINE_STOP_FILE, '');
      console.error('It is being stopped: what was made is removed first');
    });
  const [code] = await once(child, 'close');
  rmSync(folder, { recursive: true });
  process.exitCode = code ?? 1;
}

/** From a terminal without showing it. */
async function readPassword(user) {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(`Password of ${user}: `);
  const lines = createInterface({ input: process.stdin, terminal: isTerminal });
  try {
    const [line] = await once(lines, 'line');
    return line;
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
