import express, { type Express } from 'express';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificates, type Certificates } from './certificates';
import { Clock } from './clock';
import { EngineControl } from './control';
import { engineData, type EngineData } from './data';
import type { Engine } from './engine';
import { faults } from './faults';
import { DiskFiles } from './imageio/disk-files';
import { HostsImageio } from './imageio/hosts-imageio';
import { restApi } from './rest/router';
import { authentication } from './sso/authentication';
import { Lockouts } from './sso/lockouts';
import { Sessions } from './sso/sessions';
import { sso } from './sso/sso';
import { DEFAULT_TIMING, type Timing } from './timing';
import { hostMoods } from './vms/hosts';
import { personalityOf, type EngineVersion } from './versions';

export { engineData, type EngineData } from './data';
export { simDisk } from './disks/data';
export { simPermission, type SimUser } from './people/data';
export { GLANCE_URL, IMAGE_PROVIDER_ID, type ImportFailure } from './images/data';
export { DATA_DOMAIN_ID, simStorageDomain, type SimStorageDomain } from './storage/data';
export { simTemplate, type SimTemplate } from './templates/data';
export { DEFAULT_TIMING, type Timing } from './timing';
export { simVm, type SimVm, type VmSeed } from './vms/data';
export { makeCertificates, type Certificates } from './certificates';
export type { EngineControl, WebadminSession } from './control';
export type { Fault } from './faults';
export { ENGINE_VERSIONS, provesOwner, type EngineVersion } from './versions';

export interface EngineSimulatorOptions {
  version: EngineVersion;
  /** HTTPS with a fresh authority, or with these certificates. Default: HTTP. */
  https?: boolean | Certificates;
  /** Names and addresses in the HTTPS certificate; default localhost and 127.0.0.1. */
  certificateNames?: string[];
  /** Default 0: any free port. */
  port?: number;
  /** HTTPS as around 2013: TLS 1.0 only, a 1024-bit key, SHA-1 signatures. */
  oldTls?: boolean;
  data?: EngineData;
  /** As engine-setup puts Keycloak before a 4.5; people of domain `internalkeycloak` have the profile `internalsso`. */
  behindKeycloak?: boolean;
  /** Default 0; a real engine's own directory takes 5,000 to refuse a password (oVirt: aaa-jdbc MINIMUM_RESPONSE_SECONDS). */
  refusalDelayMs?: number;
  /** Idle time of sessions; default 30 minutes (oVirt: UserSessionTimeOutInterval). */
  sessionIdleMs?: number;
  now?: () => number;
  /** How long things take; what is not named takes as long as at a real engine. */
  timing?: Partial<Timing>;
  /** Default 0: a silent host's refusal of a stop comes at once; a real engine takes 14,000. */
  silenceDelayMs?: number;
  /** Adds routes of the same origin before the engine's own; faults do not touch them. */
  mount?: (app: Express, engine: EngineSimulator) => void;
}

/** A running engine. `data` may be changed while it runs. */
export interface EngineSimulator {
  version: EngineVersion;
  /** The origin, such as `https://127.0.0.1:41234`. */
  url: string;
  /** PEM of the authority that issued the certificate; empty without HTTPS. */
  ca: string;
  /** As it is now: what was due is done. */
  readonly data: EngineData;
  control: EngineControl;
  /** Cuts all connections and stops listening. */
  close(): Promise<void>;
}

const REQUEST_LOG_LIMIT = 10_000;

/** Starts an oVirt engine's REST API, sessions and SSO on loopback, with the habits of the version. */
export async function startEngineSimulator(options: EngineSimulatorOptions): Promise<EngineSimulator> {
  const { version, data = engineData(), now = Date.now, sessionIdleMs = 30 * 60_000 } = options;
  const names = options.certificateNames ?? ['localhost', '127.0.0.1'];
  const certificates =
    options.https === true ? await makeCertificates(names, { isOld: options.oldTls }) : options.https || undefined;
  const clock = new Clock(now);
  const engine: Engine = {
    personality: personalityOf(version),
    behindKeycloak: options.behindKeycloak ?? false,
    refusalDelayMs: options.refusalDelayMs ?? 0,
    silenceDelayMs: options.silenceDelayMs ?? 0,
    data,
    clock,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    sessions: new Sessions(sessionIdleMs, () => clock.now()),
    lockouts: new Lockouts(() => clock.now()),
    faults: [],
    locks: new Set(),
    hosts: hostMoods(),
    diskFiles: new DiskFiles(),
    imageio: new HostsImageio(certificates, () => clock.now()),
    importFailures: [],
    url: '',
    requests: [],
    ca: certificates?.ca ?? '',
  };
  const app = express().disable('x-powered-by');
  const tls = options.oldTls && ({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const);
  // Node's own 5 s would close connections while a proxy before it sends on them.
  const keepAliveTimeout = 75_000;
  const server: Server = certificates
    ? createHttpsServer({ ...certificates, ...tls, keepAliveTimeout }, app)
    : createHttpServer({ keepAliveTimeout }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  server.on('checkExpectation', app); // an engine takes any
  const { port } = server.address() as AddressInfo;
  engine.url = `http${certificates ? 's' : ''}://127.0.0.1:${port}`;
  const simulator: EngineSimulator = {
    version,
    url: engine.url,
    ca: engine.ca,
    get data() {
      clock.settle();
      return data;
    },
    control: new EngineControl(engine),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, engine.imageio.close()]);
      await engine.diskFiles.close();
    },
  };
  options.mount?.(app, simulator);
  serveEngine(app, engine);
  return simulator;
}

function serveEngine(app: Express, engine: Engine): void {
  const { personality } = engine;
  app.use((request, response, next) => {
    const [, query = ''] = request.url.split('?');
    const correlationId = request.get('correlation-id') ?? null;
    const asked = { method: request.method, path: request.path, query };
    const logged = { ...asked, at: Date.now(), correlationId, status: 0 };
    engine.clock.settle();
    engine.requests.push(logged);
    if (engine.requests.length > REQUEST_LOG_LIMIT) engine.requests.shift();
    response.once('finish', () => (logged.status = response.statusCode));
    next();
  });
  app.use(faults(engine));
  const isModern = personality.apiPaths[0] === '/ovirt-engine/api';
  const caPath = isModern ? '/ovirt-engine/services/pki-resource' : '/ca.crt';
  app.get(caPath, (request, response) => {
    const { resource = 'ca-certificate' } = request.query;
    if (resource === 'ca-certificate') return void response.type('application/x-x509-ca-cert').send(engine.ca);
    if (resource === 'engine-certificate') return void response.type('application/x-x509-cert').send(engine.ca);
    response
      .status(400)
      .type('html')
      .send('<html><head><title>Error</title></head><body>Resource is invalid</body></html>');
  });
  if (isModern) {
    const healthy = 'DB Up!Welcome to Health Status!';
    app.get('/ovirt-engine/services/health', (_request, response) => void response.type('html').send(healthy));
  }
  if (personality.sso) app.use('/ovirt-engine', sso(engine));
  for (const base of personality.apiPaths) app.use(base, authentication(engine), restApi(engine, base));
  app.use((_request, response) => void response.status(404).type('html').send('<html><title>404</title></html>'));
}
