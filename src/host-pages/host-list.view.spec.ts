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
    const problem = { message: 'no such field', of: 'search' as const, position: { start: 0, end: 1 } };
    expect(page({ problem }).searchError).toMatchObject({
      message: 'no such field',
      before: '',
      at: 'a',
      after: ' = b',
    });
  });

  it('a bad order is no fault of the search, and is left behind', () => {
    const problem = { message: 'no such field', of: 'order' as const };
    const { searchError, orderError, search, columns, nothing } = page({ order: 'colour', problem });
    expect([searchError, search.kept]).toEqual([undefined, []]);
    expect(orderError).toEqual({
      message: 'no such field',
      link: { label: 'Sort by name', href: '/foreman/hosts?search=a+%3D+b&page=2' },
    });
    expect(columns[0]?.sorted).toBe('ascending');
    expect(nothing?.text).toBe('Their order is not understood.');
  });

  it.each([
    ['', undefined, 'DESC'],
    ['status.failed DESC', 'descending', 'ASC'],
    ['status.failed', 'ascending', 'DESC'],
  ])('ordered by "%s" the failed are %s and lead to %s', (order, sorted, next) => {
    const failed = page({ order }).counterHeads.find(({ short }) => short === 'F');
    expect(failed?.sorted).toBe(sorted);
    expect(failed?.href).toBe(`/foreman/hosts?search=a+%3D+b&order=status.failed+${next}`);
  });

  it.each([
    [{}, 'search=a+%3D+b&page=2'],
    [{ order: 'os DESC' }, 'search=a+%3D+b&order=os+DESC&page=2'],
    [{ search: '', hosts: { ...data.hosts, page: 1 } }, 'page=1'],
  ])('a host of the list %j remembers where it was found', (change, list) => {
    const { searchParams } = new URL(page(change).hosts[0]?.href ?? '', 'http://x');
    expect(searchParams.get('list')).toBe(list);
  });

  it('a page beyond the end leads back', () => {
    const beyond = page({ hosts: { ...data.hosts, page: 9, rows: [] }, search: '' });
    expect(beyond.nothing?.title).toBe('This page is empty');
    expect(beyond.pages?.previous).toBe('/foreman/hosts?page=3');
  });
});
