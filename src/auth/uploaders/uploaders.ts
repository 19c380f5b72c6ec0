import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, Permission } from '../../common/actor';
import { AddressRanges, plainAddress } from '../../common/ip-address';
import type { AppConfig } from '../../config';
import { certificateName } from './client-certificate';

export const UPLOAD_CONFIG = Symbol('UPLOAD_CONFIG');
const UPLOADS: ReadonlySet<Permission> = new Set(['upload_config_reports', 'upload_facts']);

export const isUpload = (permission: Permission): boolean => UPLOADS.has(permission);

/** Callers that need no account to upload: client certificates and allowed addresses. */
@Injectable()
export class Uploaders {
  private readonly allowedAddresses: AddressRanges;

  constructor(@Inject(UPLOAD_CONFIG) private readonly uploads: AppConfig['uploads']) {
    this.allowedAddresses = new AddressRanges(uploads.allowedIps);
  }

  /** Null for routes that ask for anything but an upload. */
  of(request: Request, needs: readonly Permission[]): Actor | null {
    if (!needs.some(isUpload)) return null;
    const name = certificateName(request, this.uploads.clientCertHeaders);
    if (name !== null) {
      const onlyForHost = this.uploads.certNames.includes(name) ? undefined : name;
      return { kind: 'certificate', name, admin: false, permissions: UPLOADS, onlyForHost };
    }
    const address = plainAddress(request.ip ?? '');
    if (this.allowedAddresses.has(address))
      return { kind: 'address', name: address, admin: false, permissions: UPLOADS };
    return null;
  }
}
