import { Argument, Command, Option } from 'commander';
import { PROXIES, proxyConfig, type ProxyKind, type ProxyOptions } from '../deployment';

/** `foreman-ovirt proxy-config apache|nginx` */
export function proxyConfigCommand(): Command {
  return new Command('proxy-config')
    .description("print the configuration that puts the service on webadmin's origin")
    .addArgument(new Argument('<server>', 'the reverse proxy').choices(PROXIES))
    .addOption(new Option('--origin <origin>', "webadmin's origin, e.g. https://engine.example.com").env('PUBLIC_URL'))
    .addOption(new Option('--base-path <path>', "the service's base path").env('BASE_PATH').default('/foreman'))
    .option('--service <origin>', 'where the proxy reaches the service', 'http://127.0.0.1:3000')
    .option('--client-certificates', 'tell the service whose client certificate was verified', false)
    .addHelpText('after', '\nThe first line of the output names the file it belongs in.')
    .action((server: ProxyKind, { origin, basePath, service, clientCertificates }: ProxyOptions) => {
      const withoutSlash = (text: string) => text.replace(/\/+$/, '');
      const config = proxyConfig(server, {
        origin: origin === undefined ? undefined : withoutSlash(origin),
        basePath: withoutSlash(basePath),
        service: withoutSlash(service),
        clientCertificates,
      });
      process.stdout.write(config.text);
    });
}
