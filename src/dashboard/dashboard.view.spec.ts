import { AppError } from '../common/app-error';
import { NO_COUNTERS } from '../common/counters';
import { dashboardPage, type DashboardData } from './dashboard.view';

const urls = { url: (path: string) => `/foreman${path}` };
const now = new Date('2026-11-22T12:00:00Z');
const data: DashboardData = {
  totalHosts: 312,
  filter: '',
  rows: [
    { key: 'error', search: 'status.failed > 0', count: 7 },
    { key: 'ok', search: 'status.failed = 0', count: 251 },
  ],
  distribution: {
    intervalMinutes: 30,
    bins: [
      { minutesAgo: 30, reports: 4 },
      { minutesAgo: 15, reports: 9 },
    ],
  },
  events: [
    {
      reportId: 5,
      hostName: 'web1',
      origin: 'Puppet',
      counters: { ...NO_COUNTERS, failed: 2 },
      reportedAt: new Date('2026-11-22T11:58:00Z'),
    },
  ],
  recentMinutes: 35,
  generatedAt: now,
};

describe('dashboardPage', () => {
  it('rows and slices lead to the very search that was counted', () => {
    const { figures } = dashboardPage(data, urls, now);
    const hrefs = ['/foreman/hosts?search=status.failed%20%3E%200', '/foreman/hosts?search=status.failed%20%3D%200'];
    expect(figures?.rows.map(({ href }) => href)).toEqual(hrefs);
    expect(figures?.doughnut?.chart).toMatchObject({ values: [7, 251], links: hrefs });
  });

  it('good reports stand beside all hosts, with the percentage', () => {
    const { figures } = dashboardPage(data, urls, now);
    expect(figures?.rows.map(({ label, value }) => [label, value])).toEqual([
      ['In error state', '7'],
      ['Good reports, last 35 min', '251 / 312 (80%)'],
    ]);
  });

  it('the distribution has a table that says the same as its bars', () => {
    expect(dashboardPage(data, urls, now).figures?.distribution).toMatchObject({
      chart: { labels: ['30', '15'], series: [{ data: [4, 9] }] },
      table: {
        rows: [
          { text: '30 to 15', cells: ['4'] },
          { text: '15 to 0', cells: ['9'] },
        ],
      },
    });
  });

  it('an event leads to its host and its report', () => {
    expect(dashboardPage(data, urls, now).figures?.events[0]).toMatchObject({
      href: '/foreman/hosts/web1/ovirt',
      reportHref: '/foreman/reports/5',
      at: { text: '2 minutes ago' },
    });
  });

  it.each([
    ['without any host it tells where to send reports', { totalHosts: 0 }, 'No hosts yet'],
    ['a filter that matches nothing is no empty system', { totalHosts: 0, filter: 'name = x' }, 'No host matches'],
    [
      'a bad filter shows no figures',
      { filter: 'os = (', filterError: new AppError('search_syntax', 'no') },
      'The filter is not understood',
    ],
  ])('%s', (_, change, title) => {
    const page = dashboardPage({ ...data, ...change }, urls, now);
    expect(page.figures).toBeUndefined();
    expect(page.nothing?.title).toBe(title);
  });

  it('no host in any status draws no doughnut', () => {
    const rows = data.rows.map((row) => ({ ...row, count: 0 }));
    expect(dashboardPage({ ...data, rows }, urls, now).figures?.doughnut).toBeNull();
  });
});
