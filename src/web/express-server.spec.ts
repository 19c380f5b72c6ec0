import express from 'express';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expressServer } from './express-server';

it('hands over requests and responses that have the prototypes which Express would set', async () => {
  const app = express().get('/hosts', (request, response) => void response.json({ query: request.query }));
  const server = expressServer(app);
  const arrived: unknown[] = [];
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    arrived.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/hosts?search=web`);
    expect(await answer.json()).toEqual({ query: { search: 'web' } });
  } finally {
    server.close();
  }
  expect(arrived[0]).toBe(app.request);
  expect(arrived[1]).toBe(app.response);
});

describe('a caller who does not go on', () => {
  const PATIENCE = { headerMs: 100, bodyIdleMs: 100, requestMs: 60_000, checkedEveryMs: 20 };
  const HEADER = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n';
  let server: Server;
  beforeAll(async () => {
    const app = express()
      .post('/', (request, response) => void request.on('end', () => response.send('whole')).resume())
      .post('/early', (_, response) => void response.send('early'))
      .post('/never', (request) => void request.resume());
    server = expressServer(app, undefined, PATIENCE);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => server.close());

  /** What is answered until the connection is closed. */
  async function answerTo(sent: string): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).write(sent);
    await once(socket, 'close');
    return answer;
  }

  it.each([
    ['after connecting', ''],
    ['within a header', HEADER],
  ])('%s is cut off', async (_, sent) => {
    expect(await answerTo(sent)).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  it('within a body is cut off, and after the answer, too, where that came first', async () => {
    expect(await answerTo(`${HEADER}\r\nabc`)).toBe('');
    expect(await answerTo(`${HEADER.replace('/', '/early')}\r\nabc`)).toContain('early');
  });

  it('is waited for while the service works: it has sent all', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(`${HEADER.replace('/', '/never')}\r\n0123456789`);
    await answerTo(`${HEADER}\r\nabc`); // takes as long as a body is waited for
    await answerTo(`${HEADER}\r\nabc`);
    expect(socket.closed).toBe(false);
    socket.destroy();
  });

  it('goes on in time and is answered, several times on one connection', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    for (let times = 0; times < 3; times += 1) {
      socket.write(`${HEADER}\r\n01234`);
      socket.write('56789');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toContain('whole');
    }
    socket.destroy();
  });
});
