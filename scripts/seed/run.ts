import type { DemoHost } from './fleet';
import { Random } from './random';
import { isUpdateDay } from './schedule';

export type Change =
  | { kind: 'file'; path: string; service: string }
  | { kind: 'package'; name: string; from: string; to: string }
  | { kind: 'service'; name: string }
  | { kind: 'user'; name: string };

export type Failure =
  | { kind: 'package'; name: string; service: string }
  | { kind: 'service'; name: string }
  | { kind: 'restart'; path: string; service: string }
  /** The server could not compile what the host should become: nothing ran. */
  | { kind: 'catalog' };

/** What one run of Puppet or Ansible did, or (noop) would have done. */
export interface Run {
  changes: Change[];
  failures: Failure[];
  noop: boolean;
  /** Seconds spent on anything but fetching the catalog. */
  seconds: number;
  retrievalSeconds: number;
}

const hour = 3_600_000;

/** The host's run at an instant; `now` decides since when a failing host fails. */
export function runOf(host: DemoHost, at: Date, now: Date): Run {
  const random = new Random('run', host.name, at.getTime());
  const failing = host.character === 'failing' && at.getTime() > now.getTime() - host.troubleHours * hour;
  const fails = failing || (host.character === 'flaky' && random.chance(0.2));
  const changes = changesOf(host, at, random);
  const failures = fails ? [failureOf(host, random, failing)] : [];
  const busy = failures.some(({ kind }) => kind === 'catalog') ? 0 : host.role.size[0] * 0.6 + changes.length * 4;
  const load = 1 + 0.4 * Math.sin(((at.getUTCHours() - 4) / 24) * 2 * Math.PI);
  return {
    changes: busy === 0 ? [] : changes,
    failures,
    noop: host.character === 'noop',
    seconds: busy * load + random.fraction() * 3 + (random.chance(0.01) ? 60 : 0),
    retrievalSeconds: (0.8 + random.fraction() * 1.4) * load,
  };
}

function changesOf(host: DemoHost, at: Date, random: Random): Change[] {
  if (host.character === 'noop') return random.sample(commonChanges(host), 3);
  if (isUpdateDay(at, host)) return updates(host, at);
  const likelihood = { drifting: 0.4, flaky: 0.15 }[host.character as string] ?? 0.02;
  return random.chance(likelihood) ? random.sample(commonChanges(host), random.integer(1, 3)) : [];
}

function commonChanges({ role, os }: DemoHost): Change[] {
  if (os.family === 'windows') {
    return [
      { kind: 'file', path: `C:/ProgramData/${role.service}/settings.xml`, service: role.service },
      { kind: 'service', name: 'WinRM' },
      { kind: 'user', name: 'svc_inventory' },
    ];
  }
  return [
    { kind: 'file', path: `/etc/${role.service}/${role.service}.conf`, service: role.service },
    { kind: 'file', path: '/etc/chrony.conf', service: 'chronyd' },
    { kind: 'file', path: '/etc/ssh/sshd_config', service: 'sshd' },
    { kind: 'service', name: role.service },
    { kind: 'user', name: 'deploy' },
  ];
}

/** The week's security updates: the same packages and versions on every host of one kind. */
function updates({ os }: DemoHost, at: Date): Change[] {
  const week = Math.floor(at.getTime() / (7 * 24 * hour)) % 100;
  const suffix = os.family === 'RedHat' ? `.el${os.release.split('.')[0]}` : '+deb';
  const names = os.family === 'windows' ? ['KB5048654', 'KB5049983'] : ['openssl', 'curl', 'tzdata'];
  return names.map((name) => ({ kind: 'package', name, from: `3.${week}-1${suffix}`, to: `3.${week}-2${suffix}` }));
}

function failureOf({ role, os }: DemoHost, random: Random, lasting: boolean): Failure {
  if (lasting || os.family === 'windows') return { kind: 'package', name: role.package, service: role.service };
  return random.pick<Failure>([
    { kind: 'service', name: role.service },
    { kind: 'restart', path: `/etc/${role.service}/${role.service}.conf`, service: role.service },
    { kind: 'catalog' },
  ]);
}
