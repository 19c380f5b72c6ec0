import type { Origin } from '../reports';
import type { IncomingReport } from './report-schema';

/** Puppet names resources by their path; its own lines come from "Puppet" (Foreman: puppet_report_scanner.rb). */
const PUPPET_SOURCE = /^Puppet$|^\/?(Stage|Class)\[/;
/** Every result of an Ansible task has this key, whatever the module. */
const ANSIBLE_MESSAGE = /^\{.*"(_ansible_|module|changed)/s;

/** Who made a report, told from what only that client sends. */
export function originOf({ reporter, logs, metrics }: Pick<IncomingReport, 'reporter' | 'logs' | 'metrics'>): Origin {
  if (typeof reporter === 'string' && /^ansible$/i.test(reporter)) return 'Ansible';
  if (logs.some(({ source }) => PUPPET_SOURCE.test(source))) return 'Puppet';
  if (logs.length > 0 && logs.every(({ message }) => ANSIBLE_MESSAGE.test(message.slice(0, 2_000)))) return 'Ansible';
  return metrics.time?.config_retrieval !== undefined ? 'Puppet' : 'Unknown';
}
