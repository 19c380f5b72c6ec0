import { z } from 'zod';
import type { EngineImage, EngineImageProvider } from '../ports';
import { flag, guid, list, number, reference, text } from '../wire';

export const imageProvider = z
  .object({
    id: guid,
    name: z.string(),
    description: text,
    url: text,
    requires_authentication: flag.nullish(),
    username: text,
    tenant_name: text,
    authentication_url: text,
  })
  .transform((of): EngineImageProvider => ({
    id: of.id,
    name: of.name,
    description: of.description,
    url: of.url,
    requiresAuthentication: of.requires_authentication ?? false,
    username: of.username,
    tenantName: of.tenant_name,
    authenticationUrl: of.authentication_url,
  }));
export const imageProviders = list('openstack_image_provider', imageProvider);

/** Of a provider's storage domain; `type` is absent for what is no bare raw, qcow2 or ISO, and before 4.2. */
export const images = list(
  'image',
  z
    .object({ id: guid, name: text, type: text, size: number.nullish() })
    .transform((of): EngineImage => ({ id: of.id, name: of.name ?? of.id, type: of.type, sizeBytes: of.size ?? null })),
);

/** What an import answers: `disk` is what was asked for until the engine puts the new one's id into it. */
export const imported = z
  .object({ disk: z.object({ id: guid.nullish() }).nullish() })
  .transform((of) => ({ diskId: of.disk?.id ?? null }));

/** The storage domains that providers of images have, by their names. */
export const imageDomains = list('storage_domain', reference.extend({ name: z.string(), type: z.string() })).transform(
  (domains) => domains.filter(({ type }) => type === 'image'),
);
