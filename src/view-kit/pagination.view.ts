import type { Page } from '../common/paging';
import type { PageListQuery } from '../web';
import type { Urls } from './page-links';
import { formatCount } from './view-format';

/** For the partial `pagination`. */
export interface PagesView {
  /** "21–40 of 312". */
  range: string;
  first?: string;
  previous?: string;
  next?: string;
  last?: string;
}

/** Links to the other pages of a list; none when everything is on one. @param to address of a page */
export function pagesView(
  { page, perPage, subtotal, rows }: Page<unknown>,
  to: (page: number) => string,
): PagesView | undefined {
  const last = Math.max(1, Math.ceil(subtotal / perPage));
  if (last === 1 && page === 1) return undefined;
  const start = (page - 1) * perPage;
  const range = `${formatCount(start + Math.min(1, rows.length))}–${formatCount(start + rows.length)} of ${formatCount(subtotal)}`;
  return {
    range,
    ...(page > 1 ? { first: to(1), previous: to(Math.min(page - 1, last)) } : {}),
    ...(page < last ? { next: to(page + 1), last: to(last) } : {}),
  };
}

/** Addresses of a list's pages. */
export function listAddress(
  urls: Urls,
  path: string,
  { search, order, per_page: perPage }: PageListQuery,
): (page: number) => string {
  return (page) => {
    const query = new URLSearchParams({ page: String(page), per_page: String(perPage) });
    if (search !== '') query.set('search', search);
    if (order !== '') query.set('order', order);
    return urls.url(`${path}?${query.toString()}`);
  };
}
