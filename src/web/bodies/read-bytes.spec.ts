import type { Request } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { readBytes } from './read-bytes';

describe('readBytes', () => {
  const server = createServer();
  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => server.close());

  it('refuses the body of a caller who has hung up before it is asked for', async () => {
    const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
    caller.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{');
    const [request] = (await once(server, 'request')) as [Request];
    request.on('error', () => undefined);
    const gone = new Promise((resolve) => request.once('close', resolve));
    caller.destroy();
    await gone;
    const read = readBytes(request, { most: 100, unpack: false, because: '' }, () => undefined);
    await expect(read).rejects.toMatchObject({ code: 'bad_request' });
  });
});
