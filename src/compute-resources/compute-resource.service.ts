import { Injectable } from '@nestjs/common';
import type { AuditAuthor } from '../audit';
import { userIdOf } from '../common/actor';
import { AppError, invalid } from '../common/app-error';
import type { Transaction } from '../database';
import type { DataCenter, ProbeFailure, ProbeResult } from '../engine';
import type { ComputeResource } from './compute-resource.entity';
import { datacenterOf, fieldsOf, webOrigin, type ComputeResourceInput } from './compute-resource.input';
import { changesOfThe } from './compute-resource-changes';
import {
  ComputeResourceStore,
  settingsOf,
  type AuthSourceSettings,
  type ComputeResourceFields,
} from './compute-resource.store';
import { EngineChanges } from './engine-changes';
import { EnginePeople } from './engine-people';
import { EngineRegistry } from './engine-registry';
import { EngineStore } from './engine.store';

/** The engine did not answer as it should, so nothing was saved. */
export class EngineFault extends AppError {
  constructor(readonly probe: ProbeFailure) {
    super('engine_refused', probe.message, { reason: probe.problem });
  }
}

export interface SaveOptions {
  /** Saves also when the engine does not answer as it should: it may be down for now. */
  evenIfFaulty: boolean;
}

/**
 * Registers, changes and removes compute resources. Each comes with its oVirt auth source and belongs to the engine
 * that answers at its address.
 */
@Injectable()
export class ComputeResourceService {
  constructor(
    private readonly store: ComputeResourceStore,
    private readonly engines: EngineStore,
    private readonly registry: EngineRegistry,
    private readonly changes: EngineChanges,
    private readonly people: EnginePeople,
  ) {}

  /** @throws AppError invalid, forbidden; EngineFault */
  async create(by: AuditAuthor, input: ComputeResourceInput, { evenIfFaulty }: SaveOptions): Promise<ComputeResource> {
    const registrarId = userIdOf(by.actor);
    const fields = fieldsOf(input);
    const probe = await this.probe(fields, input.password);
    if (!probe.ok && !evenIfFaulty) throw new EngineFault(probe);
    const chosen = datacenterOf(input.datacenter, dataCentersIn(probe));
    const placed = { ...fields, ...chosen, url: fullUrl(fields.url, probe) };
    const resource = await this.changes.byPerson(by, 'compute_resource.create', async (tx, rule) => {
      const engineId = await this.engines.at(tx, addressOf(placed, probe));
      await rule(tx, engineId);
      const { id } = await this.store.create(tx, { ...placed, engineId, registrarId }, input.password);
      const created = await this.settled(tx, id, engineId);
      await this.engines.checkPrefix(tx, 'url', created.loginPrefix);
      return { resource: created, what: created.url };
    });
    await this.registry.forget(resource.url);
    return resource;
  }

  /** @throws AppError not_found, invalid, forbidden; EngineFault */
  async update(
    by: AuditAuthor,
    key: string | number,
    input: Partial<ComputeResourceInput>,
    { evenIfFaulty }: SaveOptions,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    await this.changes.demandMayChange(by, before); // before the kept password goes anywhere
    const fields = fieldsOf(input, before);
    const password = input.password || undefined;
    const probe = isConnected(before, fields, input)
      ? await this.probe(fields, this.secretFor(before, fields, password))
      : null;
    if (probe?.ok === false && !evenIfFaulty) throw new EngineFault(probe);
    const placed = { ...fields, ...chosenFor(before, input.datacenter, probe), url: fullUrl(fields.url, probe) };
    const resource = await this.changes.byPerson(by, 'compute_resource.update', async (tx, rule) => {
      await rule(tx, before.engineId);
      const engineId = tellsEngine(before, placed, probe)
        ? await this.engines.at(tx, addressOf(placed, probe))
        : before.engineId;
      await rule(tx, engineId); // of its people now, who may have become more
      const registrarId = vouches(before, placed, password) ? userIdOf(by.actor) : before.registrarId;
      await this.store.update(tx, before.id, { ...placed, engineId, registrarId }, password);
      if (engineId !== before.engineId) await this.engines.removeUnused(tx, before.engineId, { withUsers: false });
      const changed = await this.settled(tx, before.id, engineId);
      return { resource: changed, what: changesOfThe(before, changed) };
    });
    await this.registry.forget(before.url, resource.url);
    return resource;
  }

  /** Removes a compute resource; with an engine's last one, the engine and its accounts. @throws AppError not_found, forbidden */
  async remove(by: AuditAuthor, key: string | number): Promise<ComputeResource> {
    const resource = await this.store.get(key);
    await this.changes.byPerson(by, 'compute_resource.delete', async (tx, rule) => {
      await rule(tx, resource.engineId);
      await this.store.remove(tx, resource.id);
      await this.engines.removeUnused(tx, resource.engineId, { withUsers: true });
      return { resource, what: resource.url };
    });
    await this.registry.forget(resource.url);
    return resource;
  }

