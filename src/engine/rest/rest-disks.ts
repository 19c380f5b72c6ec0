import { z } from 'zod';
import { withQuery, type EngineCalls } from '../engine-calls';
import type { CallOptions } from '../engine-client';
import { checkId } from '../input';
import type {
  EngineAttachment,
  EngineDisk,
  EngineDisks,
  EngineIdentity,
  ListOptions,
  NewAttachment,
  NewDisk,
  WriteOptions,
} from '../ports';
import { isAtLeast } from '../version';
import * as wire from './disks.wire';
import { firstByName } from './paged';
import { referenceTo } from './vm-body';

const PAGE_SIZE = 100;
const anything = z.unknown();

export class RestDisks implements EngineDisks {
  private readonly calls: EngineCalls;
  private readonly early: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('4.2', 'Disks');
    this.early = calls.since('3.4', 'Disks of templates');
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineDisk | null> {
    return this.early.find(as, `/disks/${checkId(id)}`, wire.disk, options);
  }

  async list(as: EngineIdentity, options?: ListOptions): Promise<EngineDisk[]> {
    return firstByName(this.calls, as, { path: '/disks', schema: wire.disks, pageSize: PAGE_SIZE }, options);
  }

  async create(as: EngineIdentity, disk: NewDisk, options: WriteOptions): Promise<EngineDisk> {
    const body = {
      id: disk.id === undefined ? undefined : checkId(disk.id),
      name: disk.name,
      description: disk.description,
      provisioned_size: disk.provisionedBytes,
      initial_size: disk.initialBytes,
      format: disk.format,
      sparse: disk.sparse,
      storage_domains: { storage_domain: [{ id: checkId(disk.storageDomainId) }] },
      quota: referenceTo(disk.quotaId),
    };
    return this.calls.post(as, '/disks', body, wire.disk, options);
  }

  async remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.calls.delete(as, `/disks/${checkId(id)}`, options);
  }

  async attachments(as: EngineIdentity, vmId: string, options?: CallOptions): Promise<EngineAttachment[]> {
    return this.attachmentsOf(as, `/vms/${checkId(vmId)}`, options);
  }

  async templateAttachments(
    as: EngineIdentity,
    templateId: string,
    options?: CallOptions,
  ): Promise<EngineAttachment[]> {
    const path = `/templates/${checkId(templateId)}`;
    const version = await this.early.version(as, options);
    if (isAtLeast(version, '4.2')) return this.attachmentsOf(as, path, options);
    if (!isAtLeast(version, '4.0')) return this.early.get(as, `${path}/disks`, wire.disksOfTemplate, options);
    const attachments = await this.early.get(as, `${path}/diskattachments`, wire.attachments, options);
    // They follow no links: a template has one disk, or a few.
    return Promise.all(attachments.map(async (of) => ({ ...of, disk: await this.get(as, of.id, options) })));
  }

  async attach(as: EngineIdentity, vmId: string, attachment: NewAttachment, options: WriteOptions): Promise<void> {
    const body = {
      disk: referenceTo(attachment.diskId),
      interface: attachment.interface ?? 'virtio_scsi',
      bootable: attachment.bootable ?? false,
      active: true, // the engine attaches it unplugged unless told
    };
    await this.calls.post(as, `/vms/${checkId(vmId)}/diskattachments`, body, anything, options);
  }

  async detach(as: EngineIdentity, vmId: string, diskId: string, options: WriteOptions): Promise<void> {
    await this.calls.delete(as, withQuery(attachmentPath(vmId, diskId), { detach_only: 'true' }), options);
  }

  async resize(as: EngineIdentity, vmId: string, diskId: string, bytes: number, options: WriteOptions): Promise<void> {
    const body = { disk: { provisioned_size: bytes } };
    await this.calls.put(as, attachmentPath(vmId, diskId), body, anything, options);
  }

  private attachmentsOf(as: EngineIdentity, path: string, options?: CallOptions): Promise<EngineAttachment[]> {
    return this.calls.get(as, withQuery(`${path}/diskattachments`, { follow: 'disk' }), wire.attachments, options);
  }
}

const attachmentPath = (vmId: string, diskId: string) => `/vms/${checkId(vmId)}/diskattachments/${checkId(diskId)}`;
