import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MIN_PASSWORD } from '../common/password-rule';
import { ConfigError, type AppConfig } from './app-config';

/** The keys everything secret is derived from; `previous` still opens what an older key sealed. */
export interface SecretKeys {
  current: string;
  previous?: string;
}

/**
 * The secret key: SECRET_KEY, the content of SECRET_KEY_FILE, or a file beside the SQLite database,
 * made on first start (0600).
 * @throws ConfigError when a named file cannot be read or is too short
 */
export function loadSecretKeys(config: AppConfig): SecretKeys {
  const { key, keyFile, previousKey } = config.secrets;
  const current = key ?? readSecret('SECRET_KEY_FILE', keyFile) ?? besideDatabase(config, 'secret.key').value;
  if (current.length < 32) throw new ConfigError('SECRET_KEY_FILE: too short; expected at least 32 characters');
  return { current, previous: previousKey };
}

/**
 * The first password of the local administrator. Asked only while `admin` has none.
 * @returns the password, and the file it was made into when nobody chose one
 */
export function initialAdminPassword(config: AppConfig): { value: string; madeFile?: string } {
  const { adminPassword, adminPasswordFile } = config.secrets;
  const given = adminPassword ?? readSecret('ADMIN_PASSWORD_FILE', adminPasswordFile);
  if (given !== undefined) return { value: longEnough(given, `ADMIN_PASSWORD_FILE: "${adminPasswordFile}" holds`) };
  const { value, path } = besideDatabase(config, 'admin-password');
  return { value: longEnough(value, `ADMIN_PASSWORD: unset, and "${path}" holds`), madeFile: path };
}

function longEnough(password: string, found: string): string {
  if (password.length >= MIN_PASSWORD) return password;
  throw new ConfigError(`${found} ${password.length} characters; expected a password of at least ${MIN_PASSWORD}`);
}

function readSecret(variable: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError(`${variable}: cannot read "${path}"; expected a readable file`, { cause });
  }
}

function besideDatabase(config: AppConfig, name: string): { value: string; path: string } {
  if (config.database.kind !== 'sqlite')
    throw new ConfigError('ADMIN_PASSWORD: missing; with PostgreSQL expected ADMIN_PASSWORD or ADMIN_PASSWORD_FILE');
  const path = join(dirname(resolve(config.database.path)), name);
  try {
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    }
    return { value: readFileSync(path, 'utf8').trim(), path };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `DATABASE_URL: "${path}" is kept beside the database: ${reason}; expected a writable directory`,
      {
        cause,
      },
    );
  }
}
