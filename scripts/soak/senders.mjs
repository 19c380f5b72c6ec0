// @ts-check
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'undici';

/**
 * Ways to send requests `{ method, path, headers, body }` to the service whose base is `url`.
 * @typedef {{ status: number, text: string }} Answer
 */

/** @returns {Promise<Answer & { response: Response }>} */
export async function send(url, { path, ...init }) {
  const response = await fetch(url + path, { redirect: 'manual', ...init });
  return { response, status: response.status, text: await response.text() };
}

/** Sends it, of its body half, and hangs up so much later. */
export async function hangUp(url, { method, path, headers, body = '' }, afterMs) {
  const { hostname, port, pathname } = new URL(url);
  const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers, ...length });
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  const head = `${method} ${pathname}${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
  socket.write(`${head}\r\n${body.slice(0, Math.ceil(body.length / 2))}`);
  await delay(afterMs);
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}

/**
 * Sends all of them on one connection without waiting for answers.
 * @param {number} [cutAfterMs] hangs up then
 * @returns {Promise<(Answer | undefined)[]>} undefined: not answered
 */
export async function sendInLine(url, requests, cutAfterMs) {
  const { origin, pathname } = new URL(url);
  const client = new Client(origin, { pipelining: requests.length });
  const asked = requests.map(async ({ path, ...init }) => {
    const request = { method: 'GET', path: pathname + path, ...init, idempotent: true, blocking: false };
    const { statusCode, body } = await client.request(request);
    return { status: statusCode, text: await body.text() };
  });
  const settled = Promise.allSettled(asked);
  if (cutAfterMs !== undefined) {
    await delay(cutAfterMs);
    await client.destroy();
  }
  const answers = (await settled).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined));
  await client.close().catch(() => undefined);
  return answers;
}
