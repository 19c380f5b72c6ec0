import { hostListPage, type HostListData, type SearchTools } from './host-list.view';

const urls = { url: (path: string) => `/foreman${path}` };
const now = new Date('2026-11-22T12:00:00Z');
const rows = Array.from({ length: 20 }, (_, i) => ({
  name: `web${i}`,
  status: 'Error' as const,
  operatingSystem: null,
  hostgroup: null,
  lastReportAt: null,
  origin: null,
  counters: { applied: 0, restarted: 0, failed: 1, failed_restarts: 0, skipped: 0, pending: 0 },
}));
const data: HostListData = {
  hosts: { total: 312, subtotal: 45, page: 2, perPage: 20, rows },
  search: 'a = b',
  order: '',
};
const tools: SearchTools = { completeUrl: '', filters: [], saved: [], hasSaved: false, hidden: [] };
const page = (change: Partial<HostListData>) => hostListPage({ ...data, ...change }, tools, urls, now);

describe('hostListPage', () => {
  it('leads through the pages with the search kept', () => {
    expect(page({}).pages).toEqual({
      range: '21–40 of 45',
      first: '/foreman/hosts?search=a+%3D+b',
      previous: '/foreman/hosts?search=a+%3D+b',
      next: '/foreman/hosts?search=a+%3D+b&page=3',
      last: '/foreman/hosts?search=a+%3D+b&page=3',
    });
  });

  it('everything on one page needs no paging', () => {
    expect(page({ hosts: { ...data.hosts, subtotal: 20, page: 1 } }).pages).toBeUndefined();
  });

  it.each([
    ['', 'ascending', 'name+DESC'],
    ['name ASC', 'ascending', 'name+DESC'],
    ['name DESC', 'descending', 'name+ASC'],
    ['last_report DESC', undefined, 'name+ASC'],
  ])('ordered by "%s" the name column is %s and leads to %s', (order, sorted, next) => {
    const [name] = page({ order }).columns;
    expect(name?.sorted).toBe(sorted);
    expect(name?.href).toBe(`/foreman/hosts?search=a+%3D+b&order=${next}`);
  });

  it('a bad search is cut where it is wrong', () => {
    const searchError = { message: 'no such field', position: { start: 0, end: 1 } };
    expect(page({ searchError }).searchError).toMatchObject({
      message: 'no such field',
      before: '',
      at: 'a',
      after: ' = b',
    });
  });

  it('a page beyond the end leads back', () => {
    const beyond = page({ hosts: { ...data.hosts, page: 9, rows: [] }, search: '' });
    expect(beyond.nothing?.title).toBe('This page is empty');
    expect(beyond.pages?.previous).toBe('/foreman/hosts?page=3');
  });
});
