import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificates } from '../../tools/engine-simulator';

const run = promisify(execFile);

export interface ReverseProxyOptions {
  kind: 'apache' | 'nginx';
  /** What `foreman-ovirt proxy-config` printed. */
  snippet: string;
  /** The engine's origin; it gets every path that the snippet does not take, as in oVirt 3.2. */
  engine: string;
  tls: Certificates;
  /** PEM of the authority of client certificates. */
  clientCa: string;
}

/** A web server on loopback with HTTP and HTTPS, the engine behind it. */
export interface ReverseProxy {
  http: string;
  https: string;
  stop(): Promise<void>;
}

/** What `foreman-ovirt proxy-config` prints for a service. */
export async function proxySnippet(kind: 'apache' | 'nginx', service: string, ...more: string[]): Promise<string> {
  const command = join(__dirname, '../../dist/src/cli/foreman-ovirt.js');
  const { stdout } = await run(process.execPath, [command, 'proxy-config', kind, '--service', service, ...more]);
  return stdout;
}

const PROGRAMS = { apache: '/usr/sbin/apache2', nginx: '/usr/sbin/nginx' };
const APACHE_MODULES = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http', 'ssl'];

/** Starts Debian's Apache httpd or nginx with a snippet of ours beside the engine's own configuration. */
export async function startReverseProxy(options: ReverseProxyOptions): Promise<ReverseProxy> {
  const program = PROGRAMS[options.kind];
  if (!existsSync(program)) throw new Error(`${program} is not installed: apt-get install apache2 nginx`);
  const dir = await mkdtemp(join(tmpdir(), 'reverse-proxy-'));
  await chmod(dir, 0o755);
  const ports = { http: await freePort(), https: await freePort() };
  const files = { 'server.pem': options.tls.cert, 'server.key': options.tls.key, 'client-ca.pem': options.clientCa };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  const config = join(dir, 'server.conf');
  await writeFile(
    config,
    options.kind === 'apache' ? await apache(dir, ports, options) : await nginx(dir, ports, options),
  );
  const args =
    options.kind === 'apache' ? ['-f', config, '-DFOREGROUND'] : ['-c', config, '-e', join(dir, 'error.log')];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await ready(child, ports.https);
  } catch (error) {
    const log = await readFile(join(dir, 'error.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`${program} does not start: ${log}`, { cause: error });
  }
  return { http: `http://127.0.0.1:${ports.http}`, https: `https://127.0.0.1:${ports.https}`, stop };
}

interface Ports {
  http: number;
  https: number;
}

/** The snippet under the name it asks for, so that the order of the files is the real one. */
async function writeSnippet(dir: string, snippet: string): Promise<void> {
  const path = /\/etc\/\S+\.conf/.exec(snippet)?.[0];
  if (path === undefined) throw new Error('the snippet does not say where it belongs');
  await mkdir(join(dir, 'conf.d'));
  await writeFile(join(dir, 'conf.d', basename(path)), snippet);
}

async function apache(dir: string, { http, https }: Ports, { snippet, engine }: ReverseProxyOptions): Promise<string> {
  await writeSnippet(dir, snippet);
  // packaging/fedora/setup/ovirt-engine-proxy.conf.in of oVirt 3.2 takes every path
  await writeFile(join(dir, 'conf.d', 'ovirt-engine.conf'), `ProxyPass / ${engine}/\n`);
  const isRoot = process.getuid?.() === 0;
  return [
    ...APACHE_MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `ServerRoot ${dir}`,
    'ServerName 127.0.0.1',
    'PidFile httpd.pid',
    'ErrorLog error.log',
    'DefaultRuntimeDir .',
    ...(isRoot ? ['User www-data', 'Group www-data'] : []),
    `Listen 127.0.0.1:${http}`,
    `Listen 127.0.0.1:${https}`,
    'Include conf.d/*.conf',
    `<VirtualHost 127.0.0.1:${https}>`,
    'SSLEngine on',
    'SSLCertificateFile server.pem',
    'SSLCertificateKeyFile server.key',
    'SSLCACertificateFile client-ca.pem',
    'SSLVerifyClient optional',
    '</VirtualHost>\n',
  ].join('\n');
}

async function nginx(dir: string, { http, https }: Ports, { snippet, engine }: ReverseProxyOptions): Promise<string> {
  await writeSnippet(dir, snippet);
  const server = (lines: string) =>
    `server {\n${lines}\ninclude ${dir}/conf.d/foreman-ovirt.conf;\nlocation / { proxy_pass ${engine}; }\n}`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
pid ${dir}/nginx.pid;
error_log ${dir}/error.log;
events {}
http {
access_log off;
${temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join('\n')}
${server(`listen 127.0.0.1:${http};`)}
${server(`listen 127.0.0.1:${https} ssl;
ssl_certificate ${dir}/server.pem;
ssl_certificate_key ${dir}/server.key;
ssl_client_certificate ${dir}/client-ca.pem;
ssl_verify_client optional;`)}
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the port takes connections. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('it ended');
  });
  ended.catch(() => undefined);
  const deadline = Date.now() + 10_000;
  while (!(await Promise.race([takesConnections(port), ended])))
    if (Date.now() > deadline) throw new Error('it does not listen');
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => setTimeout(resolve, 10, false));
    socket.once('close', (hadError) => hadError || resolve(true));
  });
}

/** A certificate that is its own authority. */
export async function selfSigned(commonName: string): Promise<{ cert: string; key: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'certificate-'));
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
    const out = ['-keyout', 'key', '-out', 'cert', '-subj', `/CN=${commonName}`];
    await run('openssl', ['req', '-x509', ...kind, ...out], { cwd: dir });
    return { cert: await readFile(join(dir, 'cert'), 'utf8'), key: await readFile(join(dir, 'key'), 'utf8') };
  } finally {
    await rm(dir, { recursive: true });
  }
}
