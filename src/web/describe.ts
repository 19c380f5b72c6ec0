import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { z } from 'zod';

export const OPERATION = 'foreman-ovirt:operation';

/** What the API's documentation says of a route beside what its path, permissions and pipes tell. */
export interface Operation {
  summary: string;
  /** Of the body of a successful answer. */
  answer: z.ZodType;
  /** What a reader must know beyond the summary. */
  notes?: string;
}

/** Puts the route into the API's documentation. */
export const Describe = (operation: Operation): CustomDecorator => SetMetadata(OPERATION, operation);
