// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './setup.mjs';

/** What `npm start` gives to Node.js. */
const startArguments = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .scripts.start.split(' ')
  .slice(1);

/**
 * Starts the built service as a process of its own and waits until it answers.
 *
 * @param {Record<string, string>} env its settings, beside this process's environment
 * @param {{ readyWithinMs?: number }} options
 * @returns {Promise<{ origin: string, url: string, pid: number, readyMs: number, exited: Promise<number>,
 *   stop: () => Promise<void> }>} `url` is the origin with the base path; `exited` resolves with the exit code
 * @throws Error when it ends or does not answer in time; what it said stands above
 */
export async function startService(env, { readyWithinMs = 60_000 } = {}) {
  const settings = { HOST: '127.0.0.1', PORT: '3000', BASE_PATH: '/foreman', ...process.env, ...env };
  const startedAt = performance.now();
  // A group of its own: Ctrl-C in a terminal reaches whoever started it, who stops it once and in order.
  const child = spawn(process.execPath, startArguments, {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const exited = once(child, 'exit').then(([code]) => {
    process.removeListener('exit', killNow);
    return code;
  });
  const origin = `http://${settings.HOST}:${settings.PORT}`;
  const url = `${origin}${settings.BASE_PATH.replace(/\/$/, '')}`;
  while (!(await answers(`${url}/users/login`))) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}; its message stands above.`);
    if (performance.now() - startedAt > readyWithinMs) throw new Error(`The service does not answer at ${url}.`);
    await delay(20);
  }
  const readyMs = performance.now() - startedAt;
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return { origin, url, pid: child.pid, readyMs, exited, stop };
}

async function answers(url) {
  try {
    const response = await fetch(url, { redirect: 'manual' });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
