/** One page of rows; `total` counts what is visible, `subtotal` what matches. Pages count from 1. */
export interface Page<T> {
  total: number;
  subtotal: number;
  page: number;
  perPage: number;
  rows: T[];
}

/** What is asked of a list. */
export interface ListRequest {
  search: string;
  /** "field", "field ASC", "field DESC"; empty = the list's own. */
  order: string;
  page: number;
  perPage: number;
}

export const DEFAULT_PER_PAGE = 20;
export const MAX_PER_PAGE = 1000;
