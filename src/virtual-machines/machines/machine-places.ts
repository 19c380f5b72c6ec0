import { Injectable } from '@nestjs/common';
import { ComputeResourceStore, webOrigins } from '../../compute-resources';
import type { Machine } from './machine';

/** Where machines are in their webadmins. */
@Injectable()
export class MachinePlaces {
  constructor(private readonly resources: ComputeResourceStore) {}

  /** The address of a machine's page in webadmin, which finds it by its name (oVirt: WebAdminApplicationPlaces.java). */
  async finder(): Promise<(machine: Machine) => string> {
    const origins = new Map(
      (await this.resources.list()).map((resource) => [resource.id, webOrigins(resource)[0] ?? '']),
    );
    return ({ computeResource, name }) =>
      `${origins.get(computeResource.id) ?? ''}/ovirt-engine/webadmin/#vms-general;name=${encodeURIComponent(name)}`;
  }
}
