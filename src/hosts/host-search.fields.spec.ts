import { compileSearch, parseSearch } from '../search';
import { hostFields } from './host-search.fields';

const now = new Date('2026-03-01T12:00:00Z');
const compile = (text: string, dialect: 'sqlite' | 'postgres' = 'sqlite') =>
  compileSearch(parseSearch(text), hostFields, { dialect, now });

describe('host search fields', () => {
  // PostgreSQL reads an integer parameter as the column's type, hence its casts
  const zeros = (count: number): number[] => Array<number>(count).fill(0);
  it.each([
    [
      'changed without error',
      'status.recent = true and status.enabled = true and (status.applied > 0 or status.restarted > 0) and status.failed = 0 and status.failed_restarts = 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND (hosts.applied > ? OR hosts.restarted > ?) AND hosts.failed = ? AND hosts.failed_restarts = ?)',
      [now.getTime(), ...zeros(4)],
    ],
    [
      'error',
      'status.recent = true and status.enabled = true and (status.failed > 0 or status.failed_restarts > 0)',
      '(hosts.stale_at > ? AND hosts.enabled = true AND (hosts.failed > ? OR hosts.failed_restarts > ?))',
      [now.getTime(), ...zeros(2)],
    ],
    [
      'good reports',
      'status.recent = true and status.enabled = true and status.applied = 0 and status.restarted = 0 and status.failed = 0 and status.failed_restarts = 0 and status.pending = 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND hosts.applied = ? AND hosts.restarted = ? AND hosts.failed = ? AND hosts.failed_restarts = ? AND hosts.pending = ?)',
      [now.getTime(), ...zeros(5)],
    ],
    [
      'pending',
      'status.recent = true and status.enabled = true and status.pending > 0',
      '(hosts.stale_at > ? AND hosts.enabled = true AND hosts.pending > ?)',
      [now.getTime(), 0],
    ],
    [
      'out of sync',
      'status.out_of_sync = true and status.enabled = true',
      '(hosts.stale_at <= ? AND hosts.enabled = true)',
      [now.getTime()],
    ],
    [
      'no reports',
      'not has last_report and status.enabled = true',
      '(hosts.last_report_at IS NULL AND hosts.enabled = true)',
      [],
    ],
    ['alerts disabled', 'status.enabled = false', 'hosts.enabled = false', []],
  ])('compile the dashboard search "%s" to conditions that an index can follow', (_, text, sql, params) => {
    expect(compile(text)).toEqual({ sql, params });
    expect(compile(text, 'postgres').sql.replaceAll('CAST(? AS bigint)', '?')).toBe(sql);
  });

  it('compile the webadmin plugin’s search by uuid or name in any case', () => {
    expect(compile('uuid=58AD9D2D-013A-00AA-018F-00000000022E or name=Web1')).toEqual({
      sql: '(hosts.uuid = ? OR hosts.name = ?)',
      params: ['58ad9d2d-013a-00aa-018f-00000000022e', 'web1'],
    });
  });
});
