import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { HttpError } from './http-error';

/** What no answer may exceed, packed or not. */
export interface BodyLimit {
  bytes: number;
  /** Whose answer it is, such as `https://engine.example.com/ovirt-engine/api/vms?max=50`; for the message. */
  asked: string;
}

/**
 * Reads a body to its end, unpacked where it is packed with gzip.
 * @throws HttpError too_large as soon as it is, packed or unpacked, and what the stream fails with
 */
export async function boundedBody(body: AsyncIterable<Buffer>, encoding: string, limit: BodyLimit): Promise<Buffer[]> {
  const sent = await kept(body, limit);
  if (encoding.toLowerCase() !== 'gzip' || sent.length === 0) return sent;
  return pipeline(sent, createGunzip(), (unpacked: AsyncIterable<Buffer>) => kept(unpacked, limit));
}

async function kept(chunks: AsyncIterable<Buffer>, { bytes, asked }: BodyLimit): Promise<Buffer[]> {
  const all: Buffer[] = [];
  let seen = 0;
  for await (const chunk of chunks) {
    seen += chunk.length;
    if (seen > bytes) throw tooLarge(sizeText(bytes), asked);
    all.push(chunk);
  }
  return all;
}

const sizeText = (bytes: number) => (bytes < 1024 ** 2 ? `${bytes / 1024} KiB` : `${bytes / 1024 ** 2} MiB`);

/** @param limit which one, such as `8 MiB` */
export function tooLarge(limit: string, asked: string): HttpError {
  return new HttpError('too_large', `The answer to ${asked} has more than ${limit}, which is more than is taken`);
}
