import { constants, inflateRawSync } from 'node:zlib';
import type { DiskFile } from './disk-file';

const MAGIC = 'QFI\u00fb';
const HEADER_BYTES = 72;
/** Of an entry of the tables: the bits that say where in the file it points. */
const OFFSET = 0x00ff_ffff_ffff_fe00n;
const COMPRESSED = 1n << 62n;
const SECTOR = 512n;

export interface Qcow2Header {
  virtualBytes: number;
  hasBackingFile: boolean;
  clusterBits: number;
  l1Size: number;
  l1Offset: number;
}

/** The header of a qcow2 file; null for what is none (qemu: docs/interop/qcow2.txt). */
export async function qcow2Header(file: DiskFile): Promise<Qcow2Header | null> {
  const head = await file.head(HEADER_BYTES);
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  return {
    hasBackingFile: head.readBigUInt64BE(8) !== 0n,
    clusterBits: head.readUInt32BE(20),
    virtualBytes: Number(head.readBigUInt64BE(24)),
    l1Size: head.readUInt32BE(36),
    l1Offset: Number(head.readBigUInt64BE(40)),
  };
}

/** Writes a qcow2 file's guest bytes, as a host's NBD server gives them; what the file does not hold stays a hole. */
export async function convertToRaw(from: DiskFile, to: DiskFile): Promise<void> {
  const header = await qcow2Header(from);
  if (!header) throw new Error('The file is no qcow2');
  const clusterBytes = 2 ** header.clusterBits;
  const entries = clusterBytes / 8;
  for (let l1 = 0; l1 < header.l1Size; l1 += 1) {
    const table = Number((await entryAt(from, header.l1Offset + l1 * 8)) & OFFSET);
    if (table === 0) continue;
    for (let l2 = 0; l2 < entries; l2 += 1) {
      const at = (l1 * entries + l2) * clusterBytes;
      if (at >= header.virtualBytes) break;
      const bytes = await clusterOf(from, await entryAt(from, table + l2 * 8), header);
      if (bytes) await to.write(bytes.subarray(0, header.virtualBytes - at), at);
    }
  }
  await to.grow(header.virtualBytes);
}

async function entryAt(file: DiskFile, offset: number): Promise<bigint> {
  return (await file.piece(offset, 8)).readBigUInt64BE(0);
}

async function clusterOf(file: DiskFile, entry: bigint, { clusterBits }: Qcow2Header): Promise<Buffer | null> {
  const clusterBytes = 2 ** clusterBits;
  if ((entry & COMPRESSED) === 0n) {
    const offset = Number(entry & OFFSET);
    return offset === 0 || (entry & 1n) === 1n ? null : file.piece(offset, clusterBytes);
  }
  const bits = BigInt(62 - (clusterBits - 8));
  const offset = entry & ((1n << bits) - 1n);
  const sectors = ((entry & (COMPRESSED - 1n)) >> bits) + 1n;
  const packed = await file.piece(Number(offset), Number(sectors * SECTOR - (offset % SECTOR)));
  return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, clusterBytes);
}
