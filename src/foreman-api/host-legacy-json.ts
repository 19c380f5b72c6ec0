import type { Actor } from '../common/actor';
import { secondsTime } from '../foreman-kit';
import { hostDetailsJson } from './host-json';
import type { HostRecord } from '../hosts';
import { NULLS_1_1 } from './not-kept';

/**
 * A host as Foreman 1.1 showed it: its columns, instants in ISO 8601 as Rails 3 wrote them, beside what later versions
 * tell (Foreman 1.1: hosts_controller.rb show); never `root_pass`.
 */
export function legacyHostJson(host: HostRecord, actor: Actor): object {
  return {
    ...hostDetailsJson(host, actor),
    ...NULLS_1_1,
    environment: host.environment,
    last_report: host.lastReportAt && secondsTime(host.lastReportAt),
    created_at: secondsTime(host.createdAt),
    updated_at: secondsTime(host.updatedAt),
    host_parameters: [],
  };
}
