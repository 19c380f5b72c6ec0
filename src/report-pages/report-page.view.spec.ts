import { NO_COUNTERS } from '../common/counters';
import { reportPage } from './report-page.view';

const urls = { url: (path: string) => `/foreman${path}` };
const now = new Date('2026-11-22T12:00:00Z');
const report = {
  id: 5,
  hostName: 'web1',
  origin: 'Puppet',
  reportedAt: new Date('2026-11-22T11:58:00Z'),
  counters: { ...NO_COUNTERS, failed: 1 },
  runtime: 12.414,
  configRetrieval: 2.3,
  metrics: { time: { config_retrieval: 2.3 }, resources: { total: 512 }, events: {} },
  logs: [
    { level: 'err', source: '/Stage[main]', message: 'failed' },
    { level: 'strange', source: 'Puppet', message: 'hello' },
  ],
};

describe('reportPage', () => {
  it('gives times in seconds, other metrics as plain numbers, and no empty group', () => {
    expect(reportPage(report, urls, now).metricGroups).toEqual([
      { name: 'time', metrics: [{ name: 'config retrieval', value: '2.3 s' }] },
      { name: 'resources', metrics: [{ name: 'total', value: '512' }] },
    ]);
  });

  it('log lines keep their order, and an unknown level is quiet', () => {
    expect(reportPage(report, urls, now).logs.map(({ level, tone }) => [level, tone])).toEqual([
      ['err', 'error'],
      ['strange', 'none'],
    ]);
  });
});
