import { z } from 'zod';
import { apiPageOf } from '../foreman-kit';

const text = z.string().nullable();
const nothing = z.array(z.unknown()).describe('Always empty');

const resource = {
  id: z.int(),
  name: z.string(),
  provider: z.literal('Ovirt'),
  provider_friendly_name: z.literal('oVirt'),
  description: z.string(),
  url: z.string(),
  user: z.string(),
  datacenter: text.describe('Its id; null = all'),
  datacenter_name: text,
  addresses: z.array(z.string()).describe('Further addresses people open webadmin at'),
  insecure_tls: z.boolean(),
  engine_writes: z.boolean().describe('Whether anything may be changed in the engine through it'),
  service_account_acts: z.boolean().describe('Whether local administrators act there as its user'),
  display_type: z.string().describe('As set: nothing here opens a console'),
  keyboard_layout: z.string().describe('As set'),
  ovirt_quota: text.describe('As set: nothing here makes a virtual machine'),
  created_at: z.string(),
  updated_at: z.string(),
};

/** Never with its password or CA. */
export const ComputeResourceAnswer = z.object(resource);
export const ComputeResourceDetailsAnswer = z.object({
  ...resource,
  images: nothing,
  compute_attributes: nothing,
  locations: nothing,
  organizations: nothing,
});
export const ComputeResourceListAnswer = apiPageOf(z.array(ComputeResourceAnswer)).extend({
  can_create: z.boolean().optional(),
});

export const ConnectionAnswer = z.union([
  z.object({
    success: z.literal(true),
    message: z.string(),
    version: z.string(),
    api_url: z.string(),
    data_centers: z.array(z.object({ id: z.string(), name: z.string(), status: z.string().nullable() })),
  }),
  z
    .object({
      success: z.literal(false),
      problem: z.string(),
      message: z.string(),
      refused_by: z.enum(['engine', 'apache', 'keycloak']).optional(),
    })
    .loose()
    .describe('With the certificate authority that was met, where it is not trusted'),
]);

export const AuthSourceListAnswer = apiPageOf(
  z.array(
    z
      .object({ id: z.int(), type: z.string(), name: z.string(), created_at: text, updated_at: text })
      .loose()
      .describe('Those of engines also with address and settings'),
  ),
);

export const AssociatedHostsAnswer = apiPageOf(z.array(z.object({ id: z.int(), name: z.string() }).loose()));
