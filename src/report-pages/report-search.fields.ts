import { COUNTERS } from '../common/counters';
import { hostField } from '../hosts';
import { defineFields, type SearchField, type SearchLimits, type SetField } from '../search';
import { EVENTFUL } from '../reports';

const counters: Record<string, SearchField> = Object.fromEntries(
  COUNTERS.map((name) => [name, { type: 'integer', sql: `config_reports.${name}`, required: true }]),
);

const eventful: SetField = {
  type: 'set',
  sql: 'config_reports.reported_at',
  required: true,
  values: { true: EVENTFUL, false: `NOT ${EVENTFUL}` },
};

const NEWEST = `(config_reports.host_id, config_reports.reported_at, config_reports.origin) IN
  (SELECT hosts.id, hosts.last_report_at, hosts.origin FROM hosts)`;
/** By the host's key: SQLite would go through all of the list above for each report that is not in it. */
const OF_ITS_HOST = `SELECT 1 FROM hosts WHERE hosts.id = config_reports.host_id
  AND hosts.last_report_at = config_reports.reported_at AND hosts.origin = config_reports.origin`;
const newest: SetField = {
  type: 'set',
  sql: 'config_reports.reported_at',
  required: true,
  costly: true,
  values: { true: NEWEST, false: `NOT EXISTS (${OF_ITS_HOST})` },
};

/** For a million rows, each of which may have to be looked at; conditions on hosts make a list of these first. */
const LIMITS: SearchLimits = { terms: 10, costly: 3, costlyAre: 'words, patterns and conditions on hosts' };

/** What reports are searched by (Foreman: config_report.rb, report.rb). Words without a field are names of hosts. */
export const reportFields = defineFields(
  'config_reports',
  {
    host: { ...hostField('config_reports.host_id'), freeText: true },
    environment: {
      type: 'string',
      sql: 'environments.name',
      through: {
        column: 'config_reports.host_id',
        table: 'hosts',
        key: 'id',
        from: 'hosts JOIN environments ON environments.id = hosts.environment_id',
      },
      costly: true,
    },
    host_id: { type: 'integer', sql: 'config_reports.host_id', required: true },
    id: { type: 'integer', sql: 'config_reports.id', required: true },
    reported: { type: 'datetime', sql: 'config_reports.reported_at', required: true, aliases: ['reported_at'] },
    origin: { type: 'string', sql: 'config_reports.origin', required: true },
    eventful,
    last_report: newest,
    ...counters,
  },
  LIMITS,
);
