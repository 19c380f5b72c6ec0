import { z } from 'zod';
import type { DataCenter, EngineUser, ProductInfo, VmSummary } from './engine-client';
import type { Started } from './ports';

/**
 * Shapes of engine JSON after `snakeCase`, for 3.2 to 4.5. Scalars come as text or not depending on the version
 * (oVirt: CustomObjectMapper.java), so every one is coerced; a 3.2 list is named in the plural.
 */

export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);
/** Nulls, absence and "" are one thing: the engine has nothing to say. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
/** `true`, or `"true"` (3.5+). */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
export const guid = z.guid().transform((id) => id.toLowerCase());
export const reference = z.object({ id: guid });
/** Epoch milliseconds, or absent. */
export const instant = number.nullish().transform((ms) => (ms === null || ms === undefined ? null : new Date(ms)));
/** 3.x: `{"state": "up"}`, 4.x: `"up"`. */
export const status = z.union([z.string(), z.object({ state: z.string() }).transform(({ state }) => state)]);

/** More than fit into the largest answer that a real engine gives. */
const MAX_ITEMS = 20_000;

/** `{"vm": […]}`, in 3.2 and 3.3 `{"vms": […]}`; an empty collection is `{}`. The first bad item ends it. */
export const list = <T extends z.ZodType>(singular: string, item: T): z.ZodType<z.output<T>[]> =>
  z.looseObject({}).transform((body, context): z.output<T>[] => {
    const given: unknown = body[singular] ?? body[`${singular}s`] ?? [];
    const items: z.output<T>[] = [];
    for (const one of Array.isArray(given) && given.length <= MAX_ITEMS ? given : [null]) {
      const parsed = item.safeParse(one);
      if (!parsed.success) {
        context.addIssue(`is no list of ${singular}`);
        return z.NEVER;
      }
      items.push(parsed.data);
    }
    return items;
  });

/** The first of a list that guests fill: what they say amiss, or too much, is nobody else's trouble. */
export const someOf = <T extends z.ZodType>(singular: string, item: T, most: number): z.ZodType<z.output<T>[]> =>
  z.looseObject({}).transform((body): z.output<T>[] => {
    const given: unknown = body[singular] ?? [];
    if (!Array.isArray(given)) return [];
    return given.slice(0, most).flatMap((one) => {
      const parsed = item.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    });
  });

export const apiRoot = z
  .object({
    product_info: z.object({
      name: text,
      instance_id: text,
      version: z.object({ major: number, minor: number, full_version: text }),
    }),
    authenticated_user: reference.nullish(),
  })
  .transform(({ product_info: { name, instance_id, version }, authenticated_user }) => ({
    product: {
      name: name ?? 'oVirt Engine',
      version: { major: version.major, minor: version.minor },
      fullVersion: version.full_version ?? `${version.major}.${version.minor}`,
      instanceId: instance_id,
    } satisfies ProductInfo,
    authenticatedUserId: authenticated_user?.id ?? null,
  }));

export const user = z
  .object({
    id: guid,
    user_name: z.string().min(1),
    principal: text,
    domain: z.object({ name: text }).nullish(),
    name: text,
    last_name: text,
    email: text,
  })
  .transform((of): EngineUser => ({
    id: of.id,
    userName: of.user_name,
    principal: of.principal,
    domain: of.domain?.name ?? null,
    firstName: of.name,
    lastName: of.last_name,
    email: of.email,
  }));
export type User = z.output<typeof user>;
export const users = list('user', user);

export const dataCenters = list(
  'data_center',
  z
    .object({ id: guid, name: z.string(), status: status.nullish() })
    .transform((of): DataCenter => ({ id: of.id, name: of.name, status: of.status ?? null })),
);

const vmFields = z.object({
  id: guid,
  name: z.string(),
  status: status.nullish(),
  fqdn: text,
  guest_info: z.object({ fqdn: text }).nullish(),
  cluster: reference.nullish(),
});
const toSummary = (of: z.output<typeof vmFields>): VmSummary => ({
  id: of.id,
  name: of.name,
  status: of.status ?? 'unknown',
  fqdn: of.fqdn ?? of.guest_info?.fqdn ?? null,
  clusterId: of.cluster?.id ?? null,
});
export const vms = list('vm', vmFields.transform(toSummary));

export const vm = vmFields
  .extend({
    memory: number,
    cpu: z
      .object({
        topology: z.object({ sockets: number.nullish(), cores: number.nullish(), threads: number.nullish() }).nullish(),
      })
      .nullish(),
    display: z.object({ type: text, address: text, port: number.nullish() }).nullish(),
  })
  .transform((of) => {
    const { sockets, cores, threads } = of.cpu?.topology ?? {};
    const { type = null, address = null, port } = of.display ?? {};
    return {
      ...toSummary(of),
      memoryBytes: of.memory,
      vcpus: (sockets ?? 1) * (cores ?? 1) * (threads ?? 1),
      display: type === null ? null : { type, address, port: port ?? null },
    };
  });

const mac = z
  .object({ address: text })
  .nullish()
  .transform((of) => of?.address?.toLowerCase() ?? null);
export const nics = list('nic', z.object({ name: z.string(), mac }));
export const reportedDevices = list(
  'reported_device',
  z
    .object({ mac, ips: list('ip', z.object({ address: z.string() })).nullish() })
    .transform((of) => ({ mac: of.mac, addresses: (of.ips ?? []).map(({ address }) => address) })),
);

/** 3.2 knows `size` and `provisioned_size`, and disks may have a name, an alias or both. */
export const disk = z
  .object({ name: text, alias: text, provisioned_size: number.nullish(), size: number.nullish() })
  .transform((of) => ({ name: of.alias ?? of.name ?? '', provisionedBytes: of.provisioned_size ?? of.size ?? 0 }));
export const disks = list('disk', disk);

/** The disk is a bare reference unless the engine follows links (4.2+). */
export const diskAttachments = list(
  'disk_attachment',
  z
    .object({ disk: z.object({ id: guid, provisioned_size: number.nullish(), name: text, alias: text }) })
    .transform(({ disk: { id, provisioned_size: bytes, name, alias } }) => ({
      id,
      disk: bytes === null || bytes === undefined ? null : { name: alias ?? name ?? '', provisionedBytes: bytes },
    })),
);
export const graphicsConsoles = list(
  'graphics_console',
  z
    .object({ protocol: z.string(), address: text, port: number.nullish() })
    .transform((of) => ({ type: of.protocol, address: of.address, port: of.port ?? null })),
);

export const ssoToken = z.object({ access_token: z.string().min(1) });
export const ssoError = z
  .object({ error: z.string(), error_code: text, error_description: text })
  .transform((of) => ({ reason: of.error_code ?? of.error, detail: of.error_description ?? of.error }));
const faultFields = z.object({ reason: text, detail: text });
/** `{"reason", "detail"}`, inside `fault` for actions. */
export const fault = z.union([z.object({ fault: faultFields }).transform((of) => of.fault), faultFields]);

/** What actions and deletions answer; 3.x has words in `state`, and no job before 3.4. */
export const started = z
  .object({ job: reference.nullish() })
  .transform((of): Started => ({ jobId: of.job?.id ?? null }));
