import { demandInScope, type KeyScope } from '../auth';
import { AppError } from '../common/app-error';
import { named, type Named } from '../common/named';
import type { ComputeResource } from '../compute-resources';
import type {
  EngineClient,
  EngineCluster,
  EngineDataCenter,
  EngineIdentity,
  EngineInstanceType,
  EngineNetwork,
  EngineOperatingSystem,
  EngineQuota,
  EngineStorageDomain,
  EngineTemplate,
  EngineVnicProfile,
} from '../engine';
import type { SharedLists } from './shared-lists';

/** The part of a compute resource that counts here. */
export type SeenResource = Pick<ComputeResource, 'id' | 'name' | 'datacenterId'>;

/** Who looks. */
export interface Caller {
  as: EngineIdentity;
  /** Null where everything may be seen. */
  scope: KeyScope | null;
  /** What a call as this caller gives. @throws AppError with the engine's own words */
  heard: <T>(call: Promise<T>) => Promise<T>;
}

/** Of a list: whoever asks for one beyond gets it by its id or name. */
const MOST_TEMPLATES = 1_000;
const IS_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What somebody sees in a compute resource's engine: one request a list, shared for seconds; by a key of a data center what
 * belongs there. Every method throws AppError with the engine's own words, and what is chosen elsewhere is `key_scope`.
 */
export class SeenEngine {
  constructor(
    readonly resource: SeenResource,
    private readonly engine: Pick<EngineClient, 'places' | 'templates'>,
    private readonly caller: Caller,
    private readonly shared: SharedLists,
  ) {}

  /** Of the caller's key; null where all may be seen. */
  get onlyDataCenterId(): string | null {
    return this.caller.scope?.dataCenter.id ?? null;
  }

  async dataCenters(): Promise<readonly EngineDataCenter[]> {
    return (await this.allDataCenters()).filter(({ id }) => this.isOpen(id));
  }

  /** Those that run VMs. */
  async clusters(): Promise<readonly EngineCluster[]> {
    return (await this.allClusters()).filter(({ dataCenterId }) => this.isOpen(dataCenterId));
  }

  /** Those of the clusters, and of none. */
  async templates(): Promise<readonly EngineTemplate[]> {
    const load = () => this.engine.templates.list(this.as, { limit: MOST_TEMPLATES });
    const templates = this.list('templates', load);
    if (this.caller.scope === null) return templates;
    const clusters = new Set((await this.clusters()).map(({ id }) => id));
    return (await templates).filter(({ clusterId }) => clusterId === null || clusters.has(clusterId));
  }

  /** Those for disks. Of a data center with their states, of all without. */
  async storageDomains(asked?: string): Promise<readonly EngineStorageDomain[]> {
    const dataCenterId = asked ?? this.onlyDataCenterId ?? undefined;
    const key = `storage-domains ${dataCenterId ?? ''}`;
    const domains = await this.list(key, () => this.engine.places.storageDomains(this.as, { dataCenterId }));
    return domains.filter(({ type }) => type === 'data');
  }

  instanceTypes(): Promise<readonly EngineInstanceType[]> {
    return this.list('instance-types', () => this.engine.places.instanceTypes(this.as));
  }

  operatingSystems(): Promise<readonly EngineOperatingSystem[]> {
    return this.list('operating-systems', () => this.engine.places.operatingSystems(this.as));
  }

  quotas(dataCenterId: string): Promise<readonly EngineQuota[]> {
    return this.list(`quotas ${dataCenterId}`, () => this.engine.places.quotas(this.as, dataCenterId));
  }

  /** Those that VMs may use. */
  async networks(clusterId: string): Promise<readonly EngineNetwork[]> {
    const networks = await this.list(`networks ${clusterId}`, () => this.engine.places.networks(this.as, clusterId));
    return networks.filter(({ forVms }) => forVms);
  }

  vnicProfiles(): Promise<readonly EngineVnicProfile[]> {
    return this.list('vnic-profiles', () => this.engine.places.vnicProfiles(this.as));
  }

