import { fleet } from './fleet';
import { demoEngine, demoUploads, type UploadRequest } from '.';

const now = new Date('2026-11-24T10:17:00Z');
const requests = [...demoUploads(now)];

interface Report {
  host: string;
  reported_at: string;
  status: Record<string, number>;
  logs: { log: { level: string; sources: { source: string }; messages: { message: string } } }[];
}
const reportsOf = (uploads: UploadRequest[]): Report[] =>
  uploads.flatMap(({ body }) => ('config_report' in body ? [body.config_report as Report] : []));
const reports = reportsOf(requests);
const keyOf = ({ host, reported_at }: Report) => `${host} ${new Date(reported_at).toISOString()}`;
const distinct = (items: string[]) => new Set(items).size;

describe('fleet', () => {
  it.each(['name', 'ip', 'mac', 'uuid'] as const)('gives every one of some 300 hosts its own %s', (key) => {
    const values = fleet().map((host) => host[key]);
    expect(values.length).toBeGreaterThan(290);
    expect(distinct(values)).toBe(values.length);
  });

  it('shows the engine a VM for each host under the id that the host knows', () => {
    const ids = new Set(demoEngine().vms.map(({ id }) => id));
    expect(fleet().every(({ uuid }) => ids.has(uuid))).toBe(true);
  });

  it('has hosts of every character', () => {
    expect(new Set(fleet().map(({ character }) => character)).size).toBe(8);
  });
});

describe('demoUploads', () => {
  it('gives the same uploads for the same instant', () => {
    expect([...demoUploads(now)]).toEqual(requests);
  });

  it('stays within 20,000 reports, none of them twice or later than now', () => {
    expect(reports.length).toBeGreaterThan(12_000);
    expect(reports.length).toBeLessThanOrEqual(20_000);
    expect(distinct(reports.map(keyOf))).toBe(reports.length);
    expect(reports.every(({ reported_at }) => new Date(reported_at) <= now)).toBe(true);
  });

  it('shows every host and its latest report before any older one', () => {
    const latest = new Map<string, string>();
    for (const report of reports) if (!latest.has(report.host)) latest.set(report.host, keyOf(report));
    const opening = reports.slice(0, latest.size).map(keyOf);
    expect(opening).toEqual([...latest.values()]);
    expect(reports.every((report) => keyOf(report) <= (latest.get(report.host) ?? ''))).toBe(true);
  });

  it('continues an earlier call without repeating or contradicting it', () => {
    const later = new Date(now.getTime() + 65 * 60_000);
    const more = reportsOf([...demoUploads(later, now)]);
    expect(more.length).toBeGreaterThan(300);
    expect(more.every(({ reported_at }) => new Date(reported_at) > now && new Date(reported_at) <= later)).toBe(true);
  });

  it('counts in a Puppet report what its log lines say', () => {
    const puppet = reports.filter(({ logs }) => logs.some(({ log }) => log.sources.source.startsWith('/Stage[main]/')));
    const count = ({ logs }: Report, pattern: RegExp) =>
      logs.filter(({ log }) => pattern.test(log.messages.message)).length;
    expect(puppet.length).toBeGreaterThan(500);
    for (const report of puppet) {
      expect(report.status).toMatchObject({
        applied: count(report, /changed '|^created$/),
        restarted: count(report, /^Triggered 'refresh'/),
        failed_restarts: count(report, /^Failed to call refresh/),
        pending: count(report, /\(noop\)$/),
        skipped: count(report, /^Skipping because/),
      });
    }
  });
});
