import { open, rm, type FileHandle } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

/** A run of a disk's bytes, as imageio tells it: `zero` reads as zeros, a `hole` has no room either. */
export interface Extent {
  start: number;
  length: number;
  zero: boolean;
  hole: boolean;
}

const BLOCK = 64 * 1024;
const BUFFER = 1024 * 1024;

/** The bytes of one disk, in a sparse file: what was never written reads as zeros. */
export class DiskFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
  ) {}

  static async create(path: string): Promise<DiskFile> {
    return new DiskFile(await open(path, 'w+'), path);
  }

  async length(): Promise<number> {
    return (await this.handle.stat()).size;
  }

  async write(bytes: Buffer, offset: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      done += (await this.handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    }
  }

  async zero(offset: number, size: number): Promise<void> {
    const end = offset + size;
    const written = Math.min(end, await this.length());
    for (let at = offset; at < written; at += BUFFER)
      await this.write(Buffer.alloc(Math.min(BUFFER, written - at)), at);
    await this.grow(end);
  }

  /** Makes it so long, by a hole at its end. */
  async grow(length: number): Promise<void> {
    if (length > (await this.length())) await this.handle.truncate(length);
  }

  /** So many bytes from there, in pieces. */
  async *read(offset: number, length: number, piece = BUFFER): AsyncGenerator<Buffer> {
    for (let at = offset; at < offset + length; at += piece) {
      const bytes = Buffer.alloc(Math.min(piece, offset + length - at));
      await this.handle.read(bytes, 0, bytes.length, at);
      yield bytes;
    }
  }

  /** All of them at once. */
  async piece(offset: number, length: number): Promise<Buffer> {
    return buffer(this.read(offset, length));
  }

  async head(length: number): Promise<Buffer> {
    return this.piece(0, length);
  }

  /** Of the first `size` bytes: where there are zeros. */
  async extents(size: number): Promise<Extent[]> {
    const extents: Extent[] = [];
    let at = 0;
    for await (const block of this.read(0, size, BLOCK)) {
      const zero = block.every((byte) => byte === 0);
      const last = extents.at(-1);
      if (last?.zero === zero) last.length += block.length;
      else extents.push({ start: at, length: block.length, zero, hole: zero });
      at += block.length;
    }
    return extents;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.path);
  }
}
