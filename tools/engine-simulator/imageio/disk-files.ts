import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFile } from './disk-file';

/** The bytes of all disks, in a temporary folder that is made with the first of them. */
export class DiskFiles {
  private folder?: Promise<string>;
  private readonly files = new Map<string, Promise<DiskFile>>();

  of(diskId: string): Promise<DiskFile> {
    const known = this.files.get(diskId);
    if (known) return known;
    const made = this.create(diskId);
    this.files.set(diskId, made);
    return made;
  }

  has(diskId: string): boolean {
    return this.files.has(diskId);
  }

  async remove(diskId: string): Promise<void> {
    const file = this.files.get(diskId);
    this.files.delete(diskId);
    await (await file)?.remove();
  }

  async close(): Promise<void> {
    const files = await Promise.all(this.files.values());
    this.files.clear();
    await Promise.all(files.map((file) => file.close()));
    if (this.folder) await rm(await this.folder, { recursive: true, force: true });
  }

  private async create(diskId: string): Promise<DiskFile> {
    this.folder ??= mkdtemp(join(tmpdir(), 'engine-simulator-'));
    return DiskFile.create(join(await this.folder, diskId));
  }
}
