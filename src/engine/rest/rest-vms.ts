import { randomUUID } from 'node:crypto';
import { VM_PAGE_SIZE } from '../dialect-port';
import { withQuery, type EngineCalls } from '../engine-calls';
import type { CallOptions } from '../engine-client';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type {
  EngineIdentity,
  EngineNic,
  EngineVm,
  EngineVms,
  GuestAddress,
  ListOptions,
  NewNic,
  NewVm,
  Started,
  VmChange,
  WriteOptions,
} from '../ports';
import { isAtLeast } from '../version';
import { guestAddresses } from './guest-addresses';
import { allNamed, firstByName } from './paged';
import { anyOf, MOST_IDS } from './search-text';
import { initializing, memoryLimits, newNicBody, newVmBody, nicBody, vmChangeBody, type Body } from './vm-body';
import * as wire from './vms.wire';

/** Of a hundred VMs, each with a script of 64 KiB. */
const LARGE_ANSWER = 32 * 1024 * 1024;

export class RestVms implements EngineVms {
  private readonly calls: EngineCalls;
  private readonly early: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('4.2', 'Changes of VMs');
    this.early = calls.since('3.4', 'Launches of VMs');
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineVm | null> {
    return this.early.find(as, pathOf(id), wire.vm, options);
  }

  async list(as: EngineIdentity, options?: ListOptions): Promise<EngineVm[]> {
    return firstByName(this.early, as, { path: '/vms', schema: wire.vms, pageSize: VM_PAGE_SIZE }, options);
  }

  async byName(as: EngineIdentity, name: string, options?: CallOptions): Promise<EngineVm[]> {
    const list = { path: '/vms', schema: wire.vms, maxAnswerBytes: LARGE_ANSWER };
    return allNamed(this.early, as, list, { ...options, name });
  }

  async byIds(as: EngineIdentity, ids: string[], options?: CallOptions): Promise<EngineVm[]> {
    if (ids.length === 0) return [];
    const wanted = ids.map(checkId);
    const path = withQuery(`/vms;max=${MOST_IDS}`, { search: anyOf('id', wanted) });
    const vms = await this.early.get(as, path, wire.vms, { ...options, maxAnswerBytes: LARGE_ANSWER });
    return vms.filter(({ id }) => wanted.includes(id)); // a session's list is not searched up to 3.5
  }

  demandChanges(as: EngineIdentity, options?: CallOptions): Promise<void> {
    return this.calls.demandVersion(as, options);
  }

  async create(as: EngineIdentity, vm: NewVm, options: WriteOptions): Promise<EngineVm> {
    const [major, minor] = await this.early.version(as, options);
    const isV3 = major < 4;
    if (isV3 && vm.payload) throw new EngineError('unsupported', 'Payloads need an engine from 4.0 on');
    if (isV3 && minor < 5 && vm.initialization?.userName !== undefined)
      throw new EngineError('unsupported', 'User names for cloud-init need an engine from 3.5 on');
    const path = withQuery('/vms', { clone: vm.clone && !isV3 ? 'true' : undefined });
    return this.early.post(as, path, newVmBody(vm, { isV3 }), wire.vm, options);
  }

  async update(as: EngineIdentity, id: string, change: VmChange, options: WriteOptions): Promise<EngineVm> {
    const { memoryBytes } = change;
    const body = vmChangeBody(change);
    const limits =
      memoryBytes === undefined
        ? {}
        : memoryLimits(memoryBytes, await this.calls.get(as, pathOf(id), wire.memoryPolicy, options));
    return this.calls.put(as, pathOf(id), { ...body, ...limits }, wire.vm, options);
  }

  async start(
    as: EngineIdentity,
    id: string,
    { initialize = false, ...options }: WriteOptions & { initialize?: boolean },
  ): Promise<Started> {
    const body = initialize ? initializing(await this.early.version(as, options)) : {};
    return this.act(as, id, { action: 'start', calls: this.early, body }, options);
  }

