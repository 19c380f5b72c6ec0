import { z } from 'zod';
import type { ComputeResourceInput } from '../compute-resources';

/** What is under the first of these keys that is there, else the body itself. */
export function unwrapped(...keys: string[]): (body: unknown) => unknown {
  return (body) => {
    if (typeof body !== 'object' || body === null) return body;
    const entries = new Map<string, unknown>(Object.entries(body));
    return entries.get(keys.find((key) => entries.has(key)) ?? '') ?? body;
  };
}

const text = z.string().max(4_000).optional();
const flag = z
  .union([z.boolean(), z.enum(['0', '1', 'true', 'false']).transform((word) => word === '1' || word === 'true')])
  .optional();
/** A form repeats a check box's name; the last one counts. */
export const checkBox = z.preprocess((value) => (Array.isArray(value) ? (value as unknown[]).at(-1) : value), flag);

const addresses = z
  .union([
    z.array(z.string().max(500)).max(50),
    z
      .string()
      .max(4_000)
      .transform((list) => list.split(/[\s,]+/)),
  ])
  .transform((list) => list.filter((address) => address !== ''))
  .optional();

/** Foreman's names of a compute resource's fields (Foreman: compute_resources_controller.rb), and ours. */
const Fields = z
  .object({
    name: z.string().max(255).optional(),
    provider: z
      .string()
      .regex(/^ovirt$/i, 'is not available: Ovirt is the only one')
      .optional(),
    description: text,
    url: text,
    user: text,
    password: text,
    datacenter: text,
    uuid: text,
    public_key: z.string().max(200_000).nullable().optional(),
    addresses,
    insecure_tls: checkBox,
  })
  .transform((of): Partial<ComputeResourceInput> => {
    const all = {
      name: of.name,
      description: of.description,
      url: of.url,
      username: of.user,
      password: of.password,
      datacenter: of.datacenter ?? of.uuid,
      publicKey: of.public_key ?? (of.public_key === null ? '' : undefined),
      addresses: of.addresses,
      insecureTls: of.insecure_tls,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  });

/** `{"compute_resource": {…}}`; Foreman takes the fields without it, too. */
export const ComputeResourceParams = z.preprocess(unwrapped('compute_resource'), Fields);

/** What the form posts beside the fields. */
export const ComputeResourceForm = z.object({
  compute_resource: Fields,
  /** The compute resource that is edited; absent for a new one. */
  id: z.string().max(12).optional(),
  /** PEM of an authority that was shown, and the wish to trust it. */
  offered_ca: z.string().max(100_000).optional(),
  trust: z.literal('1').optional(),
  /** The address that was recommended. */
  use_url: z.string().max(4_000).optional(),
  save_anyway: z.literal('1').optional(),
});
export type ComputeResourceForm = z.output<typeof ComputeResourceForm>;

/** A whole input, as creating needs it. */
export function wholeInput(input: Partial<ComputeResourceInput>): ComputeResourceInput {
  return {
    name: '',
    description: '',
    url: '',
    username: '',
    password: '',
    publicKey: '',
    datacenter: '',
    addresses: [],
    insecureTls: false,
    ...input,
  };
}
