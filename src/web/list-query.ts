import { z } from 'zod';
import { DEFAULT_PER_PAGE, MAX_PER_PAGE, type ListRequest } from '../common/paging';
import { numeric } from './fields';

const MAX_PAGE = 1_000_000_000;
/** What `per_page` may be at most in the API, and what `all` means: beyond it, clients page. */
const MAX_API_PER_PAGE = 10_000;

const ONCE = 'must be given once, as a text';
const COUNT_FAULT = 'must be a whole number from 1';
const positive = (max: number) =>
  numeric(z.number(COUNT_FAULT).int(COUNT_FAULT).min(1, COUNT_FAULT)).transform((count) => Math.min(count, max));

/** `?search=…&order=…&page=…` of every list. */
export const SearchText = z.string(ONCE).default('').describe('In the search language; empty = everything');
export const OrderText = z
  .string(ONCE)
  .max(100, 'is too long')
  .default('')
  .describe('A search field, then ASC or DESC: "last_report DESC"');
export const PageNumber = positive(MAX_PAGE).default(1).describe('From 1');
/** Larger numbers are taken as `max`. */
export const perPage = (max: number): z.ZodType<number> => positive(max);

/** Query of a list in the API. */
export const ApiListQuery = z.object({
  search: SearchText,
  order: OrderText,
  page: PageNumber,
  per_page: z
    .union([z.literal('all').transform(() => MAX_API_PER_PAGE), perPage(MAX_API_PER_PAGE)], `${COUNT_FAULT}, or all`)
    .default(DEFAULT_PER_PAGE)
    .describe(`Rows a page; "all" and greater numbers are ${MAX_API_PER_PAGE}`),
});
export type ApiListQuery = z.output<typeof ApiListQuery>;

/** The query as lists take it. */
export function listRequest({ search, order, page, per_page: perPage }: ApiListQuery): ListRequest {
  return { search, order, page, perPage };
}

/** Query of a list on a page. */
export const PageListQuery = ApiListQuery.extend({ per_page: perPage(MAX_PER_PAGE).default(DEFAULT_PER_PAGE) });
export type PageListQuery = z.output<typeof PageListQuery>;
