import type { Engine } from '../engine';
import { Int, Long, type WireObject } from '../rest/encode';
import { actionsOf, reference, some } from '../rest/references';
import { hasFinished, type SimTransfer } from './data';

const ACTIONS = ['pause', 'extend', 'finalize', 'resume', 'cancel'];

export function transferOf(engine: Engine, base: string, of: SimTransfer): WireObject {
  const itself = reference(base, 'imagetransfers', of.id);
  const ticket = engine.imageio.find(of.ticketId);
  const url = engine.imageio.urlOf(of.ticketId);
  const isModern = engine.personality.minor >= 4;
  return {
    ...{ ...itself, active: false, direction: of.direction, format: isModern ? of.format : undefined, phase: of.phase },
    ...{ inactivity_timeout: new Int(of.inactivitySeconds), transferred: new Long(bytesOf(of, ticket)) },
    ...some(isModern, { shallow: false, timeout_policy: of.timeoutPolicy }),
    ...some(url !== undefined && !hasFinished(of), { transfer_url: url, proxy_url: url }),
    ...some(!isModern && url !== undefined, { signed_ticket: 'signed' }),
    host: reference(base, 'hosts', of.hostId),
    image: { id: of.diskId },
    actions: actionsOf(itself.href, ACTIONS),
  };
}

const bytesOf = ({ transferredBytes }: SimTransfer, ticket: { transferredBytes: number } | undefined) =>
  ticket?.transferredBytes ?? transferredBytes;
