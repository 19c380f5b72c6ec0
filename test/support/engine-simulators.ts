import { EngineError, HttpEngineClient, type EngineSettings } from '../../src/engine';
import {
  makeCertificates,
  startEngineSimulator,
  type Certificates,
  type EngineSimulator,
  type EngineSimulatorOptions,
} from '../../tools/engine-simulator';

export const ACCOUNT = { user: 'admin@internal', password: 'admin-password' };
/** The same behind Keycloak. */
export const KEYCLOAK_ACCOUNT = { user: 'admin@ovirt@internalsso', password: 'admin@ovirt-password' };
export const ADMIN_ID = '58ad9d2d-013a-00aa-018f-00000000022e';
export const MARA_ID = '58ad9d2d-013a-00aa-018f-00000000022f';
export const JOERG_ID = '58ad9d2d-013a-00aa-018f-000000000230';
export const READER_ID = '58ad9d2d-013a-00aa-018f-000000000231';
export const KEYCLOAK_ID = '58ad9d2d-013a-00aa-018f-000000000232';

/** Authorities with a certificate of each, made once for all tests of a file. */
const authorities: Promise<Certificates>[] = [];

/** Started simulators and made clients, closed together. */
export class EngineBench {
  private readonly open: { close(): Promise<void> }[] = [];
  /** How many authorities are in use: no two engines that run have the same one. */
  private used = 0;

  async start(options: EngineSimulatorOptions): Promise<EngineSimulator> {
    const usual = options.https === true && !options.certificateNames && !options.oldTls;
    const simulator = await startEngineSimulator(usual ? { ...options, https: await this.certificates() } : options);
    this.open.push(simulator);
    return simulator;
  }

  client(simulator: { url: string; ca: string }, more: Partial<EngineSettings> = {}): HttpEngineClient {
    const client = new HttpEngineClient({ url: simulator.url, ca: simulator.ca || undefined, ...more });
    this.open.push(client);
    return client;
  }

  /** Has something else closed with the rest. */
  closeLater(it: { close(): Promise<void> }): void {
    this.open.push(it);
  }

  async close(): Promise<void> {
    this.used = 0;
    for (const it of this.open.splice(0).reverse()) await it.close();
  }

  private certificates(): Promise<Certificates> {
    const next = this.used++;
    return (authorities[next] ??= makeCertificates(['localhost', '127.0.0.1']));
  }
}

/** The EngineError a call fails with; anything else is thrown on. */
export async function engineErrorOf(call: Promise<unknown>): Promise<EngineError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('The call succeeded');
}
