import { Table, TableIndex, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

const id: TableColumnOptions = {
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
};
const text = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...more,
});
const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...more,
});
const instant = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...more,
});
const double = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'double precision',
  ...more,
});
const flag = (name: string, byDefault: boolean): TableColumnOptions => ({
  name,
  type: 'boolean',
  default: String(byDefault),
});
const nullable = { isNullable: true };
const zero = { default: '0' };

const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
const unique = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames, isUnique: true });
const refers = (name: string, column: string, table: string, onDelete = 'NO ACTION') => ({
  name,
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete,
});
const COUNTERS = ['applied', 'restarted', 'failed', 'failed_restarts', 'skipped', 'pending'];
const LABELS = ['architecture', 'model', 'domain', 'environment'];

const label = (table: string) =>
  new Table({ name: table, columns: [id, text('name')], indices: [unique(`uq_${table}_name`, 'name')] });

const operatingSystems = new Table({
  name: 'operating_systems',
  columns: [id, text('name'), text('major'), text('minor'), text('title')],
  indices: [unique('uq_operating_systems_title', 'title')],
});

const hostgroups = new Table({
  name: 'hostgroups',
  columns: [id, text('name'), text('title')],
  indices: [unique('uq_hostgroups_title', 'title')],
});

const hosts = new Table({
  name: 'hosts',
  columns: [
    id,
    text('name'),
    text('certname', nullable),
    flag('enabled', true),
    ...['comment', 'uuid', 'ip', 'mac'].map((name) => text(name, nullable)),
    ...['operating_system', ...LABELS, 'hostgroup'].map((name) => integer(`${name}_id`, nullable)),
    instant('created_at'),
    instant('updated_at'),
    instant('last_report_at', nullable),
    text('origin', nullable),
    instant('stale_at', nullable),
    ...COUNTERS.map((name) => integer(name, zero)),
  ],
  indices: [
    unique('uq_hosts_name', 'name'),
    unique('uq_hosts_certname', 'certname'),
    index('idx_hosts_uuid', 'uuid'),
    index('idx_hosts_ip', 'ip'),
    index('idx_hosts_mac', 'mac'),
    index('idx_hosts_status', 'enabled', 'stale_at', 'failed', 'failed_restarts', 'applied', 'restarted', 'pending'),
    index('idx_hosts_last_report_at', 'last_report_at'),
    index('idx_hosts_origin', 'origin'),
    ...['operating_system', ...LABELS, 'hostgroup'].map((name) => index(`idx_hosts_${name}`, `${name}_id`)),
  ],
  foreignKeys: ['operating_system', ...LABELS, 'hostgroup'].map((name) =>
    refers(`fk_hosts_${name}`, `${name}_id`, `${name}s`),
  ),
});

const configReports = new Table({
  name: 'config_reports',
  columns: [
    id,
    integer('host_id'),
    text('origin'),
    instant('reported_at'),
    ...COUNTERS.map((name) => integer(name)),
    double('runtime'),
    double('config_retrieval'),
    text('metrics'),
    text('logs'),
    instant('created_at'),
  ],
  indices: [
    unique('uq_config_reports_host_time_origin', 'host_id', 'reported_at', 'origin'),
    index('idx_config_reports_reported_at', 'reported_at'),
    new TableIndex({
      name: 'idx_config_reports_eventful',
      columnNames: ['reported_at'],
      where: `(${COUNTERS.map((name) => `"${name}" > 0`).join(' OR ')})`,
    }),
  ],
  foreignKeys: [refers('fk_config_reports_host', 'host_id', 'hosts', 'CASCADE')],
});

const reportTexts = new Table({
  name: 'report_texts',
  columns: [id, text('digest'), text('text'), instant('last_used_at')],
  indices: [unique('uq_report_texts_digest', 'digest'), index('idx_report_texts_last_used_at', 'last_used_at')],
});