  async stop(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started> {
    return this.act(as, id, { action: 'stop', calls: this.calls }, options);
  }

  async shutdown(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started> {
    return this.act(as, id, { action: 'shutdown', calls: this.calls }, options);
  }

  async reboot(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started> {
    return this.act(as, id, { action: 'reboot', calls: this.calls }, options);
  }

  async suspend(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started> {
    return this.act(as, id, { action: 'suspend', calls: this.calls }, options);
  }

  async remove(
    as: EngineIdentity,
    id: string,
    { keepDisks = false, ...options }: WriteOptions & { keepDisks?: boolean },
  ): Promise<Started> {
    const calls = keepDisks ? this.calls : this.early;
    return calls.delete(as, withQuery(pathOf(id), { detach_only: keepDisks ? 'true' : undefined }), options);
  }

  async nics(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineNic[]> {
    return this.early.get(as, `${pathOf(id)}/nics`, wire.nics, options);
  }

  async addNic(as: EngineIdentity, id: string, nic: NewNic, options: WriteOptions): Promise<EngineNic> {
    return this.calls.post(as, `${pathOf(id)}/nics`, newNicBody(nic), wire.nic, options);
  }

  async updateNic(
    as: EngineIdentity,
    id: string,
    nicId: string,
    change: Partial<NewNic>,
    options: WriteOptions,
  ): Promise<EngineNic> {
    return this.calls.put(as, `${pathOf(id)}/nics/${checkId(nicId)}`, nicBody(change), wire.nic, options);
  }

  async removeNic(as: EngineIdentity, id: string, nicId: string, options: WriteOptions): Promise<void> {
    await this.calls.delete(as, `${pathOf(id)}/nics/${checkId(nicId)}`, options);
  }

  async addresses(as: EngineIdentity, id: string, options?: CallOptions): Promise<GuestAddress[]> {
    const [nics, devices] = await Promise.all([
      this.nics(as, id, options),
      this.early.get(as, `${pathOf(id)}/reporteddevices`, wire.reportedDevices, options),
    ]);
    return guestAddresses(
      devices,
      nics.map(({ mac }) => mac),
    );
  }

  async addressesByIds(
    as: EngineIdentity,
    ids: string[],
    options: CallOptions = {},
  ): Promise<Map<string, GuestAddress[]>> {
    if (!isAtLeast(await this.early.version(as, options), '4.2')) return this.addressesOneByOne(as, ids, options);
    const search = anyOf('id', ids.map(checkId));
    const path = withQuery(`/vms;max=${MOST_IDS}`, { search, follow: 'nics,reporteddevices' });
    const guests = await this.calls.get(as, path, wire.guests, { ...options, maxAnswerBytes: LARGE_ANSWER });
    return new Map(guests.map(({ id, devices, macs }) => [id, guestAddresses(devices, macs)]));
  }

  async consoleFile(as: EngineIdentity, id: string, options?: CallOptions): Promise<string | null> {
    const consoles = `${pathOf(id)}/graphicsconsoles`;
    const [console] = await this.calls.get(as, withQuery(consoles, { current: 'true' }), wire.consoles, options);
    if (!console) return null;
    const path = `${consoles}/${console.id}/remoteviewerconnectionfile`;
    return this.calls.post(as, path, {}, wire.consoleFile, { ...options, correlationId: randomUUID() });
  }

  /** Older engines follow no links. */
  private async addressesOneByOne(as: EngineIdentity, ids: string[], options: CallOptions) {
    const found = new Map<string, GuestAddress[]>();
    for (const { id } of await this.byIds(as, ids, options)) found.set(id, await this.addresses(as, id, options));
    return found;
  }

  /** The engine answers 500 or 403 for a VM that there is not. */
  private async act(
    as: EngineIdentity,
    id: string,
    { action, calls, body = {} }: { action: string; calls: EngineCalls; body?: Body },
    options: WriteOptions,
  ): Promise<Started> {
    try {
      return await calls.action(as, `${pathOf(id)}/${action}`, body, options);
    } catch (error) {
      const mayBeMissing = error instanceof EngineError && (error.kind === 'fault' || error.kind === 'forbidden');
      if (!mayBeMissing || (await this.get(as, id, options)) !== null) throw error;
      const details = { ...error.details, status: 404 };
      throw new EngineError('not_found', `The engine has no VM ${id}, or does not show it to the user`, details, {
        cause: error,
      });
    }
  }
}

const pathOf = (id: string) => `/vms/${checkId(id)}`;
