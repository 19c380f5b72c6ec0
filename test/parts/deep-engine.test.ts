import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { EngineBench, engineErrorOf } from '../support/engine-simulators';

const bench = new EngineBench();
let server: Server;
let body: string;
beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(body));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  await bench.close();
  server.close();
});

it.each([
  ['brackets', '['.repeat(8_000_000)],
  ['objects in objects', '{"a":'.repeat(1_600_000)],
  ['more values than any engine has', `{"product_info":[${'{},'.repeat(2_600_000)}{}]}`],
])('an engine that answers 8 MB of %s is refused, and others have their turn meanwhile', async (_, answer) => {
  body = answer;
  const { port } = server.address() as AddressInfo;
  let refused = false;
  const error = engineErrorOf(bench.client({ url: `http://127.0.0.1:${port}`, ca: '' }).confirm('any')).finally(
    () => (refused = true),
  );
  let turns = 0;
  for (; !refused; turns += 1) await fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' });
  expect(await error).toMatchObject({ kind: 'too_large' });
  expect(turns).toBeGreaterThan(1);
});