const factNames = new Table({
  name: 'fact_names',
  columns: [id, text('name'), text('origin')],
  indices: [unique('uq_fact_names_name_origin', 'name', 'origin')],
});

const factValues = new Table({
  name: 'fact_values',
  withoutRowid: true,
  columns: [
    integer('host_id', { isPrimary: true }),
    integer('fact_name_id', { isPrimary: true }),
    text('value'),
    text('value_key'),
    double('number', nullable),
  ],
  indices: [
    index('idx_fact_values_value', 'fact_name_id', 'value_key'),
    index('idx_fact_values_number', 'fact_name_id', 'number'),
  ],
  foreignKeys: [
    refers('fk_fact_values_host', 'host_id', 'hosts', 'CASCADE'),
    refers('fk_fact_values_fact_name', 'fact_name_id', 'fact_names'),
  ],
});

const factSets = new Table({
  name: 'fact_sets',
  columns: [
    integer('host_id', { isPrimary: true }),
    text('origin', { isPrimary: true }),
    text('digest'),
    instant('changed_at'),
  ],
  foreignKeys: [refers('fk_fact_sets_host', 'host_id', 'hosts', 'CASCADE')],
});

const roles = new Table({
  name: 'roles',
  columns: [id, text('name'), text('description', { default: "''" }), text('permissions'), flag('builtin', false)],
  indices: [unique('uq_roles_name', 'name')],
});

const users = new Table({
  name: 'users',
  columns: [
    id,
    text('login'),
    ...['firstname', 'lastname', 'mail'].map((name) => text(name, nullable)),
    flag('admin', false),
    flag('disabled', false),
    text('password_hash', nullable),
    instant('last_login_at', nullable),
    instant('created_at'),
    instant('updated_at'),
  ],
  indices: [index('idx_users_login', 'login')],
});

const userRoles = new Table({
  name: 'user_roles',
  columns: [integer('user_id', { isPrimary: true }), integer('role_id', { isPrimary: true })],
  foreignKeys: [
    refers('fk_user_roles_user', 'user_id', 'users', 'CASCADE'),
    refers('fk_user_roles_role', 'role_id', 'roles', 'CASCADE'),
  ],
});

const sessions = new Table({
  name: 'sessions',
  columns: [
    text('token_digest', { isPrimary: true }),
    integer('user_id'),
    instant('created_at'),
    instant('expires_at'),
  ],
  indices: [index('idx_sessions_user', 'user_id'), index('idx_sessions_expires_at', 'expires_at')],
  foreignKeys: [refers('fk_sessions_user', 'user_id', 'users', 'CASCADE')],
});

const tokens = new Table({
  name: 'personal_access_tokens',
  columns: [
    id,
    integer('user_id'),
    text('name'),
    text('token_digest'),
    instant('created_at'),
    instant('expires_at', nullable),
    instant('last_used_at', nullable),
    flag('revoked', false),
  ],
  indices: [
    unique('uq_personal_access_tokens_digest', 'token_digest'),
    index('idx_personal_access_tokens_user', 'user_id'),
  ],
  foreignKeys: [refers('fk_personal_access_tokens_user', 'user_id', 'users', 'CASCADE')],
});

const TABLES = [
  ...LABELS.map((name) => label(`${name}s`)),
  operatingSystems,
  hostgroups,
  hosts,
  configReports,
  reportTexts,
  factNames,
  factValues,
  factSets,
  roles,
  users,
  userRoles,
  sessions,
  tokens,
];

export class CreateHostsAndReports1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // TypeORM's SQLite driver spells boolean defaults 1 and 0
    const sqlite = runner.dataSource.options.type !== 'postgres';
    for (const table of TABLES) {
      const copy = table.clone();
      for (const column of copy.columns)
        if (sqlite && column.type === 'boolean') column.default = column.default === 'true' ? '1' : '0';
      await runner.createTable(copy);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table);
  }
}
