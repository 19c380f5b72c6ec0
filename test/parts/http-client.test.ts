import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AllowList, HttpClient, HttpError, OneOrigin, type OutgoingPolicy } from '../../src/http-client';
import { makeCertificates } from '../../tools/engine-simulator';

const MIB = 1024 ** 2;
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.close();
});

async function listening(server: Server, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = (listener: RequestListener) => listening(createServer(listener));

function client(policy: OutgoingPolicy, ca?: string): HttpClient {
  const made = new HttpClient({ policy, tls: { ca } });
  open.push(made);
  return made;
}
const never = new AbortController().signal;
const get = (url: string) => ({ url: new URL(url), signal: never });

async function errorOf(call: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await call.then(
    () => new Error('It succeeded'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof HttpError) return error;
  throw error;
}

describe('the allow-list', () => {
  it.each([
    ['another host', 'https://elsewhere.example/'],
    ['another port', 'https://quay.example:8443/'],
    ['no TLS', 'http://quay.example/'],
    ['a host below it', 'https://cdn.quay.example/'],
    ['a listed loopback address', 'https://127.0.0.1/'],
    ['the same, written otherwise', 'https://2130706433/'],
    ['the same as IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['a listed metadata address', 'https://169.254.169.254/'],
    ['a listed unique-local address', 'https://[fd00::1]/'],
  ])('refuses %s before anything is sent', async (_, url) => {
    const list = ['quay.example', '127.0.0.1', '[::ffff:127.0.0.1]', '169.254.169.254', '[fd00::1]'];
    const { kind, message } = await errorOf(client(new AllowList(list)).request(get(url)));
    expect(kind).toBe('not_allowed');
    expect(message).toContain(new URL(url).origin);
  });

  it('refuses a listed name that turns out to be this machine, when it connects', async () => {
    let connections = 0;
    const server = createServer();
    server.on('connection', () => (connections += 1));
    const { port } = new URL(await listening(server));
    const asked = client(new AllowList([`localhost:${port}`])).request(get(`https://localhost:${port}/`));
    expect(await errorOf(asked)).toMatchObject({ kind: 'not_allowed' });
    expect(connections).toBe(0);
  });

  it('lets a site’s own address be asked, wherever it is', async () => {
    const origin = await serve((_request, response) => response.end('own'));
    const answer = await client(new AllowList([origin])).request(get(`${origin}/v2/`));
    expect(answer.text()).toBe('own');
  });

  it.each(['ftp://host', 'https://host/path', 'https://user@host', 'host/path', ''])(
    'does not start with %j as an entry',
    (entry) => expect(() => new AllowList([entry])).toThrow('neither a host name nor an address'),
  );
});

describe('redirects', () => {
  const redirecting = (target: () => string) =>
    serve((request, response) => {
      if (request.url === '/secret') response.end(JSON.stringify(request.headers));
      else response.writeHead(307, { location: target() }).end();
    });

  it('are errors that name the origin alone', async () => {
    const origin = await redirecting(() => 'https://elsewhere.example/path?token=abc');
    const { kind, message, details } = await errorOf(client(new OneOrigin(origin)).request(get(origin)));
    expect([kind, details]).toEqual(['redirect', { status: 307, target: 'https://elsewhere.example' }]);
    expect(message).not.toMatch(/path|abc/);
  });

  it('take no credentials along where they are followed, and lead to what is allowed alone', async () => {
    const other = await redirecting(() => '/secret');
    const origin = await redirecting(() => `${other}/secret`);
    const request = {
      ...get(origin),
      headers: { 'x-kept': '1' },
      credentials: { authorization: 'Bearer s' },
      redirects: 1,
    };
    const { headers } = { headers: (await client(new AllowList([origin, other])).request(request)).text() };
    expect(headers).toContain('x-kept');
    expect(headers).not.toContain('authorization');
    expect(await errorOf(client(new AllowList([origin])).request(request))).toMatchObject({ kind: 'not_allowed' });
  });
});

describe('streams', () => {
  function* zeros(mib: number) {
    for (let i = 0; i < mib; i += 1) yield Buffer.alloc(MIB);
  }
  const counted = async (source: AsyncIterable<Buffer>, seen: () => void): Promise<number> => {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      seen();
    }
    return bytes;
  };

  it('carry any size both ways in little memory', async () => {
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    const look = () => (peak = Math.max(peak, process.memoryUsage().arrayBuffers - before));
    const origin = await serve((request: IncomingMessage, response: ServerResponse) => {
      void counted(request, look).then((bytes) => {
        response.setHeader('x-received', bytes);
        Readable.from(zeros(300), { objectMode: false }).pipe(response);
      });
    });
    const body = { source: Readable.from(zeros(300), { objectMode: false }), bytes: 300 * MIB };
    const answer = await client(new OneOrigin(origin)).stream({ ...get(origin), method: 'PUT', body });
    expect(answer.header('x-received')).toBe(String(300 * MIB));
    expect(await counted(answer.body, look)).toBe(300 * MIB);
    expect(peak).toBeLessThan(100 * MIB);
  });

  it('end at the bound', async () => {
    const origin = await serve((_request, response) => void Readable.from(zeros(8)).pipe(response));
    const { body } = await client(new OneOrigin(origin)).stream(get(origin), { maxBytes: 2 * MIB });
    expect(await errorOf(buffer(body))).toMatchObject({ kind: 'too_large' });
  });

  it.each(['before the answer', 'within it'])('fail when the other side stands still %s', async (when) => {
    const origin = await serve((_request, response) => {
      if (when === 'within it') response.write('x');
    });
    const asked = client(new OneOrigin(origin)).stream(get(origin), { idleMs: 50 });
    expect(await errorOf(asked.then(({ body }) => buffer(body)))).toMatchObject({ kind: 'timeout' });
  });

  it('fail when the other side takes no more of what is sent', async () => {
    const origin = await serve(() => undefined);
    const body = { source: Readable.from(zeros(64), { objectMode: false }), bytes: 64 * MIB };
    const asked = client(new OneOrigin(origin)).stream({ ...get(origin), method: 'PUT', body }, { idleMs: 50 });
    expect(await errorOf(asked)).toMatchObject({ kind: 'timeout' });
  });

  it('fail with what their source fails with', async () => {
    const origin = await serve((request) => void request.resume());
    const fault = new Error('the disk is full');
    const source = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.alloc(10));
        throw fault;
      })(),
      { objectMode: false },
    );
    const asked = client(new OneOrigin(origin)).stream({ ...get(origin), method: 'PUT', body: { source, bytes: 20 } });
    await expect(asked).rejects.toBe(fault);
  });

  it('that nobody reads are given up', async () => {
    let givenUp: () => void;
    const gone = new Promise<void>((resolve) => (givenUp = resolve));
    const origin = await serve((_request, response) => {
      response.once('close', () => givenUp());
      const source = Readable.from(zeros(64), { objectMode: false });
      source.on('error', () => undefined).pipe(response);
    });
    const { body } = await client(new OneOrigin(origin)).stream(get(origin));
    body.destroy();
    await expect(gone).resolves.toBeUndefined();
  });

  it('end with the caller’s own reason', async () => {
    const origin = await serve((_request, response) => void response.write('x'));
    const controller = new AbortController();
    const { body } = await client(new OneOrigin(origin)).stream({ ...get(origin), signal: controller.signal });
    const read = buffer(body);
    controller.abort(new Error('Enough'));
    await expect(read).rejects.toThrow('Enough');
  });
});

