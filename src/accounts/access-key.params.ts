import { z } from 'zod';
import { Flag, Text, numeric, wrapped } from '../web';

const KEY = 'access_key';
const MAX_INT = 2_147_483_647;
const blankAsNull = (value: unknown) => (value === '' ? null : value);
const count = z.preprocess(
  blankAsNull,
  numeric(z.number().int('must be a whole number').min(1, 'must be at least 1').max(MAX_INT)).nullable(),
);

const quota = z
  .object({ instances: count.optional(), vcpus: count.optional(), memory_mib: count.optional() })
  .transform(({ instances, vcpus, memory_mib: memoryMib }) =>
    withoutUndefined({ instances, vcpus, memoryMib } satisfies Record<string, number | null | undefined>),
  );

const fields = {
  name: Text.optional(),
  read_only: Flag.optional(),
  expires_at: z.string().nullable().optional(),
  quota: quota.optional(),
  engine_password: z.string().optional(),
};

const key = z.union([Text, z.number().int().transform(String)]);

/** POST: what is wrong with its texts is looked at by AccessKeyAdministration, which a form can show. */
export const NewAccessKeyBody = wrapped(
  z
    .object({
      ...fields,
      compute_resource_id: key,
      kind: z.enum(['long_lived', 'temporary']).default('long_lived'),
      engine_user: Text.optional(),
      data_center: Text.nullish(),
      default_ttl_minutes: count.optional(),
    })
    .transform((of) => ({
      name: of.name ?? '',
      computeResource: of.compute_resource_id,
      kind: of.kind,
      engineUser: of.engine_user,
      enginePassword: of.engine_password,
      dataCenter: of.data_center ?? '',
      readOnly: of.read_only ?? false,
      expires: of.expires_at ?? null,
      defaultTtlMinutes: of.default_ttl_minutes ?? null,
      quota: of.quota ?? {},
    })),
  KEY,
);
export type NewAccessKeyBody = z.output<typeof NewAccessKeyBody>;

export const AccessKeyChangeBody = wrapped(
  z
    .object({ ...fields, revoked: Flag.optional() })
    .transform(({ read_only: readOnly, expires_at: expires, engine_password: enginePassword, ...of }) => ({
      ...of,
      readOnly,
      expires,
      enginePassword: enginePassword === '' ? undefined : enginePassword,
    })),
  KEY,
);
export type AccessKeyChangeBody = z.output<typeof AccessKeyChangeBody>;

function withoutUndefined<T extends Record<string, unknown>>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
