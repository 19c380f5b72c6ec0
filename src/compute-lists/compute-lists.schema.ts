import { z } from 'zod';
import { apiPageOf } from '../foreman-kit';
import { numeric } from '../web';

const MAX_NAME = 255;
const asked = (what: string) =>
  z.string().max(MAX_NAME, 'is too long').optional().describe(`Id or unique name of ${what}`);
const SIZE_FAULT = 'must be a whole number of bytes';

export const DataCenterQuery = z.object({ data_center: asked('a data center') });
export const ImagesQuery = z.object({ cluster: asked('the cluster they are to fit') });
export const DomainsQuery = DataCenterQuery.extend({
  size_bytes: numeric(z.number(SIZE_FAULT).int(SIZE_FAULT).min(0, SIZE_FAULT))
    .default(0)
    .describe('Of the disk they are to take'),
});

const text = z.string().nullable();
const guid = z.string().describe("The engine's id");
const version = text.describe('Compatibility level, such as "4.7"');
const fit = {
  fits: z.boolean(),
  reason: text.describe('A sentence why it does not fit'),
};
const sizes = { memory_mib: z.number(), sockets: z.int(), cores: z.int(), threads: z.int() };

export const DataCentersAnswer = apiPageOf(
  z.array(
    z.object({
      id: guid,
      name: z.string(),
      status: text.describe('VMs can be made where it is "up"'),
      version,
      quota_mode: text.describe('"disabled", "audit" or "enabled"'),
    }),
  ),
);
export const ClustersAnswer = apiPageOf(
  z.array(
    z.object({
      id: guid,
      name: z.string(),
      data_center: z.object({ id: guid }).nullable(),
      version,
      architecture: text.describe('Null while the cluster has no CPU type'),
    }),
  ),
);
export const NetworksAnswer = apiPageOf(
  z.array(
    z.object({
      id: guid,
      name: z.string(),
      vnic_profiles: z.array(z.object({ id: guid, name: z.string() })).describe('What NICs name'),
    }),
  ),
);
export const ImagesAnswer = apiPageOf(
  z.array(
    z.object({
      uuid: guid,
      name: z.string(),
      description: text,
      status: z.string(),
      version: z.int().describe('Of its base, from 1; Blank has 1, too'),
      version_name: text,
      base_uuid: text.describe('The template that it is a version of, itself where it is the base'),
      latest: z.boolean().describe('Whether no later version of its base is seen'),
      os: text.describe('Name of an operating system'),
      architecture: text,
      ...sizes,
      ...fit,
    }),
  ),
);
export const FlavorsAnswer = apiPageOf(z.array(z.object({ id: guid, name: z.string(), description: text, ...sizes })));
export const StorageDomainsAnswer = apiPageOf(
  z.array(
    z.object({
      id: guid,
      name: z.string(),
      storage_type: text.describe('"nfs", "iscsi", …'),
      status: text.describe('Told of a data center alone'),
      data_centers: z.array(z.object({ id: guid })).describe('Told to administrators alone'),
      free_bytes: z.number().nullable(),
      used_bytes: z.number().nullable(),
      ...fit,
    }),
  ),
);
export const OperatingSystemsAnswer = apiPageOf(
  z.array(z.object({ name: z.string().describe('What a VM takes'), description: z.string(), architecture: text })),
);
export const QuotasAnswer = apiPageOf(z.array(z.object({ id: guid, name: z.string(), description: text })));
