import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { BlockList, isIPv6 } from 'node:net';
import type { Actor, Permission } from '../common/actor';
import type { AppConfig } from '../config';
import { certificateName } from './client-certificate';

export const UPLOAD_CONFIG = Symbol('UPLOAD_CONFIG');
const UPLOADS: ReadonlySet<Permission> = new Set(['upload_config_reports', 'upload_facts']);

export const isUpload = (permission: Permission): boolean => UPLOADS.has(permission);

/** Callers that need no account to upload: client certificates and allowed addresses. */
@Injectable()
export class Uploaders {
  private readonly allowedAddresses: BlockList;

  constructor(@Inject(UPLOAD_CONFIG) private readonly uploads: AppConfig['uploads']) {
    this.allowedAddresses = blockListOf(uploads.allowedIps);
  }

  /** Null for routes that ask for anything but an upload. */
  of(request: Request, needs: readonly Permission[]): Actor | null {
    if (!needs.some(isUpload)) return null;
    const name = certificateName(request, this.uploads.clientCertHeaders);
    if (name !== null) {
      const onlyForHost = this.uploads.certNames.includes(name) ? undefined : name;
      return { kind: 'certificate', name, admin: false, permissions: UPLOADS, onlyForHost };
    }
    const address = (request.ip ?? '').replace(/^::ffff:/, '');
    if (address !== '' && this.allowedAddresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
      return { kind: 'address', name: address, admin: false, permissions: UPLOADS };
    return null;
  }
}

function blockListOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const [ip = '', bits] = address.split('/');
    const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(ip, family);
    else list.addSubnet(ip, Number(bits), family);
  }
  return list;
}
