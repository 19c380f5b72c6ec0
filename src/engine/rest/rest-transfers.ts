import { z } from 'zod';
import type { CallOptions } from '../engine-client';
import type { EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type { EngineIdentity, EngineTransfer, EngineTransfers, NewTransfer, WriteOptions } from '../ports';
import { isAtLeast, type VersionNumbers } from '../version';
import { text } from '../wire';
import * as wire from './transfers.wire';

const TRANSFERS = '/imagetransfers';
/** Before it bytes are sent in the disk's own format. */
const CHOOSES_FORMAT = '4.4';
const CHOOSES_POLICY = '4.4.6';

export class RestTransfers implements EngineTransfers {
  private readonly calls: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('4.2', 'Image transfers');
  }

  async start(as: EngineIdentity, transfer: NewTransfer, options: WriteOptions): Promise<EngineTransfer> {
    const diskId = checkId(transfer.diskId);
    const version = await this.calls.version(as, options);
    if (!isAtLeast(version, CHOOSES_FORMAT)) await this.demandFormat(as, transfer, options);
    const body = { disk: { id: diskId }, ...wayOf(transfer, version) };
    return this.calls.post(as, TRANSFERS, body, wire.transfer, options);
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineTransfer | null> {
    return this.calls.find(as, `${TRANSFERS}/${checkId(id)}`, wire.transfer, options);
  }

  async finalize(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.act(as, id, 'finalize', options);
  }

  async cancel(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.act(as, id, 'cancel', options);
  }

  async pause(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.act(as, id, 'pause', options);
  }

  async resume(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.act(as, id, 'resume', options);
  }

  async extend(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    await this.act(as, id, 'extend', options);
  }

  private async act(as: EngineIdentity, id: string, action: string, options: WriteOptions): Promise<void> {
    await this.calls.action(as, `${TRANSFERS}/${checkId(id)}/${action}`, {}, options);
  }

  private async demandFormat(
    as: EngineIdentity,
    { diskId, format }: NewTransfer,
    { signal }: CallOptions,
  ): Promise<void> {
    const disk = await this.calls.get(as, `/disks/${checkId(diskId)}`, z.object({ format: text }), { signal });
    if (disk.format === null || disk.format === format) return;
    const message = `Transfers in another format than the disk's (${disk.format}) need an engine from 4.4 on`;
    throw new EngineError('unsupported', message);
  }
}

function wayOf({ direction, format, inactivitySeconds, timeoutPolicy }: NewTransfer, version: VersionNumbers): object {
  return {
    direction,
    ...(isAtLeast(version, CHOOSES_FORMAT) && { format }),
    ...(inactivitySeconds !== undefined && { inactivity_timeout: inactivitySeconds }),
    ...(isAtLeast(version, CHOOSES_POLICY) && timeoutPolicy !== undefined && { timeout_policy: timeoutPolicy }),
  };
}
