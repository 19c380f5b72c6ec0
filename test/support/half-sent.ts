import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { RunningApp } from './app';

/** A request of which only so much is sent; what comes back is in `answer`. */
export interface HalfSent {
  socket: Socket;
  answer: () => string;
}

/** POSTs `sent` of a body that is said to have `length` bytes. */
export async function sendHalf(
  { origin, url }: RunningApp,
  path: string,
  { length, sent = '', headers = {} }: { length: number; sent?: string; headers?: Record<string, string> },
): Promise<HalfSent> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined); // being cut off is what some tests wait for
  await once(socket, 'connect');
  const lines = Object.entries({
    host: hostname,
    'content-type': 'application/json',
    'content-length': String(length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${new URL(url).pathname}${path} HTTP/1.1\r\n${lines.join('')}\r\n${sent}`);
  return { socket, answer: () => answer };
}
