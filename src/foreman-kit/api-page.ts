import { z } from 'zod';
import type { Page } from '../common/paging';

/** Foreman's wrapper of lists (Foreman: api/v2/layouts/index_layout.json.erb). */
export function apiPage(
  { total, subtotal, page, perPage }: Omit<Page<unknown>, 'rows'>,
  { search, order }: { search: string; order: string },
  results: unknown,
): object {
  const [by = null, direction = 'ASC'] = order.trim() === '' ? [] : order.trim().split(/\s+/);
  return {
    total,
    subtotal,
    page,
    per_page: perPage,
    search: search === '' ? null : search,
    sort: { by, order: by === null ? null : direction.toUpperCase() },
    results,
  };
}

/** The same of a list that is not paged. */
export function wholePage(results: readonly unknown[]): object {
  const { length } = results;
  return apiPage({ total: length, subtotal: length, page: 1, perPage: length }, { search: '', order: '' }, results);
}

/** What apiPage makes, for the documentation. */
export const apiPageOf = (results: z.ZodType): z.ZodObject =>
  z.object({
    total: z.int().describe('Rows there are'),
    subtotal: z.int().describe('Rows that the search finds'),
    page: z.int(),
    per_page: z.int(),
    search: z.string().nullable(),
    sort: z.object({ by: z.string().nullable(), order: z.enum(['ASC', 'DESC']).nullable() }),
    results,
  });
