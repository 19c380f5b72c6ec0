import { Database } from '../../src/database';
import { hostFields } from '../../src/hosts/host-search.fields';
import { compileCount, compileIds, compileOrder, compileSearch, parseSearch } from '../../src/search';
import { LOCALES, openDatabase } from '../support/database';
import { addSearchHosts, LONG_NUMBER, LONG_VALUE, NOW } from '../support/search-hosts';

let database: Database;
let close: () => Promise<void>;

/** Names of the hosts found, in the given order. */
async function find(text: string, order = 'name', facts?: 'oneByOne'): Promise<string> {
  const where = compileSearch(parseSearch(text), hostFields, { dialect: database.dialect, now: NOW, facts });
  const rows = await database.query<{ name: string }>(
    `SELECT hosts.name FROM hosts WHERE ${where.sql} ORDER BY ${compileOrder(order, hostFields)}, hosts.id`,
    where.params,
  );
  return rows.map(({ name }) => name).join(' ');
}

const count = (text: string): Promise<number> =>
  database.number(compileCount(parseSearch(text), hostFields, { dialect: database.dialect, now: NOW }));

/** The same names, by way of ids. */
async function listed(text: string): Promise<string> {
  const search = parseSearch(text);
  if (search === null) return ALL;
  const ids = compileIds(search, hostFields, { dialect: database.dialect, now: NOW });
  const rows = await database.query<{ name: string }>(
    `SELECT name FROM hosts WHERE id IN (${ids.sql}) ORDER BY name`,
    ids.params,
  );
  return rows.map(({ name }) => name).join(' ');
}

const ALL = 'db1 db2 web1 web2 web3';