describe('a proxy', () => {
  /** Notes what it is asked for, and asks this machine whatever the name is. */
  async function proxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(`proxied ${request.headers.authorization}`);
    });
    server.on('connect', (request, socket, head) => {
      asked.push(`CONNECT ${request.url}`);
      const port = Number(new URL(`http://${request.url}`).port);
      const upstream = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).on('error', () => upstream.destroy());
        socket.pipe(upstream).on('error', () => socket.destroy());
      });
    });
    return { url: await listening(server), asked };
  }

  it('is asked with HTTPS kept up to the server, whose name alone decides', async () => {
    const { ca, key, cert } = await makeCertificates(['registry.example']);
    const origin = await listening(
      createTlsServer({ key, cert }, (_request, response) => response.end('end to end')),
      'https',
    );
    const named = origin.replace('127.0.0.1', 'registry.example');
    const { url, asked } = await proxy();
    const list = new AllowList([new URL(named).host], { httpsProxy: url });
    expect((await client(list, ca).request(get(`${named}/v2/`))).text()).toBe('end to end');
    expect(asked).toEqual([`CONNECT ${new URL(named).host}`]);
    expect(await errorOf(client(list, ca).request(get('https://other.example/')))).toMatchObject({
      kind: 'not_allowed',
    });
  });

  it('is asked for plain HTTP', async () => {
    const { url, asked } = await proxy();
    const list = new AllowList(['http://registry.lan:5000'], { httpProxy: url });
    const answer = await client(list).request({
      ...get('http://registry.lan:5000/v2/'),
      credentials: { authorization: 'a' },
    });
    expect(answer.text()).toBe('proxied a');
    expect(asked).toEqual(['GET http://registry.lan:5000/v2/']);
  });

  it.each([
    ['127.0.0.1', 0],
    ['other.lan, 127.0.0.1', 0],
    ['*', 0],
    ['.lan', 1],
    ['127.0.0.1:1', 1],
  ])('with NO_PROXY=%s counts %d requests', async (noProxy, count) => {
    const origin = await serve((_request, response) => response.end());
    const { url, asked } = await proxy();
    await client(new AllowList([origin], { httpProxy: url, noProxy })).request(get(origin));
    expect(asked).toHaveLength(count);
  });

  it('is not asked for an engine', async () => {
    const origin = await serve((_request, response) => response.end('engine'));
    expect((await client(new OneOrigin(origin)).request(get(origin))).text()).toBe('engine');
    expect(await errorOf(client(new OneOrigin(origin)).request(get('https://other.example')))).toMatchObject({
      kind: 'not_allowed',
    });
  });
});
