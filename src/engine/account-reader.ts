import type { AccountSession } from './account-session';
import { VM_PAGE_SIZE, type Dialect, type Read } from './dialect-port';
import { parseAnswer } from './engine-answer';
import type { CallOptions, DataCenter, EngineReader, ProductInfo, Vm, VmSummary } from './engine-client';
import { EngineError } from './engine-error';
import type { EngineHttp } from './engine-http';
import { checkId } from './input';
import * as wire from './wire';

const DEFAULT_LIMIT = 100;

/** Reads an engine as a service account. */
export class AccountReader implements EngineReader {
  constructor(
    private readonly http: EngineHttp,
    private readonly session: AccountSession,
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

  private reading<T>(signal: AbortSignal | undefined, call: Call<T>): Promise<T> {
    return this.session.run(signal, (credentials, dialect) =>
      this.http.within(signal, (deadline) =>
        call(async (path, schema) => {
          const request = { path: `${dialect.base}${path}`, credentials, signal: deadline };
          return parseAnswer(await this.http.request(request), schema, credentials.secrets);
        }, dialect),
      ),
    );
  }
}

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
