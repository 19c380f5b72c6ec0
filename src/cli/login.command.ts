import type { Command } from 'commander';
import { askPassword } from './service/ask-password';
import { reach, serviceCommand, withService, type ServiceOptions } from './service/service-command';
import type { ServiceAddress } from './service/service-client';
import { keepSession, keptSession, sessionFile } from './service/session-file';

interface LoginOptions extends ServiceOptions {
  engine: string;
  user: string;
}

/** `foreman-ovirt login --engine E --user U` */
export function loginCommand(): Command {
  return serviceCommand('login', 'sign in with an engine user and password, for the commands that follow')
    .requiredOption('--engine <engine>', 'name or id of the engine’s compute resource')
    .requiredOption('--user <user>', 'with the profile at the end, such as admin@internal')
    .addHelpText(
      'after',
      `
The password is asked for on the terminal, or read from standard input:
  foreman-ovirt login --engine production --user mara@corp <password-file
The session is kept in ${sessionFile()}, which nobody else may read.`,
    )
    .action(async (options: LoginOptions) => {
      const { engine, user } = options;
      const { address } = await reach(options);
      const former = await keptSession();
      const password = await askPassword(`${user} at ${engine}`);
      const token = await withService(address, {}, (service) => service.login(engine, user, password));
      await keepSession({ url: address.url, engine, user, token });
      console.error(`Signed in to ${engine} as ${user}.`);
      if (former !== null) await leave({ ...address, url: former.url }, former.token);
    });
}

/** Ends the session that was kept before; one that is over already, or whose service is away, ends by itself. */
async function leave(address: ServiceAddress, token: string): Promise<void> {
  const credentials = { authorization: `Bearer ${token}` };
  await withService(address, credentials, (service) => service.post('/users/logout', {})).catch(() => undefined);
}
