import type { ReportHistory } from '../charts';
import { NO_COUNTERS } from '../common/counters';
import type { HostDetails } from '../hosts';
import { hostGraphsPage } from './host-graphs.view';
import { hostPage } from './host-page.view';

const urls = { url: (path: string) => `/foreman${path}` };
const now = new Date('2026-11-22T12:00:00Z');
const host: HostDetails = {
  id: 1,
  name: 'web1',
  certname: 'web1',
  enabled: true,
  comment: null,
  uuid: null,
  ip: '192.0.2.1',
  mac: null,
  domain: 'a "b',
  environment: null,
  architecture: null,
  operatingSystem: { name: 'Rocky', major: '9', minor: '4', title: 'Rocky 9.4' },
  model: null,
  hostgroup: 'web/frontend',
  computeResource: null,
  status: 'Error',
  lastReportAt: new Date('2026-11-22T11:58:00Z'),
  lastReportId: 5,
  origin: 'Puppet',
  counters: { ...NO_COUNTERS, failed: 2 },
};
const values = { ...NO_COUNTERS, failed: 2, configRetrieval: 2, rest: 9 };
const history: ReportHistory = {
  days: 7,
  since: new Date('2026-11-15T12:00:00Z'),
  until: now,
  reports: 1,
  sums: { ...NO_COUNTERS, failed: 2 },
  buckets: [{ fromAt: now, toAt: now, reports: 1, min: values, max: values, sum: { ...NO_COUNTERS, failed: 2 } }],
};
const silent: ReportHistory = { ...history, reports: 0, sums: NO_COUNTERS, buckets: [] };

describe('hostPage', () => {
  it("shows Foreman's rows in order even without a value, links quoted", () => {
    const { properties } = hostPage({ host, history }, urls, now);
    expect(properties.map(({ label }) => label)).toEqual([
      'Domain',
      'IP address',
      'MAC address',
      'Environment',
      'Architecture',
      'Operating system',
      'Host group',
    ]);
    expect(properties[0]?.href).toBe(`/foreman/hosts?search=${encodeURIComponent('domain = "a \\"b"')}`);
    expect(properties[2]).toEqual({ label: 'MAC address', value: '', href: undefined });
    expect(properties[5]).toMatchObject({ value: 'Rocky 9.4', href: '/foreman/hosts?search=os%20%3D%20Rocky' });
  });

  it('the certificate name is told where it differs from the name', () => {
    const { properties } = hostPage({ host: { ...host, certname: 'other' }, history }, urls, now);
    expect(properties.at(-1)).toEqual({ label: 'Certificate name', value: 'other', href: undefined });
  });

  it('metrics are the sums of the range', () => {
    const { metrics } = hostPage({ host, history }, urls, now);
    expect(metrics?.reports).toBe('1 report');
    expect(metrics?.counters).toContainEqual({ name: 'Failed', value: '2', tone: 'bad' });
  });

  it('a quiet range offers a longer one', () => {
    const page = hostPage({ host, history: silent }, urls, now);
    expect(page.metrics).toBeNull();
    expect(page.noMetrics?.link?.href).toBe('/foreman/hosts/web1/ovirt?range=30');
    expect(page.runtime).toMatchObject({ empty: 'No report in the last 7 days.' });
    expect(page.runtime.chart).toBeUndefined();
  });

  it.each([hostPage, hostGraphsPage])('leads back to the list it was found in, from each of its ranges', (make) => {
    const from = make({ host, history, list: 'search=a+%3D+b&page=2' }, urls, now);
    expect(from.head.back).toEqual({ label: 'Hosts', href: '/foreman/hosts?search=a+%3D+b&page=2' });
    expect(from.ranges.map(({ href }) => new URL(href, 'http://x').searchParams.get('list'))).toEqual(
      Array(3).fill('search=a+%3D+b&page=2'),
    );
    expect(make({ host, history }, urls, now).head.back).toBeUndefined();
  });

  it('a host that never reported is told where to send reports', () => {
    const never = { ...host, lastReportAt: null, lastReportId: null, origin: null };
    const page = hostPage({ host: never, history: silent }, urls, now);
    expect(page.noMetrics?.text).toContain('/foreman/api/v2/config_reports');
    expect(page.head.lastReport).toBeUndefined();
  });
});

describe('hostGraphsPage', () => {
  it('a range of its own stands among the usual ones', () => {
    const { ranges } = hostGraphsPage({ host, history: { ...history, days: 14 } }, urls, now);
    expect(ranges).toEqual([
      { label: '1 day', href: '/foreman/hosts/web1/graphs/ovirt?range=1', current: false },
      { label: '7 days', href: '/foreman/hosts/web1/graphs/ovirt?range=7', current: false },
      { label: '14 days', href: '/foreman/hosts/web1/graphs/ovirt?range=14', current: true },
      { label: '30 days', href: '/foreman/hosts/web1/graphs/ovirt?range=30', current: false },
    ]);
  });

  it('charts carry tables with the same numbers', () => {
    const { resources } = hostGraphsPage({ host, history }, urls, now);
    expect(resources.table?.columns.map(({ label }) => label)).toEqual([
      'From',
      'Reports',
      'A',
      'R',
      'F',
      'FR',
      'S',
      'P',
    ]);
    expect(resources.table?.rows[0]?.cells).toEqual(['1', '0', '0', '2', '0', '0', '0']);
  });
});
