import { request as httpRequest } from 'node:http';
import { DiskFiles } from '../../tools/engine-simulator/imageio/disk-files';
import { ImageioDaemon, type Ticket } from '../../tools/engine-simulator/imageio/imageio';
import { engineRecording } from '../support/engine-recordings';

const ID = 'c6555c1a-9e7e-4b02-a26e-4cd77834ccc1';
/** Of a disk of 64 MiB in a file. */
const TICKET_SIZE = 74_868_327;

let files: DiskFiles;
let daemon: ImageioDaemon;
beforeEach(async () => {
  files = new DiskFiles();
  daemon = await ImageioDaemon.start({ now: () => 0 });
});
afterEach(async () => {
  await daemon.close();
  await files.close();
});

async function ticket(more: Partial<Ticket> = {}): Promise<string> {
  return daemon.add({
    id: ID,
    file: await files.of(ID),
    size: TICKET_SIZE,
    writable: true,
    throughNbd: false,
    ...more,
  });
}

/** By Node's own client, which lets a test send what fetch refuses. */
function send(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers: { 'content-length': body?.length ?? 0, ...headers } });
    request.once('error', reject).once('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    request.end(body);
  });
}

/** Of how many bytes the recorded body was; a text stands for itself. */
function recordedBody(body = ''): Buffer {
  const size = /^(\d+) bytes$/.exec(body)?.[1];
  return size === undefined ? Buffer.from(body) : Buffer.alloc(Number(size), 'x');
}

describe('the daemon answers as the recorded ovirt-imageio 2.5.1', () => {
  it.each([
    'imageio-options',
    'imageio-options-converting',
    'imageio-options-unknown',
    'imageio-put-first',
    'imageio-put-last',
    'imageio-put-beyond',
    'imageio-flush',
    'imageio-zero',
    'imageio-patch-bad',
  ])('%s', async (name) => {
    const { request, status, headers, body } = engineRecording(`52-transfer/${name}`);
    const known = { 'imageio-options-unknown': null }[name];
    if (known !== null) await ticket({ throughNbd: name.endsWith('converting') });
    const path = request.path.replace(/(?<=\/images\/)[^/?]+/, known === null ? 'nobody' : ID);
    const sent = { method: request.method, headers: request.headers, body: recordedBody(request.body) };
    const answer = await send(`${daemon.url}${path}`, sent);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect({ status: answer.status, headers: answer.headers }).toMatchObject({
      status,
      headers: known === null ? { 'content-type': headers['content-type'] } : headersOf(headers),
    });
    expect(JSON.stringify(answer.body.toString())).toBe(JSON.stringify(text.replace(/(?<=ticket ).+/, 'nobody')));
  });

  it('imageio-get-range', async () => {
    const { request, status, headers, body } = engineRecording('52-transfer/imageio-get-range');
    const url = await ticket();
    await send(url, { method: 'PUT', body: Buffer.from(String(body)) });
    const answer = await send(url, { headers: request.headers });
    expect(answer).toMatchObject({ status, headers, body: { length: 72 } });
  });

  it('imageio-extents and imageio-checksum, whose members are the recorded ones', async () => {
    const url = await ticket();
    await send(url, { method: 'PUT', body: Buffer.alloc(354_304, 'x') });
    const extents = JSON.parse((await send(`${url}/extents`)).body.toString()) as unknown;
    expect(extents).toEqual(engineRecording('52-transfer/imageio-extents').body);
    const checksum = JSON.parse((await send(`${url}/checksum`)).body.toString()) as object;
    expect(Object.keys(checksum)).toEqual(Object.keys(engineRecording('52-transfer/imageio-checksum').body as object));
  });
});

/** JSON is written without the blanks of Python's. */
function headersOf(headers: Record<string, string>): Record<string, string> {
  return headers['content-type'] === 'application/json'
    ? { 'content-type': 'application/json', allow: String(headers.allow) }
    : headers;
}

describe('the bytes of a disk', () => {
  it('are those that were put, in any order', async () => {
    const url = await ticket({ size: 300_000 });
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
    const put = (from: number, to: number) =>
      send(url, {
        method: 'PUT',
        headers: { 'content-range': `bytes ${from}-${to - 1}/*` },
        body: bytes.subarray(from, to),
      });
    await put(200_000, 300_000);
    await put(0, 200_000);
    expect((await send(url)).body.equals(bytes)).toBe(true);
    expect(daemon.find(ID)).toMatchObject({ transferredBytes: 600_000 });
  });

  it('are zeros where zeros were asked for, and extents tell them', async () => {
    const url = await ticket({ throughNbd: true, size: 256 * 1024 });
    await send(url, { method: 'PUT', body: Buffer.alloc(192 * 1024, 'x') });
    const zero = { op: 'zero', offset: 64 * 1024, size: 64 * 1024, flush: true };
    expect((await send(url, { method: 'PATCH', body: Buffer.from(JSON.stringify(zero)) })).status).toBe(200);
    const extents = JSON.parse((await send(`${url}/extents`)).body.toString()) as { start: number; zero: boolean }[];
    expect(extents.map(({ start, zero: isZero }) => [start / 1024, isZero])).toEqual([
      [0, false],
      [64, true],
      [128, false],
      [192, true],
    ]);
  });

  it('are kept as far as they came when the connection is cut', async () => {
    const url = await ticket();
    daemon.cutNextPutAfter(1);
    await expect(send(url, { method: 'PUT', body: Buffer.alloc(100_000, 'x') })).rejects.toThrow();
    expect((await send(url, { method: 'PUT', body: Buffer.alloc(100_000, 'x') })).status).toBe(200);
  });

  it('are not written by a ticket for reading', async () => {
    const url = await ticket({ writable: false });
    expect((await send(url, { method: 'PUT', body: Buffer.from('x') })).status).toBe(403);
    expect((await send(url, { method: 'OPTIONS' })).headers.allow).toBe('OPTIONS,GET');
  });
});
