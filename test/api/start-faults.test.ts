import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, listen } from '../../src/app.setup';
import { ConfigError, parseConfig } from '../../src/config';
import { SECRET_KEY } from '../support/app';

/** What operators get wrong, beyond a value's form: the start stops and names the variable and the remedy. */
describe('a start with', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'foreman-ovirt-start-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function start(env: Record<string, string>): Promise<void> {
    const given = { DATABASE_URL: `sqlite:${folder}/db.sqlite`, SECRET_KEY, ADMIN_PASSWORD: 'long enough', PORT: '0' };
    const config = parseConfig({ LOG_LEVEL: 'silent', ...given, ...env });
    const app = await createApp(config);
    await app.init();
    await listen(app, config);
    await app.close();
  }
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it.each<[string, (env: { folder: string }) => Record<string, string>, RegExp]>([
    ['a directory as database', ({ folder: path }) => ({ DATABASE_URL: `sqlite:${path}` }), /^DATABASE_URL: .*SQLite/],
    [
      'a database file that is none',
      () => ({ DATABASE_URL: `sqlite:${file('x.sqlite', 'no database, whatever its name says')}` }),
      /^DATABASE_URL: .*x\.sqlite.* not a database/,
    ],
    [
      'PostgreSQL that does not answer',
      () => ({ DATABASE_URL: 'postgres://me:planted-password@127.0.0.1:1/hosts' }),
      /^DATABASE_URL: the PostgreSQL database hosts at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/,
    ],
    [
      'certificate files that are not there',
      () => ({ TLS_CERT_FILE: '/nope', TLS_KEY_FILE: '/nope' }),
      /^TLS_CERT_FILE: cannot read "\/nope"/,
    ],
    [
      'certificate files of another kind',
      () => ({ TLS_CERT_FILE: file('cert', 'x'), TLS_KEY_FILE: file('key', 'x') }),
      /^TLS_CERT_FILE: .*not in PEM form/,
    ],
    [
      'a certificate that is damaged',
      () => {
        const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
        return { TLS_CERT_FILE: file('cert', damaged), TLS_KEY_FILE: file('key', damaged) };
      },
      /^TLS_CERT_FILE, TLS_KEY_FILE: cannot be used together/,
    ],
    [
      'an address of another machine',
      () => ({ HOST: '192.0.2.1' }),
      /^HOST: "192\.0\.2\.1" is no address of this machine/,
    ],
    [
      'an empty password file',
      () => ({ ADMIN_PASSWORD: '', ADMIN_PASSWORD_FILE: file('password', '\n') }),
      /^ADMIN_PASSWORD_FILE: .*holds 0 characters; expected a password of at least 8/,
    ],
  ])('%s', async (_, env, message) => {
    const error: unknown = await start(env({ folder })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('planted-password');
  });

  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ PORT: String(port) })).rejects.toThrow(`PORT: ${port} of 127.0.0.1 is taken`);
    other.close();
  });

  it('nothing set makes a database, a secret key and a password that their owner alone can read', async () => {
    await start({ SECRET_KEY: '', ADMIN_PASSWORD: '' });
    const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(Object.fromEntries(modes)).toEqual({ 'admin-password': '600', 'db.sqlite': '600', 'secret.key': '600' });
  });
});
