import { z } from 'zod';
import type { CallOptions } from '../engine-client';
import type { EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type { EngineIdentity, EngineTransfer, EngineTransfers, NewTransfer, Version, WriteOptions } from '../ports';
import { text } from '../wire';
import { demandVersion, isSince } from './demand-version';
import * as wire from './transfers.wire';

const TRANSFERS = '/imagetransfers';
/** Before it bytes are sent in the disk's own format. */
const CHOOSES_FORMAT = { major: 4, minor: 4 };
/** 4.4.5 by the model; of a 4.4 nobody knows which it is. */
const CHOOSES_POLICY = { major: 4, minor: 5 };

export class RestTransfers implements EngineTransfers {
  constructor(private readonly calls: EngineCalls) {}

  async start(as: EngineIdentity, transfer: NewTransfer, options: WriteOptions): Promise<EngineTransfer> {
    const diskId = checkId(transfer.diskId);
    const version = await demandVersion(this.calls, as, 'Image transfers', { major: 4, minor: 2 }, options);
    if (!isSince(version, CHOOSES_FORMAT)) await this.demandFormat(as, transfer, options);
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

function wayOf({ direction, format, inactivitySeconds, timeoutPolicy }: NewTransfer, version: Version): object {
  return {
    direction,
    ...(isSince(version, CHOOSES_FORMAT) && { format }),
    ...(inactivitySeconds !== undefined && { inactivity_timeout: inactivitySeconds }),
    ...(isSince(version, CHOOSES_POLICY) && timeoutPolicy !== undefined && { timeout_policy: timeoutPolicy }),
  };
}
