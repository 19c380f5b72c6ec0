import { z } from 'zod';

/** What is done to a VM, as it is kept while it runs. */
export const PowerInput = z.object({
  computeResourceId: z.int(),
  vmId: z.guid(),
  name: z.string(),
  /** Id of its row in `machines`. */
  machineId: z.int(),
  keepDisks: z.boolean().optional(),
});
export type PowerInput = z.output<typeof PowerInput>;
