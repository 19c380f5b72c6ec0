import type { Origin } from '../reports';
import type { ReportOfHost } from './report-schema';

/** Puppet names resources by their path; its own lines come from "Puppet" (Foreman: puppet_report_scanner.rb). */
const PUPPET_SOURCE = /^Puppet$|^\/?(Stage|Class)\[/;
/** Every result of an Ansible task has this key, whatever the module. */
const ANSIBLE_RESULT = /"(_ansible_|module|changed)/;
const isAnsible = (message: string) => message.startsWith('{') && ANSIBLE_RESULT.test(message.slice(1, 2_000));

/** Who made a report, told from what only that client sends. */
export function clientOf({ reporter, logs, metrics }: Pick<ReportOfHost, 'reporter' | 'logs' | 'metrics'>): Origin {
  if (typeof reporter === 'string' && /^ansible$/i.test(reporter)) return 'Ansible';
  if (logs.some(({ source }) => PUPPET_SOURCE.test(source))) return 'Puppet';
  if (logs.length > 0 && logs.every(({ message }) => isAnsible(message))) return 'Ansible';
  return metrics.time?.config_retrieval !== undefined ? 'Puppet' : 'Unknown';
}
