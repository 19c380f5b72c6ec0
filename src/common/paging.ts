/** One page of rows; `total` counts what is visible, `subtotal` what matches. Pages count from 1. */
export interface Page<T> {
  total: number;
  subtotal: number;
  page: number;
  perPage: number;
  rows: T[];
}

export const DEFAULT_PER_PAGE = 20;
export const MAX_PER_PAGE = 1000;
