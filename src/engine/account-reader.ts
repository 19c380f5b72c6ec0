import { VM_PAGE_SIZE, type Dialect, type Read } from './dialect-port';
import { inNewSession, parseAnswer } from './engine-answer';
import type {
  CallOptions,
  DataCenter,
  EngineReader,
  ProductInfo,
  ServiceAccount,
  Vm,
  VmSummary,
} from './engine-client';
import { EngineError } from './engine-error';
import type { Credentials, EngineHttp } from './engine-http';
import { checkId } from './input';
import * as wire from './wire';

const DEFAULT_LIMIT = 100;
/** A session not ended ends by itself when idle: not worth holding up a shutdown. */
const LOGOUT_TIMEOUT_MS = 1_000;
/** A refused password is not tried again for so long: the fifth time locks the account (oVirt: aaa-jdbc MAX_FAILURES_SINCE_SUCCESS). */
const REFUSED_MS = 5 * 60_000;

/** Reads an engine as a service account, in one engine session that is renewed when the engine forgets it. */
export class AccountReader implements EngineReader {
  private session?: Promise<Credentials>;
  private refused?: { error: EngineError; until: number };

  constructor(
    private readonly http: EngineHttp,
    private readonly dialect: () => Promise<Dialect>,
    private readonly account: ServiceAccount,
  ) {}

  async productInfo({ signal }: CallOptions = {}): Promise<ProductInfo> {
    return this.reading(signal, async (read) => (await read('', wire.apiRoot)).product);
  }

  async dataCenters({ signal }: CallOptions = {}): Promise<DataCenter[]> {
    return this.reading(signal, (read) => read('/datacenters', wire.dataCenters));
  }

  async virtualMachine(id: string, { signal }: CallOptions = {}): Promise<Vm | null> {
    const vmId = checkId(id);
    return this.reading(signal, async (read, dialect) => {
      try {
        return await readVm(read, dialect, vmId);
      } catch (error) {
        if (error instanceof EngineError && error.kind === 'not_found') return null;
        throw error;
      }
    });
  }

  async virtualMachines({ signal, limit = DEFAULT_LIMIT }: CallOptions & { limit?: number } = {}): Promise<
    VmSummary[]
  > {
    return this.reading(signal, async (read, dialect) => {
      const found = new Map<string, VmSummary>();
      for (let page = 1; found.size < limit; page += 1) {
        const rows = await read(dialect.vmPagePath(page), wire.vms);
        const before = found.size;
        for (const vm of rows) found.set(vm.id, vm);
        // A filtered 3.x list ignores pages and repeats itself.
        if (rows.length < VM_PAGE_SIZE || found.size === before) break;
      }
      return [...found.values()].slice(0, limit);
    });
  }

  /** Signs the account out, when it is in; an engine that does not answer is left soon. */
  async close(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    if (!session) return;
    await this.http.within(AbortSignal.timeout(LOGOUT_TIMEOUT_MS), async (deadline) => {
      const dialect = await this.dialect();
      await dialect.logout(this.http, await session, deadline);
    });
  }

  /** Signing in has a time of its own; a call whose session has ended begins anew in another, once. */
  private async reading<T>(signal: AbortSignal | undefined, call: Call<T>): Promise<T> {
    const dialect = await this.http.within(signal, () => this.dialect());
    const login = this.signedIn(dialect);
    const session = await this.arrived(login, signal);
    try {
      return await this.readIn(session, dialect, call, signal);
    } catch (error) {
      if (!mayHaveEnded(error)) throw error;
      this.drop(login, session, dialect);
      return this.readInNew(await this.arrived(this.signedIn(dialect), signal), dialect, call, signal);
    }
  }

  private async readInNew<T>(session: Credentials, dialect: Dialect, call: Call<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.readIn(session, dialect, call, signal);
    } catch (error) {
      const fault = error instanceof EngineError ? inNewSession(error) : error;
      if (fault instanceof EngineError && fault.kind === 'no_rights') {
        if (this.session) this.drop(this.session, session, dialect);
        this.refused = { error: fault, until: Date.now() + REFUSED_MS };
      }
      throw fault;
    }
  }

  /** Signs out of a session that serves no more, which may live on; nobody waits for it. */
  private drop(login: Promise<Credentials>, session: Credentials, dialect: Dialect): void {
    if (this.session === login) this.session = undefined;
    this.http
      .within(AbortSignal.timeout(LOGOUT_TIMEOUT_MS), (deadline) => dialect.logout(this.http, session, deadline))
      .catch(() => undefined);
  }

  private readIn<T>(session: Credentials, dialect: Dialect, call: Call<T>, signal?: AbortSignal): Promise<T> {
    return this.http.within(signal, (deadline) =>
      call(async (path, schema) => {
        const request = { path: `${dialect.base}${path}`, credentials: session, signal: deadline };
        return parseAnswer(await this.http.request(request), schema, session.secrets);
      }, dialect),
    );
  }

  private arrived(login: Promise<Credentials>, signal?: AbortSignal): Promise<Credentials> {
    return this.http.within(signal, () => login, this.http.signInTimeoutMs);
  }

  /** Shared by concurrent calls, hence under a deadline of its own. */
  private signedIn(dialect: Dialect): Promise<Credentials> {
    if (this.session) return this.session;
    if (this.refused && Date.now() < this.refused.until) return Promise.reject(this.refused.error);
    const login = (deadline: AbortSignal) => dialect.login(this.http, this.account, deadline);
    const session = this.http.within(undefined, login, this.http.signInTimeoutMs);
    this.session = session;
    session.catch((error: unknown) => {
      if (this.session === session) this.session = undefined;
      if (error instanceof EngineError && error.kind === 'unauthorized')
        this.refused = { error, until: Date.now() + REFUSED_MS };
    });
    return session;
  }
}

const mayHaveEnded = (error: unknown) =>
  error instanceof EngineError && (error.kind === 'unauthorized' || error.kind === 'ended_or_no_rights');

type Call<T> = (read: Read, dialect: Dialect) => Promise<T>;

async function readVm(read: Read, dialect: Dialect, vmId: string): Promise<Vm> {
  const { display, ...vm } = await read(`/vms/${vmId}`, wire.vm);
  const [nics, devices, disks, displays] = await Promise.all([
    read(`/vms/${vmId}/nics`, wire.nics),
    read(`/vms/${vmId}/reporteddevices`, wire.reportedDevices),
    dialect.disksOf(read, vmId),
    dialect.displaysOf(read, { id: vmId, display }),
  ]);
  const addressesOf = (mac: string | null) =>
    devices.filter((device) => mac !== null && device.mac === mac).flatMap((device) => device.addresses);
  return { ...vm, displays, disks, nics: nics.map((nic) => ({ ...nic, addresses: addressesOf(nic.mac) })) };
}