  /**
   * Changes the oVirt auth source of a compute resource, which all of its engine share.
   * @throws AppError not_found, invalid, forbidden
   */
  async updateAuthSource(
    by: AuditAuthor,
    key: string | number,
    settings: Partial<AuthSourceSettings>,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    const { enabled, ontheflyRegister, loginPrefix, acceptReadableUser } = before;
    const after = { enabled, ontheflyRegister, loginPrefix, acceptReadableUser, ...settings };
    const resource = await this.changes.byPerson(by, 'auth_source.update', async (tx, rule) => {
      await rule(tx, before.engineId);
      if (after.loginPrefix !== before.loginPrefix)
        await this.engines.checkPrefix(tx, 'login_prefix', after.loginPrefix);
      await this.store.updateAuthSource(tx, before.engineId, after);
      const changed = await this.store.reread(tx, before.id);
      return { resource: changed, what: changesOfThe(before, changed) };
    });
    await this.registry.forget();
    return resource;
  }

  /**
   * Tries what a form says, without saving.
   * @param key the compute resource that is being edited: its password serves while none is given
   * @throws AppError invalid, not_found, forbidden
   */
  async test(by: AuditAuthor, input: Partial<ComputeResourceInput>, key?: string | number): Promise<ProbeResult> {
    const before = key === undefined ? undefined : await this.store.get(key);
    if (before !== undefined) await this.changes.demandMayChange(by, before);
    const fields = fieldsOf({ ...input, name: input.name || '-' }, before);
    const password = input.password || undefined;
    return this.probe(fields, before ? this.secretFor(before, fields, password) : (password ?? ''));
  }

  /**
   * Asks an engine that was known by its address alone which one it is.
   * @throws AppError conflict when it says to be one that has people: that an administrator has to save
   */
  async recognise(resource: ComputeResource): Promise<void> {
    const reader = await this.registry.accountReader(resource.id);
    const { instanceId } = await reader.productInfo();
    if (instanceId === null) return;
    await this.changes.byService(async (tx) => {
      const engineId = await this.engines.at(tx, { origin: webOrigin(resource.url), instanceId });
      if (engineId !== resource.engineId && (await this.people.exist(tx, engineId)))
        throw new AppError(
          'conflict',
          `${resource.name} says to be an engine that is registered and has people: an administrator saves it again to confirm that`,
        );
      await this.engines.removeUnused(tx, engineId, { withUsers: false }); // the resource may have gone meanwhile
    });
    await this.registry.forget();
  }

  private probe(fields: ComputeResourceFields, password: string): Promise<ProbeResult> {
    return this.registry.probe({ ...settingsOf(fields), user: fields.username, password });
  }

  /** A kept password goes to the origin it was given for and to no other. */
  private secretFor(before: ComputeResource, after: ComputeResourceFields, given?: string): string {
    if (given !== undefined) return given;
    if (webOrigin(before.url) !== webOrigin(after.url))
      throw invalid('password', 'must be entered again when the address changes');
    return this.store.accountOf(before).password;
  }

  private async settled(tx: Transaction, id: number, engineId: number): Promise<ComputeResource> {
    await this.engines.align(tx, engineId);
    const resource = await this.store.reread(tx, id);
    await this.store.checkOrigins(tx, resource);
    return resource;
  }
}

/** Whoever gave no path means the engine's API. */
const fullUrl = (url: string, probe: ProbeResult | null) =>
  probe?.ok === true && new URL(url).pathname === '/' ? probe.apiUrl : url;

/** The data center after a change; one that was not changed is not lost while the engine does not answer. */
function chosenFor({ datacenterId }: ComputeResource, wanted: string | undefined, probe: ProbeResult | null) {
  const isSame = wanted === (datacenterId ?? '');
  if (wanted === undefined || (isSame && probe?.ok !== true)) return {};
  return datacenterOf(wanted, dataCentersIn(probe));
}

const dataCentersIn = (probe: ProbeResult | null): DataCenter[] | null => (probe?.ok ? probe.dataCenters : null);

const addressOf = ({ url }: ComputeResourceFields, probe: ProbeResult | null) => ({
  origin: webOrigin(url),
  instanceId: probe?.ok ? probe.product.instanceId : null,
});

/** Whether an edit may find another engine than before: one that does not answer at the same address is not another one. */
function tellsEngine(before: ComputeResource, after: ComputeResourceFields, probe: ProbeResult | null): boolean {
  return probe !== null && (probe.ok || webOrigin(before.url) !== webOrigin(after.url));
}

/** Whether who saves this says which server the engine is: what it is reached by, or its password, was entered. */
function vouches(before: ComputeResource, after: ComputeResourceFields, password?: string): boolean {
  const isMoved = (['url', 'publicKey', 'insecureTls'] as const).some((field) => before[field] !== after[field]);
  return isMoved || password !== undefined;
}

/** Whether the change is one the engine should be asked about. */
function isConnected(
  before: ComputeResource,
  after: ComputeResourceFields,
  { password, datacenter }: Partial<ComputeResourceInput>,
): boolean {
  if (password || (datacenter !== undefined && datacenter !== (before.datacenterId ?? ''))) return true;
  return (['url', 'username', 'publicKey', 'insecureTls'] as const).some((field) => before[field] !== after[field]);
}
