import { z } from 'zod';

const Guid = z.guid();
const Initialization = z.object({
  hostName: z.string().optional(),
  userName: z.string().optional(),
  rootPassword: z.string().optional(),
  authorizedSshKeys: z.string().optional(),
  customScript: z.string().optional(),
  dnsServers: z.string().optional(),
  dnsSearch: z.string().optional(),
  timezone: z.string().optional(),
});

/**
 * A launch as it is kept while it runs, checked against what the caller sees in the engine. Whatever makes VMs (plain ones,
 * containers, clouds' instances) comes down to this.
 */
export const LaunchInput = z.object({
  name: z.string(),
  description: z.string(),
  clusterId: Guid,
  templateId: Guid,
  memoryBytes: z.number().optional(),
  sockets: z.int().optional(),
  cores: z.int().optional(),
  /** Null clears what the template has, absent keeps it. */
  initialization: Initialization.nullable().optional(),
  payload: z
    .object({ volumeId: z.string(), files: z.array(z.object({ name: z.string(), content: z.string() })) })
    .optional(),
  /** Absent: those of the template. */
  nics: z.array(z.object({ name: z.string(), vnicProfileId: Guid })).optional(),
  /** The boot disk grows to it. */
  diskBytes: z.number().optional(),
});
export type LaunchInput = z.output<typeof LaunchInput>;
