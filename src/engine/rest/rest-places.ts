import type { CallOptions } from '../engine-client';
import type { EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type {
  EngineCluster,
  EngineDataCenter,
  EngineIdentity,
  EngineInstanceType,
  EngineNetwork,
  EngineOperatingSystem,
  EnginePlaces,
  EngineQuota,
  EngineStorageDomain,
  EngineVnicProfile,
} from '../ports';
import * as wire from './places.wire';

/** Of a collection; larger ones are cut. As a matrix parameter it is understood by all versions. */
const MOST = ';max=1000';

/** One request each. */
export class RestPlaces implements EnginePlaces {
  constructor(private readonly calls: EngineCalls) {}

  async dataCenters(as: EngineIdentity, options?: CallOptions): Promise<EngineDataCenter[]> {
    return this.calls.get(as, `/datacenters${MOST}`, wire.dataCenters, options);
  }

  async clusters(as: EngineIdentity, options?: CallOptions): Promise<EngineCluster[]> {
    return this.calls.get(as, `/clusters${MOST}`, wire.clusters, options);
  }

  async storageDomains(
    as: EngineIdentity,
    { dataCenterId, ...options }: CallOptions & { dataCenterId?: string } = {},
  ): Promise<EngineStorageDomain[]> {
    const within = dataCenterId === undefined ? '' : `/datacenters/${checkId(dataCenterId)}`;
    return this.calls.get(as, `${within}/storagedomains${MOST}`, wire.storageDomains, options);
  }

  async instanceTypes(as: EngineIdentity, options?: CallOptions): Promise<EngineInstanceType[]> {
    const found = await this.calls.find(as, `/instancetypes${MOST}`, wire.instanceTypes, options);
    return from('3.5', 'Instance types', found);
  }

  async operatingSystems(as: EngineIdentity, options?: CallOptions): Promise<EngineOperatingSystem[]> {
    const found = await this.calls.find(as, '/operatingsystems', wire.operatingSystems, options);
    return from('3.4', 'Lists of operating systems', found);
  }

  async quotas(as: EngineIdentity, dataCenterId: string, options?: CallOptions): Promise<EngineQuota[]> {
    try {
      return await this.calls.get(as, `/datacenters/${checkId(dataCenterId)}/quotas`, wire.quotas, options);
    } catch (error) {
      // 4.5 answers nothing to whoever is no administrator, others refuse the query.
      if (error instanceof EngineError && error.kind === 'forbidden') return [];
      throw error;
    }
  }

  async networks(as: EngineIdentity, clusterId: string, options?: CallOptions): Promise<EngineNetwork[]> {
    return this.calls.get(as, `/clusters/${checkId(clusterId)}/networks`, wire.networks, options);
  }

  async vnicProfiles(as: EngineIdentity, options?: CallOptions): Promise<EngineVnicProfile[]> {
    const found = await this.calls.find(as, `/vnicprofiles${MOST}`, wire.vnicProfiles, options);
    return from('3.3', 'vNIC profiles', found);
  }
}

/** Older engines answer 404 for a collection that they do not have, so that nobody needs to ask for the version first. */
function from<T>(version: string, what: string, found: T | null): T {
  if (found !== null) return found;
  throw new EngineError('unsupported', `${what} need an engine from ${version} on`);
}
