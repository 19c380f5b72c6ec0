import type { DemoHost } from './fleet';
import { Random } from './random';
import type { Change, Failure, Run } from './run';
import { logEntry, type LogEntry, type UploadRequest } from './upload';

/** Log lines and what they count as; the six names are those of Foreman's status. */
interface Outcome {
  logs: LogEntry[];
  applied?: number;
  restarted?: number;
  failed?: number;
  failed_restarts?: number;
  skipped?: number;
  pending?: number;
}

/** The report as Foreman's report processor on a Puppet server uploads it. */
export function puppetReport(host: DemoHost, at: Date, run: Run): UploadRequest {
  const profile = `/Stage[main]/Profile::${capitalised(host.role.stem)}`;
  const random = new Random('puppet', host.name, at.getTime());
  const outcomes = [
    ...run.changes.map((change) => (run.noop ? pending(profile, change) : applied(profile, change, random))),
    ...run.failures.map((failure) => failed(host, profile, failure, random)),
  ];
  const sum = (counter: Exclude<keyof Outcome, 'logs'>) =>
    outcomes.reduce((total, outcome) => total + (outcome[counter] ?? 0), 0);
  const status = {
    applied: sum('applied'),
    restarted: sum('restarted'),
    failed: sum('failed'),
    failed_restarts: sum('failed_restarts'),
    skipped: sum('skipped'),
    pending: sum('pending'),
  };
  const compiled = run.failures.every(({ kind }) => kind !== 'catalog');
  const end = logEntry('notice', 'Puppet', `Applied catalog in ${run.seconds.toFixed(2)} seconds`);
  const report = {
    host: host.name,
    reported_at: at
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, ' UTC'),
    status,
    metrics: compiled ? metrics(host, run, status) : {},
    logs: [...outcomes.flatMap(({ logs }) => logs), ...(compiled ? [end] : [])],
  };
  return { method: 'POST', path: '/api/config_reports', body: { config_report: report } };
}

function applied(profile: string, change: Change, random: Random): Outcome {
  const notice = (source: string, message: string) => logEntry('notice', `${profile}/${source}`, message);
  switch (change.kind) {
    case 'file': {
      const [before, after] = [random.hex(64), random.hex(64)];
      const content = notice(
        `File[${change.path}]/content`,
        `content changed '{sha256}${before}' to '{sha256}${after}' (corrective)`,
      );
      const refresh = notice(`Service[${change.service}]`, "Triggered 'refresh' from 1 event");
      return { logs: [content, refresh], applied: 1, restarted: 1 };
    }
    case 'package':
      return {
        logs: [notice(`Package[${change.name}]/ensure`, `ensure changed '${change.from}' to '${change.to}'`)],
        applied: 1,
      };
    case 'service':
      return {
        logs: [notice(`Service[${change.name}]/ensure`, "ensure changed 'stopped' to 'running' (corrective)")],
        applied: 1,
      };
    case 'user':
      return { logs: [notice(`User[${change.name}]/ensure`, 'created')], applied: 1 };
  }
}

function pending(profile: string, change: Change): Outcome {
  const [property, current, wanted] = wouldBe(change);
  const message = `current_value '${current}', should be '${wanted}' (noop)`;
  return { logs: [logEntry('notice', `${profile}/${property}`, message)], pending: 1 };
}

function wouldBe(change: Change): [property: string, current: string, wanted: string] {
  switch (change.kind) {
    case 'file':
      return [`File[${change.path}]/mode`, '0644', '0640'];
    case 'package':
      return [`Package[${change.name}]/ensure`, change.from, change.to];
    case 'service':
      return [`Service[${change.name}]/ensure`, 'stopped', 'running'];
    case 'user':
      return [`User[${change.name}]/ensure`, 'absent', 'present'];
  }
}

function failed(host: DemoHost, profile: string, failure: Failure, random: Random): Outcome {
  const err = (source: string, message: string) => logEntry('err', source, message);
  switch (failure.kind) {
    case 'package': {
      const { name, service } = failure;
      const dependent = `${profile}/Service[${service}]`;
      return {
        logs: [
          err(
            `${profile}/Package[${name}]/ensure`,
            `change from 'purged' to 'present' failed: ${installError(host, name)}`,
          ),
          logEntry('notice', dependent, `Dependency Package[${name}] has failures: true`),
          logEntry('warning', dependent, 'Skipping because of failed dependencies'),
        ],
        failed: 1,
        skipped: 1,
      };
    }
    case 'service': {
      const { name } = failure;
      const message = `Systemd start for ${name} failed!\njournalctl log for ${name}:\n-- No entries --\n`;
      const source = `${profile}/Service[${name}]/ensure`;
      return { logs: [err(source, `change from 'stopped' to 'running' failed: ${message}`)], failed: 1 };
    }
    case 'restart': {
      const { path, service } = failure;
      const changed = applied(profile, { kind: 'file', path, service }, random);
      const message = `Failed to call refresh: Systemd restart for ${service} failed!`;
      const logs = [...changed.logs.slice(0, 1), err(`${profile}/Service[${service}]`, message)];
      return { logs, applied: 1, failed_restarts: 1 };
    }
    case 'catalog': {
      const place = `file: /etc/puppetlabs/code/environments/${host.environment}/manifests/site.pp, line: 42`;
      const reason = `Evaluation Error: Error while evaluating a Function Call, Could not find class ::profile::${host.role.stem}`;
      return {
        logs: [
          err(
            'Puppet',
            `Could not retrieve catalog from remote server: Error 500 on SERVER: Server Error: ${reason} (${place}) on node ${host.name}`,
          ),
          logEntry('warning', 'Puppet', 'Not using cache on failed catalog'),
          err('Puppet', 'Could not retrieve catalog; skipping run'),
        ],
        failed: 2,
      };
    }
  }
}

function installError({ os }: DemoHost, name: string): string {
  if (os.family === 'windows')
    return `Install-WindowsFeature : ArgumentNotValid: The role or feature '${name}' was not found`;
  if (os.family === 'Debian') {
    return `Execution of '/usr/bin/apt-get -q -y install ${name}' returned 100: E: Unable to locate package ${name}`;
  }
  return `Execution of '/usr/bin/dnf -d 0 -e 1 -y install ${name}' returned 1: Error: Unable to find a match: ${name}`;
}

function metrics(host: DemoHost, run: Run, status: Required<Omit<Outcome, 'logs'>>): Record<string, unknown> {
  const outOfSync = status.applied + status.failed + status.pending;
  const part = (share: number) => Number((run.seconds * share).toFixed(4));
  return {
    resources: {
      changed: status.applied,
      corrective_change: 0,
      failed: status.failed,
      failed_to_restart: status.failed_restarts,
      out_of_sync: outOfSync,
      restarted: status.restarted,
      scheduled: 0,
      skipped: status.skipped,
      total: 120 + host.role.hostgroup.length * 7,
    },
    time: {
      config_retrieval: Number(run.retrievalSeconds.toFixed(4)),
      exec: part(0.12),
      file: part(0.25),
      package: part(0.4),
      service: part(0.13),
      user: part(0.1),
      total: Number((run.seconds + run.retrievalSeconds).toFixed(4)),
    },
    changes: { total: status.applied },
    events: { failure: status.failed, noop: status.pending, success: status.applied, total: outOfSync },
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
