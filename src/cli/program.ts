import { Command } from 'commander';
import { PACKAGE_VERSION } from '../config';
import { adminPasswordCommand } from './admin-password.command';
import { proxyConfigCommand } from './proxy-config.command';
import { uiPluginCommand } from './ui-plugin.command';

/** The `foreman-ovirt` command: what an administrator does beside the running service. */
export function foremanOvirt(): Command {
  return new Command('foreman-ovirt')
    .description("Foreman's hosts, reports and dashboards inside oVirt webadmin: tools for the administrator")
    .version(PACKAGE_VERSION, '-V, --version', 'print the version')
    .addCommand(uiPluginCommand())
    .addCommand(proxyConfigCommand())
    .addCommand(adminPasswordCommand());
}
