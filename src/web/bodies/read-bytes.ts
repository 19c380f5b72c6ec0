import type { Request } from 'express';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../../common/app-error';

/** What a caller may send. */
export interface BodyBounds {
  /** Bytes, unpacked. */
  most: number;
  unpack: boolean;
  /** Why not more, for the caller who did. */
  because: string;
}

const UNPACKERS: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** JSON shrinks to a tenth, the most uniform reports to a fiftieth; a body made to hurt to a thousandth. */
const MOST_TIMES = 100;
/** Little hurts nobody, however small it was packed. */
const LITTLE_BYTES = 1_048_576;

/**
 * A request's body, unpacked. What is refused is not read on.
 * @param take is told of bytes before they are kept, and may throw
 * @throws AppError too_large, unsupported_media_type, bad_request; what `take` throws
 */
export function readBytes(request: Request, bounds: BodyBounds, take: (bytes: number) => void): Promise<Buffer[]> {
  const unpacker = unpackerOf(request, bounds);
  const { most } = bounds;
  if (unpacker === undefined && Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(bounds);
  let size = 0;
  return collect(request, unpacker, (bytes) => {
    size += bytes;
    if (size > most) throw tooLarge(bounds);
    const packed = unpacker?.bytesWritten ?? size;
    if (size > LITTLE_BYTES && size > packed * MOST_TIMES)
      throw new AppError(
        'too_large',
        `The request body unpacks to more than ${MOST_TIMES} times its size; send it as it is`,
      );
    take(bytes);
  });
}

interface Unpacker extends Transform {
  /** Packed bytes that were unpacked. */
  bytesWritten: number;
}

function unpackerOf({ headers }: Request, { unpack, because }: BodyBounds): Unpacker | undefined {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return undefined;
  const create = Object.hasOwn(UNPACKERS, encoding) ? UNPACKERS[encoding] : undefined;
  if (create !== undefined && unpack) return create() as Unpacker;
  const why = create === undefined ? `'Content-Encoding: ${encoding}' is not understood` : `No packed body: ${because}`;
  throw new AppError('unsupported_media_type', `${why}; send the body as it is`);
}

function tooLarge({ because }: BodyBounds): AppError {
  return new AppError('too_large', `The request body is too large: ${because}`);
}

function collect(request: Request, unpacker: Unpacker | undefined, add: (bytes: number) => void): Promise<Buffer[]> {
  const source: Readable = unpacker === undefined ? request : request.pipe(unpacker);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer): void => {
      try {
        add(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        fail(error as Error);
      }
    };
    const fail = (error: Error): void => {
      source.off('data', onData);
      request.unpipe();
      unpacker?.destroy();
      request.resume(); // read and thrown away, so that the caller gets to reading the answer
      reject(error);
    };
    const lost = (): void => {
      if (!request.complete || request.socket.destroyed)
        fail(new AppError('bad_request', 'The connection ended before the request body did'));
    };
    source.on('data', onData).once('end', () => resolve(chunks));
    request.on('error', lost).once('close', lost);
    if (request.destroyed) lost(); // before it was asked for
    unpacker?.on('error', ({ message }) =>
      fail(new AppError('bad_request', `The request body cannot be unpacked as its Content-Encoding says: ${message}`)),
    );
  });
}
