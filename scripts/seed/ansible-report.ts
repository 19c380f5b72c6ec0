import type { DemoHost } from './fleet';
import type { Change, Failure, Run } from './run';
import { logEntry, type LogEntry, type UploadRequest } from './upload';

/** The report as the callback of the collection theforeman.foreman uploads it after a playbook. */
export function ansibleReport(host: DemoHost, at: Date, run: Run): UploadRequest {
  const changed = run.changes.flatMap((change) => changedTasks(change));
  const failures = run.failures.map((failure) => failedTask(host, failure));
  const report = {
    host: host.name,
    reported_at: ansibleTime(at),
    metrics: { time: { total: Math.max(1, Math.round(run.seconds * 6)) } },
    status: { applied: changed.length, failed: failures.length, skipped: failures.length ? 3 : 1 },
    logs: [...unchangedTasks(host), ...changed, ...failures],
    reporter: 'ansible',
    check_mode: false,
  };
  return { method: 'POST', path: '/api/v2/config_reports', body: { config_report: report } };
}

/** An instant as Python writes it. */
export function ansibleTime(at: Date): string {
  return at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '+00:00');
}

/** Ansible's results travel as a JSON text. */
function task(level: 'info' | 'notice' | 'err', name: string, result: Record<string, unknown>): LogEntry {
  const flags = { changed: level === 'notice', failed: level === 'err' };
  return logEntry(level, name, JSON.stringify({ _ansible_no_log: false, ...flags, ...result }));
}

function unchangedTasks({ role, os, ip }: DemoHost): LogEntry[] {
  const facts = { ansible_default_ipv4: { address: ip }, ansible_distribution_version: os.release };
  const windows = os.family === 'windows';
  return [
    task('info', 'Gathering Facts', { module: windows ? 'setup.ps1' : 'setup', ansible_facts: facts }),
    task('info', 'common : Time is synchronised', { module: windows ? 'win_service' : 'service', state: 'started' }),
    task('info', `${role.stem} : ${role.package} is installed`, {
      module: windows ? 'win_feature' : 'package',
      msg: '',
      results: [],
      rc: 0,
    }),
    task('info', `${role.stem} : ${role.service} is enabled and runs`, {
      module: windows ? 'win_service' : 'systemd',
      name: role.service,
      enabled: true,
      state: 'started',
    }),
  ];
}

function changedTasks(change: Change): LogEntry[] {
  switch (change.kind) {
    case 'file': {
      const file = { module: 'template', dest: change.path, mode: '0644', owner: 'root', group: 'root', state: 'file' };
      const handler = { module: 'systemd', name: change.service, state: 'started' };
      return [task('notice', `Write ${change.path}`, file), task('notice', `Restart ${change.service}`, handler)];
    }
    case 'package': {
      const results = [`Updated: ${change.name} ${change.from} to ${change.to}`];
      return [task('notice', `Update ${change.name}`, { module: 'package', msg: '', rc: 0, results })];
    }
    case 'service':
      return [task('notice', `Start ${change.name}`, { module: 'systemd', name: change.name, state: 'started' })];
    case 'user':
      return [task('notice', `Create user ${change.name}`, { module: 'user', name: change.name, state: 'present' })];
  }
}

function failedTask({ role }: DemoHost, failure: Failure): LogEntry {
  switch (failure.kind) {
    case 'package':
      return task('err', `${role.stem} : ${failure.name} is installed`, {
        module: 'package',
        msg: `No package matching '${failure.name}' is available`,
        rc: 126,
      });
    case 'service':
      return task('err', `Start ${failure.name}`, {
        module: 'systemd',
        msg: `Unable to start service ${failure.name}: Job for ${failure.name}.service failed because the control process exited with error code.`,
      });
    case 'restart':
      return task('err', `Restart ${failure.service}`, {
        module: 'systemd',
        msg: `Unable to restart service ${failure.service}: Job for ${failure.service}.service canceled.`,
      });
    case 'catalog':
      return task('err', 'Gathering Facts', {
        module: 'setup',
        msg: 'Failed to connect to the host via ssh: Connection timed out during banner exchange',
        unreachable: true,
      });
  }
}
