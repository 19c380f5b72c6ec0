import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { boundedBody } from './bounded-body';

const ASKED = 'https://engine.example/x';
const read = async (body: Buffer[], encoding = '', bytes = 1024) =>
  Buffer.concat(await boundedBody(Readable.from(body), encoding, { bytes, asked: ASKED })).toString();

describe('boundedBody', () => {
  it.each([
    ['plain', [Buffer.from('ab'), Buffer.from('c')], ''],
    ['as it is', [Buffer.from('abc')], 'identity'],
    ['packed', [gzipSync('abc')], 'gzip'],
    ['packed, in pieces', [gzipSync('abc').subarray(0, 5), gzipSync('abc').subarray(5)], 'GZIP'],
  ])('reads what comes %s', async (_, body, encoding) => {
    expect(await read(body, encoding)).toBe('abc');
  });

  it.each(['', 'gzip'])('an empty body (encoding %j) is empty', async (encoding) => {
    expect(await read([], encoding)).toBe('');
  });

  it('takes just as much as the limit, and no more', async () => {
    const full = Buffer.alloc(1024, 'x');
    expect(await read([full])).toHaveLength(1024);
    expect(await read([gzipSync(full)], 'gzip')).toHaveLength(1024);
    const message = `The answer to ${ASKED} has more than 1 KiB, which is more than is taken`;
    const more = Buffer.concat([full, Buffer.from('x')]);
    await expect(read([full, more])).rejects.toMatchObject({ kind: 'too_large', message });
    await expect(read([gzipSync(more)], 'gzip')).rejects.toMatchObject({ kind: 'too_large', message });
  });

  it('stops asking for more at the limit', async () => {
    let given = 0;
    function* endless() {
      for (;;) yield Buffer.alloc(++given && 1024);
    }
    await expect(boundedBody(Readable.from(endless()), '', { bytes: 4096, asked: ASKED })).rejects.toThrow('4 KiB');
    expect(given).toBeLessThan(100);
  });

  it.each([
    ['is none', Buffer.from('{}'), 'Z_DATA_ERROR'],
    ['ends early', gzipSync('abc').subarray(0, 12), 'Z_BUF_ERROR'],
  ])('fails with gzip that %s', async (_, body, code) => {
    await expect(read([body], 'gzip')).rejects.toMatchObject({ code });
  });
});
