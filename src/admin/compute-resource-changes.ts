import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditTrail, auditSource, type AuditEntry } from '../auth';
import {
  ComputeResourceService,
  ComputeResourceStore,
  type AuthSourceSettings,
  type ComputeResource,
  type ComputeResourceInput,
  type SaveOptions,
} from '../compute-resources';

/** Who changes something, for the audit trail. */
export type Author = Pick<AuditEntry, 'actor' | 'address' | 'requestId'>;

/** Of a route that is not public. */
export function authorOf(request: Request): Author {
  return { actor: request.actor?.name ?? '', ...auditSource(request) };
}

/** Changes to compute resources and their auth sources, each with its entry in the audit trail. */
@Injectable()
export class ComputeResourceChanges {
  constructor(
    private readonly service: ComputeResourceService,
    private readonly store: ComputeResourceStore,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws AppError invalid; EngineFault */
  async create(by: Author, input: ComputeResourceInput, options: SaveOptions): Promise<ComputeResource> {
    const resource = await this.service.create(input, options);
    await this.record(by, 'compute_resource.create', resource, resource.url);
    return resource;
  }

  /** @throws AppError not_found, invalid; EngineFault */
  async update(
    by: Author,
    key: string | number,
    input: Partial<ComputeResourceInput>,
    options: SaveOptions,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    const resource = await this.service.update(before.id, input, options);
    await this.record(by, 'compute_resource.update', resource, changed(before, resource));
    return resource;
  }

  /** @throws AppError not_found */
  async remove(by: Author, key: string | number): Promise<ComputeResource> {
    const resource = await this.service.remove(key);
    await this.record(by, 'compute_resource.delete', resource, resource.url);
    return resource;
  }

  /** @throws AppError not_found */
  async updateAuthSource(
    by: Author,
    key: string | number,
    settings: Partial<AuthSourceSettings>,
  ): Promise<ComputeResource> {
    const before = await this.store.get(key);
    const resource = await this.service.updateAuthSource(before.id, settings);
    await this.record(by, 'auth_source.update', resource, changed(before, resource));
    return resource;
  }

  private record(by: Author, action: string, { name }: ComputeResource, reason: string): Promise<void> {
    return this.audit.record({ ...by, action, subject: name, outcome: 'ok', reason });
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

/** `url: https://a → https://b; password`: what is secret or long is only named. */
function changed(before: ComputeResource, after: ComputeResource): string {
  const shown = SHOWN.filter((field) => String(before[field]) !== String(after[field])).map(
    (field) => `${field}: ${String(before[field] ?? 'none')} → ${String(after[field] ?? 'none')}`,
  );
  const named = [
    ...(before.sealedPassword === after.sealedPassword ? [] : ['password']),
    ...(before.publicKey === after.publicKey ? [] : ['CA certificate']),
    ...(before.description === after.description ? [] : ['description']),
  ];
  return [...shown, ...named].join('; ');
}
