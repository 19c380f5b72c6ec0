import { Injectable } from '@nestjs/common';
import { AuditTrail, EngineDelegation, changesOf, type Author } from '../auth';
import {
  ComputeResourceService,
  ComputeResourceStore,
  type AuthSourceSettings,
  type ComputeResource,
  type ComputeResourceInput,
  type SaveOptions,
} from '../compute-resources';
import type { ProbeResult } from '../engine';

/**
 * Changes to compute resources and their auth sources, each with its entry in the audit trail. An engine says who
 * people are: nobody changes one whose people have more rights than their own.
 */
@Injectable()
export class ComputeResourceChanges {
  constructor(
    private readonly service: ComputeResourceService,
    private readonly store: ComputeResourceStore,
    private readonly delegation: EngineDelegation,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws AppError invalid, forbidden; EngineFault */
  async create(by: Author, input: ComputeResourceInput, options: SaveOptions): Promise<ComputeResource> {
    const resource = await this.service.create(input, options, this.delegation.of(by.actor));
    await this.record(by, 'compute_resource.create', resource, resource.url);
    return resource;
  }

  /** @throws AppError not_found, invalid, forbidden; EngineFault */
  async update(
    by: Author,
    key: string | number,
    input: Partial<ComputeResourceInput>,
    options: SaveOptions,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    const resource = await this.service.update(before.id, input, options, this.delegation.of(by.actor));
    await this.record(by, 'compute_resource.update', resource, changesOf(told(before), told(resource), SHOWN, NAMED));
    return resource;
  }

  /** Tries what a form says, without saving. @throws AppError not_found, invalid, forbidden */
  test({ actor }: Author, input: Partial<ComputeResourceInput>, key?: string | number): Promise<ProbeResult> {
    return this.service.test(input, this.delegation.of(actor), key);
  }

  /** @throws AppError not_found, forbidden */
  async remove(by: Author, key: string | number): Promise<ComputeResource> {
    const resource = await this.service.remove(key, this.delegation.of(by.actor));
    await this.record(by, 'compute_resource.delete', resource, resource.url);
    return resource;
  }

  /** @throws AppError not_found, forbidden */
  async updateAuthSource(
    by: Author,
    key: string | number,
    settings: Partial<AuthSourceSettings>,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    const resource = await this.service.updateAuthSource(before.id, settings, this.delegation.of(by.actor));
    await this.record(by, 'auth_source.update', resource, changesOf(told(before), told(resource), SHOWN, NAMED));
    return resource;
  }

  private record(by: Author, action: string, { name }: ComputeResource, what: string): Promise<void> {
    return this.audit.change(by, action, name, what);
  }
}

const SHOWN = [
  'name',
  'url',
  'username',
  'datacenterName',
  'addresses',
  'insecureTls',
  'enabled',
  'ontheflyRegister',
  'loginPrefix',
  'acceptReadableUser',
] as const;
const NAMED = ['password', 'CA certificate', 'description', 'attributes'] as const;

const told = (resource: ComputeResource) => ({
  ...resource,
  password: resource.sealedPassword,
  'CA certificate': resource.publicKey,
  attributes: JSON.stringify(resource.attributes),
});
