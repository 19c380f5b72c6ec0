import { Command } from 'commander';
import { PACKAGE_VERSION } from '../config';
import { adminPasswordCommand } from './admin-password.command';
import { keysCommand } from './keys.command';
import { listCommands } from './lists.commands';
import { loginCommand } from './login.command';
import { machinesCommand } from './machines.command';
import { operationsCommand } from './operations.command';
import { proxyConfigCommand } from './proxy-config.command';
import { uiPluginCommand } from './ui-plugin.command';

/** The `foreman-ovirt` command: what an administrator does beside the running service, and what a shell asks of it. */
export function foremanOvirt(): Command {
  const program = new Command('foreman-ovirt')
    .description(
      "Foreman's hosts, reports and dashboards inside oVirt webadmin: tools for the administrator and the shell",
    )
    .version(PACKAGE_VERSION, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      '\nExit status: 0 done, 1 failed, 2 usage, 3 refused, 4 service or engine not reachable, 130 interrupted.',
    )
    .addCommand(uiPluginCommand())
    .addCommand(proxyConfigCommand())
    .addCommand(adminPasswordCommand())
    .addCommand(loginCommand())
    .addCommand(keysCommand())
    .addCommand(machinesCommand())
    .addCommand(operationsCommand());
  for (const command of listCommands()) program.addCommand(command);
  throwFaults(program);
  return program;
}

/** Faults of usage are thrown, so that they end with a status of their own. */
function throwFaults(command: Command): void {
  command.exitOverride();
  for (const below of command.commands) throwFaults(below);
}
