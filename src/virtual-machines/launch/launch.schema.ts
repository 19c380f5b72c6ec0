import { z } from 'zod';

const text = (max: number) => z.string('must be a text').max(max, `must have at most ${max} characters`);
const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'must be a number');
const lines = z
  .union([z.array(text(16_384)).max(100), text(65_536).transform((keys) => keys.split('\n'))])
  .transform((keys) => keys.map((key) => key.trim()).filter((key) => key !== ''));

/** What every launch says, whatever else it says. Ids may be unique names. */
export const LaunchFields = z.object({
  compute_resource_id: z.union([z.int(), text(255).min(1)]).describe('Id or name'),
  cluster: text(255).min(1, "can't be blank").describe('Id or name'),
  template: text(255).min(1, "can't be blank").describe('Id or name'),
  vm_name: text(255),
  description: text(200).default(''),
  flavor: text(255).optional().describe('Instance type whose sizes are taken where none are given'),
  memory_mib: count.optional(),
  sockets: count.optional(),
  cores: count.optional(),
  disk_gib: count.optional().describe('The boot disk grows to it before the first start'),
  host_name: text(253).optional(),
  ssh_keys: lines.default([]).describe('A list, or lines of a text'),
  user_data: text(65_536).optional().describe('cloud-config, Ignition, or whatever else the guest reads'),
  nics: z
    .array(z.object({ name: text(64).min(1), vnic_profile: text(255).min(1).describe('Id or name') }))
    .max(16)
    .optional(),
  start: z.boolean().default(true),
});
export type LaunchFields = z.output<typeof LaunchFields>;

export const LaunchBody = z.object({ virtual_machine: LaunchFields }).transform((body) => body.virtual_machine);