// scoped_search: spec/integration/*_querying_spec.rb, in our own words, and what we do otherwise
describe.each(LOCALES)('search in a database of locale %s', (locale) => {
  beforeAll(async () => {
    ({ database, close } = await openDatabase(locale));
    await addSearchHosts(database);
  });
  afterAll(() => close());

  it.each([
    ['', ALL],
    // own texts
    ['name = web1', 'web1'],
    ['name = WEB1', 'web1'],
    ['name = web', ''],
    ['name != web1', 'db1 db2 web2 web3'],
    ['name ~ EB', 'web1 web2 web3'],
    ['name !~ web', 'db1 db2'],
    ['name ~ web*', 'web1 web2 web3'],
    ['name ~ *1', 'db1 web1'],
    ['name ~ b%1', ''],
    ['name ~ *b%1', 'db1 web1'],
    ['name > web1', 'web2 web3'],
    ['name <= db2', 'db1 db2'],
    ['name ^ (web1, db2, x)', 'db2 web1'],
    ['name !^ (web1, db2)', 'db1 web2 web3'],
    ['certname = WEB1.cert', 'web1'],
    ['comment = "rack A_1"', 'web1'],
    ['comment = "rack a_1"', ''],
    ['comment ~ a_1', 'web1'],
    ['comment ~ "rack a*1"', 'web1 web2'],
    ['comment ~ c:\\t', 'web3'],
    ['comment ~ käse', 'db1'],
    ['comment ~ KÄSE', 'db1'],
    ['comment ~ "KÄSE*\\"fine\\""', 'db1'],
    ['comment !~ KÄSE', 'web1 web2 web3'],
    ['comment != "rack A_1"', 'db1 web2 web3'],
    ['not comment = "rack A_1"', 'db1 db2 web2 web3'],
    ['uuid = 58AD9D2D-013A-00AA-018F-00000000022E', 'web1'],
    ['uuid = 58ad9d2d-013a-00aa-018f-00000000022e or name = db2', 'db2 web1'],
    ['mac = 52:54:00:AA:BB:02', 'web2'],
    ['ip ~ 10.0.0.', 'web1 web2'],
    ['has_ip = true', 'web1 web2'],
    ['has_mac = false', 'db1 db2 web1 web3'],
    ['has comment', 'db1 web1 web2 web3'],
    ['null? comment', 'db2'],
    ['not has comment', 'db2'],
    ['id > 99999999999', ''],
    // relations
    ['os = Rocky', 'web1 web2'],
    ['os = "Rocky 9.4"', 'web1'],
    ['os != Rocky', 'db1 web3'],
    ['not os = Rocky', 'db1 db2 web3'],
    ['os ~ ent', 'web3'],
    ['os_major > 9', 'db1 web2'],
    ['os_major <= 9', 'web1 web3'],
    ['os_minor >= 4', 'web1 web3'],
    ['os_title ~ "rocky 1*"', 'web2'],
    ['has os', 'db1 web1 web2 web3'],
    ['null? os', 'db2'],
    ['hostgroup = frontend', 'web1 web3'],
    ['hostgroup = web/frontend', 'web1'],
    ['hostgroup != frontend', 'web2'],
    ['hostgroup ^ (backend, mail/frontend)', 'web2 web3'],
    ['hostgroup !^ (backend, mail/frontend)', 'web1'],
    ['hostgroup_title ~ web/*', 'web1 web2'],
    ['not has hostgroup', 'db1 db2'],
    ['environment = production and model = KVM', 'web1 web2'],
    ['domain = example.com or environment = staging', 'db1 web1 web3'],
    ['compute_resource = engine1', 'web1 web2'],
    ['null? compute_resource and has os', 'db1 web3'],
    ['engine1', 'web1 web2'],
    ['architecture = x86_64 and not domain = example.com', 'web2 web3'],
    // numbers and sets
    ['status.failed > 0', 'web2'],
    ['status.failed = 0 and status.failed_restarts >= 2', 'web3'],
    ['status.skipped ^ (3, 77)', 'db1'],
    ['status.skipped !^ (3, 77)', 'db2 web1 web2 web3'],
    ['status.enabled ^ (true, false)', ALL],
    ['status.enabled !^ (true, false)', ''],
    ['os_title != a '.repeat(8), 'db1 web1 web2 web3'],
    ['status.interesting = true', 'db1 web2 web3'],
    ['status.interesting != true', 'db2 web1'],
    ['status.enabled = false', 'web3'],
    ['build = false', ALL],
    ['build', ''],
    ['managed = true', ''],
    ['not managed = true', ALL],
    ['build_status = built', ALL],
    ['build_status != built', ''],
    ['global_status = ok', 'db1 db2 web1 web3'],
    ['global_status = warning', 'web2'],
    ['global_status = error', ''],
    ['global_status != ok', 'web2'],
    ['global_status ^ (error, warning)', 'web2'],
    ['status.enabled', 'db1 db2 web1 web2'],
    ['enabled = true and configuration_status.failed = 3', 'web2'],
    ['status.recent = true', 'db1 web1'],
    ['status.out_of_sync = true', 'web2 web3'],
    ['not status.recent = true', 'db2 web2 web3'],
    ['origin = Ansible', 'db1'],
    // dates
    ['last_report > "30 minutes ago"', 'web1'],
    ['last_report < "30 minutes ago"', 'db1 web2 web3'],
    ['last_report > "2 days ago"', 'db1 web1 web2'],
    ['last_report < "2 days ago"', 'web3'],
    ['last_report = "2 days ago"', 'web3'],
    ['last_report = today', 'db1 web1 web2'],
    ['last_report != today', 'web3'],
    ['last_report < today', 'web3'],
    ['last_report > yesterday', 'db1 web1 web2'],
    ['last_report <= 2026-02-27', 'web3'],
    ['last_report > 2026-02-27', 'db1 web1 web2'],
    ['last_report > "2026-03-01 09:00"', 'web1'],
    ['last_report >= "2026-03-01 09:00"', 'web1 web2'],
    ['last_report = "2026-03-01T10:00+01:00"', 'web2'],
    ['last_report ^ (today, 2026-02)', 'db1 web1 web2 web3'],
    ['last_report !^ (today, 2026-01)', 'web3'],
    ['last_report ^ (2026-02-27, "2026-03-01 09:00", 2025-12)', 'web2 web3'],
    ['last_report ^ ("2026-03-01 00:30", 2026-02-27, "2026-03-01 11:50")', 'db1 web1 web3'],
    ['last_report !^ ("2026-03-01 00:30", 2026-02-27, "2026-03-01 11:50")', 'web2'],
    ['not last_report ^ (today, 2026-02-27)', 'db2'],
    ['has last_report', 'db1 web1 web2 web3'],
    ['not has last_report and status.enabled = true', 'db2'],
    ['created_at = 2026-03-01', ALL],
    // facts
    ['vm.name ~ front', 'web1'],
    ['vm.name = "Copy of shop"', ''],
    ['vm.name ^ ("Old ledger", Ledger)', 'db1'],
    ['vm.name ~ old', ''],
    ['vm.status = up', 'db1 web1'],
    ['vm.vcpus >= 4', 'web1'],
    ['vm.vcpus < 4', 'db1'],
    ['vm.memory_bytes > 8589934591', 'db1 web1'],
    ['vm.memory_bytes > 8589934592', ''],
    ['not has vm.name', 'db2 web2 web3'],
    ['facts.color = green', 'web1'],
    ['facts.color ~ green', 'web1 web3'],
    ['facts.color != green', 'web2 web3'],
    ['not facts.color = green', 'db1 db2 web2 web3'],
    ['facts.color ^ (green, gold)', 'web1 web2'],
    ['facts.color !^ (green, gold)', 'web3'],
    ['facts.size = 5', 'web1'],
    ['facts.size = 5.0', 'web3'],
    ['facts.size = 5.00', ''],
    ['facts.size >= 5 and facts.size <= 5', 'web1 web3'],
    ['facts.version = 3.10', 'web1'],
    ['facts.version = 3.1', 'web2'],
    ['facts.version != 3.10', 'web2'],
    ['facts.version ^ (3.10, 3.1, x)', 'web1 web2'],
    ['facts.version !^ (3.10, x)', 'web2'],
    ['facts.bigid = 9007199254740993', 'web1'],
    ['facts.bigid = 9007199254740992', 'web2'],
    ['facts.bigid != 9007199254740993', 'web2'],
    ['facts.bigid >= 9007199254740992', 'web1 web2'],
    ['facts.hash = 12000', 'web2'],
    ['facts.hash = 12e3', 'web1'],
    ['facts.zero = 7', 'web2'],
    ['facts.zero = 007', 'web1'],
    ['facts.memory = 4096', 'web1'],
    ['facts.memory >= 4096', 'web1 web2'],
    [`facts.long = ${LONG_NUMBER}`, 'web1'],
    [`facts.long != ${LONG_NUMBER}`, 'web2'],
    ['facts.size > 5', 'db1 web2'],
    ['facts.size >= 5 and facts.size < 10', 'web1 web3'],
    ['facts.size != 5', 'db1 web2 web3'],
    ['facts.size ~ 5', 'web1 web3'],
    ['facts.size ^ (tiny, 10)', 'db1 web2'],
    ['facts.mixed > 9.5', 'web1 web2'],
    ['facts.mixed < abc', 'db1 web1'],
    ['facts.os::name = Rocky', 'web1 web2'],
    ['facts.empty = ""', 'db1'],
    ['facts.note ~ needle', 'web3'],
    ['facts.note ~ xxx*needle', 'web3'],
    ['facts.note !~ needle', ''],
    [`facts.note = ${LONG_VALUE}`, 'web3'],
    [`facts.note = ${LONG_VALUE}2`, ''],
    ['facts.nothing = 1', ''],
    ['has facts.size', 'db1 web1 web2 web3'],
    ['null? facts.color', 'db1 db2'],
    ['not has facts.color', 'db1 db2'],
    ['facts.color = green or facts.size = tiny', 'db1 web1'],
    ['facts.color = green and facts.size = 5', 'web1'],
    ['facts.color = Green and facts.size = 5.0', 'web3'],
    ['not (facts.color = green or facts.size = 10)', 'db1 db2 web3'],
    // words without a field
    ['web', 'web1 web2 web3'],
    ['rocky', 'web1 web2'],
    ['web rocky', 'web1 web2'],
    ['web and not rocky', 'web3'],
    ['rack or kvm', 'web1 web2'],
    ['frontend', 'web1 web3'],
    ['*front*end*', 'web1 web3'],
    ['aa:bb', 'web2'],
    ['022e', 'web1'],
    ['77', ''],
    ['käse', 'db1'],
    ['-web', 'db1 db2'],
    ['= db1', 'db1'],
    ['^ (db1, KVM)', 'db1 web1 web2'],
    // a host's fact of both origins
    ['has facts.twice', 'web1'],
    ['facts.twice != x', 'web1'],
    ['facts.twice ~ *', 'web1'],
    ['facts.twice = b', 'web1'],
    // precedence
    ['name = web1 and name = web2 or name = web1', 'web1'],
    ['name = db1 or name = web1 and name = web2', 'db1'],
    ['name = db1 or name = web1 os = Rocky', 'web1'],
  ])('%s finds %s', async (text, names) => {
    expect(await find(text)).toBe(names);
    expect(await find(text, 'name', 'oneByOne')).toBe(names);
    expect(await listed(text)).toBe(names);
    expect(await count(text)).toBe(names.split(' ').filter(Boolean).length);
  });

  it.each([
    ['name desc', 'web3 web2 web1 db2 db1'],
    ['last_report', 'db2 web3 db1 web2 web1'],
    ['last_report desc', 'web1 web2 db1 web3 db2'],
    ['hostgroup_title desc', 'web1 web2 web3 db1 db2'],
    ['os_title', 'db2 web3 db1 web2 web1'],
    ['os_major', 'db2 web3 web1 web2 db1'],
    ['os_major desc', 'db1 web2 web1 web3 db2'],
    ['vm.name', 'web2 web3 db2 db1 web1'],
    ['vm.vcpus desc', 'web1 db1 web2 web3 db2'],
    ['status.failed desc', 'web2 web1 web3 db1 db2'],
  ])('ordered by %s finds %s', async (order, names) => {
    expect(await find('', order)).toBe(names);
  });

  it.each([
    "'",
    "''; DROP TABLE hosts; --",
    '" OR 1=1',
    '\\',
    '%_\\',
    '[a-z]*?',
    '$1',
    '?',
    '\ufffd',
    '😀',
    '(.*)+$',
    'ä'.repeat(255),
  ])('takes %j as a value on any field and operator that has texts', async (value) => {
    const quoted = `"${value.replace(/["\\]/g, '\\$&')}"`;
    for (const field of ['name', 'comment', 'hostgroup', 'facts.color', `"facts.${value.replace(/["\\]/g, '\\$&')}"`]) {
      expect(await find(`${field} = ${quoted}`)).toBe('');
      await find(`${field} ~ ${quoted} or ${field} !~ ${quoted} or ${field} > ${quoted} or ${field} ^ (${quoted}, a)`);
    }
    await find(quoted);
  });

  it.each([
    ['a chain of and/or', 'name = a and id = 1 or '.repeat(49) + 'name = web1', ''],
    ['conditions', 'name = web1 or '.repeat(99) + 'name = web2', 'web1 web2'],
    ['negations', `${'not '.repeat(100)}name = web1`, 'web1'],
    ['groups', `${'(name = web1 or '.repeat(99)}name = web2${')'.repeat(99)}`, 'web1 web2'],
    ['a list of names', `name ^ (${'web1,'.repeat(299)}web2)`, 'web1 web2'],
    ['a list of dates', `last_report ^ (${'today,'.repeat(299)}yesterday)`, 'db1 web1 web2'],
    ['a list of fact values', `facts.size ^ (${'5,tiny,'.repeat(149)}5.0)`, 'db1 web1 web3'],
    ['a list of words', `^ (${'web1,'.repeat(299)}web2)`, 'web1 web2'],
    ['words', 'web '.repeat(10), 'web1 web2 web3'],
  ])('runs %s as long as the limits allow', async (_, text, names) => {
    expect(await find(text)).toBe(names);
  });
});
