import { ansibleReport } from './ansible-report';
import { factsUpload } from './facts';
import { type DemoHost, fleet } from './fleet';
import { puppetReport } from './puppet-report';
import { runOf } from './run';
import { reportTimes } from './schedule';
import type { UploadRequest } from './upload';

export { demoEngine } from './engine';
export type { UploadRequest } from './upload';

/**
 * The uploads of a data centre of 300 hosts over 30 days, as Puppet's and Ansible's clients send them; nothing but
 * `now` decides what they hold. First each host's facts and latest report, so that every page has something to show
 * at once, then the other reports from the newest to the oldest.
 *
 * @param now the end of the history
 * @param since continues an earlier call: only reports after this instant, which is that call's `now`
 */
export function* demoUploads(now: Date, since?: Date): Generator<UploadRequest> {
  const hosts = fleet();
  const due = new Map(
    hosts.map((host) => [host, reportTimes(host, now).filter((at) => since === undefined || at > since)]),
  );
  for (const [host, [latest]] of due) {
    if (!since) yield factsUpload(host, latest ?? now);
    if (latest) yield reportOf(host, latest, now);
  }
  // Last of the round, so that senders with several connections have long stored the hosts they name.
  if (!since) for (const host of hosts.filter(({ character }) => character === 'disabled')) yield disable(host);
  const rest = [...due].flatMap(([host, times]) => times.slice(1).map((at) => ({ host, at })));
  for (const { host, at } of rest.sort((a, b) => b.at.getTime() - a.at.getTime())) yield reportOf(host, at, now);
}

function reportOf(host: DemoHost, at: Date, now: Date): UploadRequest {
  const report = host.role.origin === 'Puppet' ? puppetReport : ansibleReport;
  return report(host, at, runOf(host, at, now));
}

function disable({ name }: DemoHost): UploadRequest {
  return { method: 'PUT', path: `/api/v2/hosts/${name}`, body: { host: { enabled: false } } };
}
