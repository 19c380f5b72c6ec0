import { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '../common/app-error';
import { MIN_PASSWORD } from '../common/password-rule';
import { parseConfig, type DatabaseConfig } from '../config';

/** `foreman-ovirt admin-password` */
export function adminPasswordCommand(): Command {
  return new Command('admin-password')
    .description('reset the local administrator "admin": a new password, enabled, its sessions ended')
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
      const given = process.stdin.isTTY ? '' : (await text(process.stdin)).replace(/\r?\n$/, '');
      if (given !== '' && given.length < MIN_PASSWORD)
        throw new AppError('invalid', `The new password is too short: expected at least ${MIN_PASSWORD} characters`);
      demandDatabase(database);
      const password = given || randomBytes(18).toString('base64url');
      // loaded late: the database makes the other commands slow to start
      const { resetAdminPassword } = await import('./reset-admin-password.js');
      await resetAdminPassword(database, password);
      console.error(`The password of "admin" is changed${given === '' ? ' to:' : '.'}`);
      if (given === '') console.log(password);
    });
}

/** A file that is not there means the wrong environment rather than a new installation. */
function demandDatabase(config: DatabaseConfig): void {
  if (config.kind !== 'sqlite' || existsSync(resolve(config.path))) return;
  throw new AppError(
    'not_found',
    `There is no database ${resolve(config.path)}: set DATABASE_URL as the service has it, or start the service once`,
  );
}
