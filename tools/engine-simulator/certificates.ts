import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PEM texts of a fresh authority and of a server certificate it issued. */
export interface Certificates {
  ca: string;
  key: string;
  cert: string;
}

/**
 * Makes a certificate authority like an engine's own and a server certificate for these names and addresses,
 * with the `openssl` program (Node.js reads certificates but cannot make them). `isOld`: 1024-bit RSA and SHA-1, as engines of 2013 made them.
 */
export async function makeCertificates(names: string[], { isOld = false } = {}): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-simulator-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const kind = isOld ? ['rsa:1024', '-sha1'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const newKey = ['-nodes', '-newkey', ...kind];
  const digest = isOld ? '-sha1' : '-sha256';
  try {
    await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', ...subject('CA'));
    await openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', ...subject('server'));
    const alternatives = names.map((name) => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',');
    await writeFile(join(folder, 'extensions'), `subjectAltName=${alternatives}\nbasicConstraints=CA:FALSE\n`);
    const issue = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'extensions'];
    await openssl('x509', '-req', '-in', 'server.csr', digest, ...issue, '-out', 'server.pem', '-days', '30');
    const [ca, key, cert] = await Promise.all(
      ['ca.pem', 'server.key', 'server.pem'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    if (!ca || !key || !cert) throw new Error('openssl wrote an empty file');
    return { ca, key, cert };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const subject = (name: string) => ['-subj', `/C=US/O=simulated.example/CN=engine-simulator ${name}`];
