import { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ADMIN_LOGIN, AUTH_ENTITIES, AuditTrail, setAdminPassword } from '../auth';
import { AppError } from '../common/app-error';
import { SystemClock } from '../common/clock';
import { COMPUTE_RESOURCE_ENTITIES } from '../compute-resources';
import { parseConfig, type DatabaseConfig } from '../config';
import { Database } from '../database';

const MIN_LENGTH = 8;

/** `foreman-ovirt admin-password` */
export function adminPasswordCommand(): Command {
  return new Command('admin-password')
    .description(`reset the local administrator "${ADMIN_LOGIN}": a new password, enabled, its sessions ended`)
    .addHelpText(
      'after',
      `
The new password is read from standard input; with nothing there one is made and printed:
  foreman-ovirt admin-password </dev/null
  foreman-ovirt admin-password <password-file

DATABASE_URL and the other settings are the service's: run it with its environment and as its user. The service may
run meanwhile.`,
    )
    .action(async () => {
      const { database } = parseConfig(process.env);
      demandDatabase(database);
      const given = process.stdin.isTTY ? '' : (await text(process.stdin)).replace(/\r?\n$/, '');
      if (given !== '' && given.length < MIN_LENGTH)
        throw new AppError('invalid', `The new password is too short: expected at least ${MIN_LENGTH} characters`);
      const password = given || randomBytes(18).toString('base64url');
      await reset(database, password);
      console.error(`The password of "${ADMIN_LOGIN}" is changed${given === '' ? ' to:' : '.'}`);
      if (given === '') console.log(password);
    });
}

async function reset(config: DatabaseConfig, password: string): Promise<void> {
  const database = await Database.open(config, [...COMPUTE_RESOURCE_ENTITIES, ...AUTH_ENTITIES]);
  try {
    const clock = new SystemClock();
    await setAdminPassword(database.unitOfWork, clock, password);
    const audit = new AuditTrail(database.unitOfWork, clock);
    await audit.record({ actor: 'foreman-ovirt', action: 'user.password', subject: ADMIN_LOGIN, outcome: 'ok' });
  } finally {
    await database.close();
  }
}

/** A file that is not there means the wrong environment rather than a new installation. */
function demandDatabase(config: DatabaseConfig): void {
  if (config.kind !== 'sqlite' || existsSync(resolve(config.path))) return;
  throw new AppError(
    'not_found',
    `There is no database ${resolve(config.path)}: set DATABASE_URL as the service has it, or start the service once`,
  );
}
