import express from 'express';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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
