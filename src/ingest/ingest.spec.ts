import { deriveAttributes } from './derive-attributes';
import { isExcluded } from './excluded-facts';
import { flattenFacts } from './flatten-facts';
import { clientOf } from './report-origin';
import { parseInstant } from './report-schema';
import { runTime } from './run-time';

describe('parseInstant', () => {
  it.each([
    ['2026-11-22 20:26:15 UTC', '2026-11-22T20:26:15.000Z'],
    ['2026-11-22 20:13:48+00:00', '2026-11-22T20:13:48.000Z'],
    ['2026-11-22 21:13:48 +0100', '2026-11-22T20:13:48.000Z'],
    ['2026-11-22T20:13:48.123Z', '2026-11-22T20:13:48.123Z'],
    ['2026-11-22T20:13:48', '2026-11-22T20:13:48.000Z'],
    ['Sun, 22 Nov 2026 20:13:48 +0000', '2026-11-22T20:13:48.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseInstant(text)?.toISOString()).toBe(iso);
  });

  it.each(['', 'soon', '2026-02-30 10:00:00 UTC', '2026-11-22 25:00:00 UTC', '1234567890'])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('runTime', () => {
  it.each([
    [
      'an old Puppet counts retrieval into total',
      { config_retrieval: 2, total: 10 },
      { runtime: 10, configRetrieval: 2 },
    ],
    [
      'a new Puppet leaves it out',
      { config_retrieval: 0.13, catalog_application: 0.075, total: 0.076 },
      { runtime: 0.206, configRetrieval: 0.13 },
    ],
    [
      'a new Puppet with a long run',
      { config_retrieval: 2, catalog_application: 59.9, total: 60 },
      { runtime: 62, configRetrieval: 2 },
    ],
    [
      'without total: the sum of the parts',
      { config_retrieval: 2, file: 1, exec: 3 },
      { runtime: 6, configRetrieval: 2 },
    ],
    ['Ansible', { total: 41 }, { runtime: 41, configRetrieval: 0 }],
    ['nothing', undefined, { runtime: 0, configRetrieval: 0 }],
  ])('%s', (_, time, expected) => {
    const { runtime, configRetrieval } = runTime(time === undefined ? {} : { time: time });
    expect([runtime, configRetrieval]).toEqual([expect.closeTo(expected.runtime), expected.configRetrieval]);
  });
});

describe('clientOf', () => {
  const line = (source: string, message = 'm') => ({ level: 'info' as const, source, message });
  it.each([
    ['the reporter says Ansible', { reporter: 'ansible', logs: [], metrics: {} }, 'Ansible'],
    ['every message is a task result', { logs: [line('Task', '{"_ansible_no_log": false}')], metrics: {} }, 'Ansible'],
    ['a source is Puppet', { logs: [line('x'), line('Puppet')], metrics: {} }, 'Puppet'],
    ['a source is a resource', { logs: [line('/Stage[main]/Main/File[/x]')], metrics: {} }, 'Puppet'],
    ['no lines, but a retrieval time', { logs: [], metrics: { time: { config_retrieval: 1 } } }, 'Puppet'],
    ['nothing tells', { logs: [line('chef')], metrics: {} }, 'Unknown'],
  ])('%s', (_, report, origin) => {
    expect(clientOf(report)).toBe(origin);
  });
});

describe('facts', () => {
  const limits = { facts: 4, factLength: 1_024 };

  it('flatten to names joined with ::, lists as JSON, without empty values', async () => {
    const tree = { os: { release: { major: '9' } }, list: [1, 'a'], flag: false, none: null, blank: '', n: 1.5 };
    expect([...(await flattenFacts(tree, limits))]).toEqual([
      ['os::release::major', '9'],
      ['list', '[1,"a"]'],
      ['flag', 'false'],
      ['n', '1.5'],
    ]);
  });

  it.each([
    ['too many', { a: 1, b: { c: 1, d: 2 }, e: 3, f: 4 }, /more than 4; MAX_UPLOAD_FACTS/],
    ['a value too long', { a: 'x'.repeat(1_025) }, /more than 1 KB, that of a; MAX_FACT_KB/],
    ['a name too long', { a: { ['b'.repeat(1_000)]: 1 } }, /a name of more than 1000 characters/],
  ])('refuse %s', async (_, tree, message) => {
    await expect(flattenFacts(tree, limits)).rejects.toThrow(message);
  });

  it.each([
    ['as many as are allowed', { a: 1, b: { c: 1, d: 2 }, e: 3 }],
    ['the longest value', { a: 'x'.repeat(1_024) }],
    ['the longest name', { a: { ['b'.repeat(997)]: 1 } }],
  ])('take %s', async (_, tree) => {
    expect((await flattenFacts(tree, limits)).size).toBeGreaterThan(0);
  });

  it.each([
    'uptime_seconds',
    'load_averages::1m',
    'memoryfree_mb',
    'macaddress_veth0',
    'networking::interfaces::docker0::mtu',
    'mtu_lo',
    'ansible_date_time::epoch',
    'ansible_veth12::mtu',
    'networking::interfaces::enp5s0f0v1::mac',
    'ipaddress_ens1f0v3',
    'ansible_env::HOME',
  ])('volatile %s is not kept', (name) => expect(isExcluded(name)).toBe(true));

  it.each([
    'os::name',
    'ipaddress_eth0',
    'networking::interfaces::eth0::mac',
    'lookup',
    'environment',
    'env_zone',
    'engine_version',
    'docker_version',
    'tape_drives::count',
    'networking::interfaces::enp5s0f0::mac',
    'local_facts::lo_mark',
    'ansible_local::x',
    'memorysize_mb',
  ])('%s is kept', (name) => expect(isExcluded(name)).toBe(false));

  it.each([
    ['Rocky', { 'os::name': 'Rocky', 'os::release::full': '9.4' }, { name: 'Rocky', major: '9', minor: '4' }],
    [
      'CentOS with a third number',
      { operatingsystem: 'CentOS', operatingsystemrelease: '7.9.2009' },
      { name: 'CentOS', major: '7', minor: '9' },
    ],
    ['Ubuntu', { 'os::name': 'Ubuntu', 'os::release::full': '24.04' }, { name: 'Ubuntu', major: '24', minor: '04' }],
    [
      'Debian unstable',
      { 'os::name': 'Debian', 'os::release::full': 'trixie/sid' },
      { name: 'Debian', major: '', minor: '' },
    ],
    ['Windows', { 'os::name': 'windows', 'os::release::full': '2022' }, { name: 'Windows', major: '2022', minor: '' }],
    [
      'Ansible’s names',
      { ansible_distribution: 'Debian', ansible_distribution_version: '12.11' },
      { name: 'Debian', major: '12', minor: '11' },
    ],
  ])('tell the operating system: %s', (_, facts, operatingSystem) => {
    expect(deriveAttributes(new Map(Object.entries(facts))).operatingSystem).toEqual(operatingSystem);
  });

  it('tell the rest, normalised; placeholders tell nothing', () => {
    const facts = new Map(
      Object.entries({
        'dmi::product::uuid': '6F3C1D2E90AB4C5D8E7F012345678910',
        'networking::mac': '00-1A-4A-16-01-50',
        'os::architecture': 'amd64',
        'networking::fqdn': 'Web1.Example.com',
        ansible_product_name: 'NA',
        macaddress: '00:00:00:00:00:00',
      }),
    );
    expect(deriveAttributes(facts)).toMatchObject({
      uuid: '6f3c1d2e-90ab-4c5d-8e7f-012345678910',
      mac: '00:1a:4a:16:01:50',
      architecture: 'x86_64',
      domain: 'example.com',
      model: undefined,
    });
    expect(deriveAttributes(new Map([['uuid', 'Not Settable']])).uuid).toBeUndefined();
  });
});