  /** By id or unique name. @throws AppError invalid, with reason `ambiguous` for a name of several */
  async dataCenter(asked: string, field = 'data_center'): Promise<EngineDataCenter> {
    const dataCenter = await this.chosen(field, asked, 'data-centers', () => this.allDataCenters());
    if (this.caller.scope !== null) demandInScope(this.caller.scope, dataCenter.id);
    return dataCenter;
  }

  /** The same. */
  async cluster(asked: string, field = 'cluster'): Promise<EngineCluster> {
    const cluster = await this.chosen(field, asked, 'clusters', () => this.allClusters());
    if (this.caller.scope !== null) demandInScope(this.caller.scope, cluster.dataCenterId);
    return cluster;
  }

  /** The same. */
  template(asked: string, field = 'template'): Promise<EngineTemplate> {
    return this.chosen(field, asked, 'templates', async () => {
      const templates = await this.templates();
      if (templates.length < MOST_TEMPLATES) return templates;
      return [...templates, ...(await this.templatesBeyond(asked, templates))];
    });
  }

  /** The same. @param dataCenterId whose domains, with their states */
  storageDomain(asked: string, dataCenterId?: string, field = 'storage_domain'): Promise<EngineStorageDomain> {
    const key = `storage-domains ${dataCenterId ?? ''}`;
    return this.chosen(field, asked, key, () => this.storageDomains(dataCenterId));
  }

  /** The same. */
  instanceType(asked: string, field = 'flavor'): Promise<EngineInstanceType> {
    return this.chosen(field, asked, 'instance-types', () => this.instanceTypes());
  }

  /** The same. @param networks of the cluster: profiles of one name differ by their networks */
  async vnicProfile(
    asked: string,
    networks: readonly EngineNetwork[],
    field = 'vnic_profile',
  ): Promise<EngineVnicProfile> {
    return this.chosen(field, asked, 'vnic-profiles', async () => {
      const profiles = await this.vnicProfiles();
      return profiles.filter(({ networkId }) => networks.some(({ id }) => id === networkId));
    });
  }

  /** Those that are meant and do not fit into the list. */
  private async templatesBeyond(asked: string, seen: readonly EngineTemplate[]): Promise<EngineTemplate[]> {
    const { templates } = this.engine;
    const byId = IS_ID.test(asked) ? await this.heard(templates.get(this.as, asked)) : null;
    const found = byId === null ? await this.heard(templates.byName(this.as, asked)) : [byId];
    return found.filter(({ id }) => seen.every((other) => other.id !== id));
  }

  /** What a call as this caller gives. @throws AppError with the engine's own words */
  heard<T>(call: Promise<T>): Promise<T> {
    return this.caller.heard(call);
  }

  private allDataCenters(): Promise<readonly EngineDataCenter[]> {
    return this.list('data-centers', () => this.engine.places.dataCenters(this.as));
  }

  private async allClusters(): Promise<readonly EngineCluster[]> {
    const clusters = await this.list('clusters', () => this.engine.places.clusters(this.as));
    return clusters.filter(({ runsVms }) => runsVms);
  }

  private isOpen(dataCenterId: string | null): boolean {
    return this.onlyDataCenterId === null || this.onlyDataCenterId === dataCenterId;
  }

  private get as(): EngineIdentity {
    return this.caller.as;
  }

  /** What is not in a list that was kept may be there by now. */
  private async chosen<T extends Named>(
    field: string,
    asked: string,
    list: string,
    load: () => Promise<readonly T[]>,
  ): Promise<T> {
    const wasKept = this.shared.has(this.key(list));
    try {
      return named(field, asked, await load());
    } catch (error) {
      const isUnknown = error instanceof AppError && error.code === 'invalid' && error.details.candidates === undefined;
      if (!wasKept || !isUnknown) throw error;
      this.shared.forget(this.key(list));
      return named(field, asked, await load());
    }
  }

  /** By name, in code-point order. */
  private list<T extends { name: string }>(what: string, load: () => Promise<readonly T[]>): Promise<readonly T[]> {
    return this.shared.get(this.key(what), async () => {
      const found = await this.heard(load());
      return found.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    });
  }

  private key(what: string): string {
    return `${this.resource.id} ${this.as.fingerprint} ${what}`;
  }
}
