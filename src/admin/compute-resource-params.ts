import { z } from 'zod';
import type { ComputeResourceInput } from '../compute-resources';
import { Flag, Text, wrapped } from '../web';

const text = Text.optional();

/** Without what was not said. */
const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const addresses = z
  .union([z.array(Text), Text.transform((list) => list.split(/[\s,]+/))])
  .transform((list) => list.filter((address) => address !== ''))
  .optional();

/** Foreman's names of a compute resource's fields (Foreman: compute_resources_controller.rb), and ours. */
const Fields = z
  .object({
    name: text,
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
    public_key: Text.nullable().optional(),
    addresses,
    insecure_tls: Flag.optional(),
    engine_writes: Flag.optional(),
    service_account_acts: Flag.optional(),
    display_type: z
      .string()
      .regex(/^(vnc|spice)$/i, 'must be vnc or spice')
      .toLowerCase()
      .nullish(),
    keyboard_layout: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]{2})?$/, 'must be a layout such as en-us')
      .nullish(),
    ovirt_quota: Text.nullish(),
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
      engineWrites: of.engine_writes,
      serviceAccountActs: of.service_account_acts,
      attributes: given({
        display_type: of.display_type ?? undefined,
        keyboard_layout: of.keyboard_layout ?? undefined,
        ovirt_quota: of.ovirt_quota ?? undefined,
      }),
    };
    return given(all);
  });

/** `{"compute_resource": {…}}`; Foreman takes the fields without it, too. */
export const ComputeResourceParams = wrapped(Fields, 'compute_resource');

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
