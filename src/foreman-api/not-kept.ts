/** Attributes of Foreman's hosts for which nothing is kept here: clients find them, always null. */
const NOT_KEPT = [
  'puppet_proxy_id',
  'puppet_proxy_name',
  'puppet_proxy',
  'puppet_ca_proxy_id',
  'puppet_ca_proxy_name',
  'puppet_ca_proxy',
  'ip6',
  'realm_id',
  'realm_name',
  'sp_mac',
  'sp_ip',
  'sp_name',
  'sp_subnet_id',
  'subnet_id',
  'subnet_name',
  'subnet6_id',
  'subnet6_name',
  'ptable_id',
  'ptable_name',
  'medium_id',
  'medium_name',
  'pxe_loader',
  'disk',
  'initiated_at',
  'installed_at',
  'owner_id',
  'owner_name',
  'owner_type',
  'creator_id',
  'creator',
  'use_image',
  'image_file',
  'image_id',
  'image_name',
  'compute_profile_id',
  'compute_profile_name',
  'last_compile',
  'token',
  'organization_id',
  'organization_name',
  'location_id',
  'location_name',
] as const;

/** Columns that only Foreman 1.1 had. */
const NOT_KEPT_1_1 = ['last_freshcheck', 'source_file_id', 'serial'] as const;

/** The names, each with the same value. */
const each = <N extends string, V>(names: readonly N[], value: V) =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<N, V>;

export const notKept = <V>(value: V): Record<(typeof NOT_KEPT)[number], V> => each(NOT_KEPT, value);
export const NULLS_1_1 = each(NOT_KEPT_1_1, null);
