import { z } from 'zod';
import type { EngineTransfer } from '../ports';
import { guid, number, reference, text } from '../wire';

/** What is written to or read: `image` at all versions, `disk` in the answers of none yet. */
export const transfer = z
  .object({
    id: guid,
    phase: text,
    image: reference.nullish(),
    disk: reference.nullish(),
    transfer_url: text,
    proxy_url: text,
    signed_ticket: text,
    transferred: number.nullish(),
  })
  .transform((of): EngineTransfer => ({
    id: of.id,
    phase: of.phase ?? 'unknown',
    diskId: (of.disk ?? of.image)?.id ?? null,
    transferUrl: of.transfer_url,
    proxyUrl: of.proxy_url,
    signedTicket: of.signed_ticket,
    transferredBytes: of.transferred ?? 0,
  }));
