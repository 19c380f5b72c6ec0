import { Injectable } from '@nestjs/common';
import { AuditTrail, changesOf } from '../audit';
import { EngineDelegation, type Author } from '../auth';
import { userIdOf } from '../common/actor';
import {
  ComputeResourceService,
  ComputeResourceStore,
  type AuthSourceSettings,
  type ChangeTerms,
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
  create(by: Author, input: ComputeResourceInput, options: SaveOptions): Promise<ComputeResource> {
    return this.service.create(
      input,
      options,
      this.terms(by, 'compute_resource.create', ({ url }) => url),
    );
  }

  /** @throws AppError not_found, invalid, forbidden; EngineFault */
  async update(
    by: Author,
    key: string | number,
    input: Partial<ComputeResourceInput>,
    options: SaveOptions,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    return this.service.update(
      before.id,
      input,
      options,
      this.terms(by, 'compute_resource.update', changesOfThe(before)),
    );
  }

  /** Tries what a form says, without saving. @throws AppError not_found, invalid, forbidden */
  test({ actor }: Author, input: Partial<ComputeResourceInput>, key?: string | number): Promise<ProbeResult> {
    return this.service.test(input, this.delegation.of(actor), key);
  }

  /** @throws AppError not_found, forbidden */
  remove(by: Author, key: string | number): Promise<ComputeResource> {
    return this.service.remove(
      key,
      this.terms(by, 'compute_resource.delete', ({ url }) => url),
    );
  }

  /** @throws AppError not_found, forbidden */
  async updateAuthSource(
    by: Author,
    key: string | number,
    settings: Partial<AuthSourceSettings>,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    return this.service.updateAuthSource(
      before.id,
      settings,
      this.terms(by, 'auth_source.update', changesOfThe(before)),
    );
  }

  private terms(by: Author, action: string, what: (resource: ComputeResource) => string): ChangeTerms {
    return {
      userId: userIdOf(by.actor),
      rule: this.delegation.of(by.actor),
      record: (tx, resource) => this.audit.change(by, action, resource.name, what(resource), tx),
    };
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

const changesOfThe = (before: ComputeResource) => (after: ComputeResource) =>
  changesOf(told(before), told(after), SHOWN, NAMED);

const told = (resource: ComputeResource) => ({
  ...resource,
  password: resource.sealedPassword,
  'CA certificate': resource.publicKey,
  attributes: JSON.stringify(resource.attributes),
});
