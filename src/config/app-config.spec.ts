import { readFileSync } from 'node:fs';
import { parseConfig, SETTINGS } from './app-config';

describe('parseConfig', () => {
  it('takes the documented defaults from an empty environment', () => {
    expect(parseConfig({})).toMatchObject({
      listener: { host: '127.0.0.1', port: 3000, tls: null },
      web: {
        basePath: '/foreman',
        trustProxy: 'loopback',
        maxBodyBytes: 10_485_760,
        jsonpEnabled: false,
        corsOrigins: [],
      },
      database: { kind: 'sqlite', path: 'data/foreman-ovirt.sqlite' },
      uploads: { clientCertHeaders: false, certNames: [], allowedIps: [], createHosts: true },
      reports: { intervals: { defaultMinutes: 30, byOrigin: {}, graceMinutes: 5 }, retentionDays: 90 },
      log: { level: 'info', format: 'json' },
    });
  });

  it('freezes the whole tree', () => {
    expect(Object.isFrozen(parseConfig({}).web.corsOrigins)).toBe(true);
  });

  it.each([
    [
      'REPORT_INTERVAL_MINUTES',
      '30,ansible=1440',
      { reports: { intervals: { defaultMinutes: 30, byOrigin: { ansible: 1440 } } } },
    ],
    ['DATABASE_URL', 'sqlite:/var/lib/x.sqlite', { database: { kind: 'sqlite', path: '/var/lib/x.sqlite' } }],
    ['BASE_PATH', '/', { web: { basePath: '' } }],
    ['TRUST_PROXY', 'off', { web: { trustProxy: false } }],
    ['TRUST_PROXY', '10.0.0.0/8, loopback', { web: { trustProxy: '10.0.0.0/8, loopback' } }],
    [
      'CORS_ORIGINS',
      'https://a.example https://b.example:8443',
      { web: { corsOrigins: ['https://a.example', 'https://b.example:8443'] } },
    ],
    ['UPLOAD_CERT_NAMES', 'Puppet.example.com', { uploads: { certNames: ['puppet.example.com'] } }],
  ])('reads %s=%s', (name, value, expected) => {
    expect(parseConfig({ [name]: value })).toMatchObject(expected);
  });

  it.each([
    ['PORT', '99999', 'whole number from 0 to 65535'],
    ['BASE_PATH', 'foreman', 'path such as /foreman'],
    ['PUBLIC_URL', 'https://x.example/path', 'without a path'],
    ['DATABASE_URL', 'mysql://x', 'sqlite:<path>'],
    ['SECRET_KEY', 'short', 'at least 32 characters'],
    ['UPLOAD_ALLOWED_IPS', '10.0.0.0/33', 'CIDRs'],
    ['REPORT_INTERVAL_MINUTES', 'often', 'minutes such as 30'],
    ['REPORT_INTERVAL_MINUTES', '0', 'minutes such as 30'],
    ['LOG_LEVEL', 'loud', 'one of'],
    ['CREATE_HOSTS_ON_UPLOAD', 'maybe', 'true or false'],
    ['TRUST_PROXY', 'everyone', 'expected loopback'],
    ['TLS_CERT_FILE', '/x.pem', 'expected both'],
  ])('refuses %s=%s naming the variable and what is expected', (name, value, expected) => {
    expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`${name}[^]*${expected}`));
  });

  it('never repeats a secret in a message', () => {
    expect(() => parseConfig({ SECRET_KEY: 'hush-hush' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hush') as string }) as Error,
    );
  });

  it('demands a secret key with PostgreSQL', () => {
    expect(() => parseConfig({ DATABASE_URL: 'postgres://localhost/x' })).toThrow(/SECRET_KEY: missing/);
  });

  it('reads nothing that the operator is not told of', () => {
    const table = readFileSync('docs/operating.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(SETTINGS.filter((name) => !table.some((row) => row.includes(`\`${name}\``)))).toEqual([]);
  });
});
