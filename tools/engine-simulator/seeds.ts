/** The n-th GUID of a family: `guid(0xa1, 7)`. Only for made-up data. */
export function guid(family: number, n: number): string {
  return `58ad9d2d-0${family.toString(16).padStart(3, '0')}-00aa-018f-${n.toString(16).padStart(12, '0')}`;
}

export const GIB = 1024 ** 3;
export const DATA_CENTER_ID = '5849b030-626e-47cb-ad90-3ce782d831b3';
export const DEFAULT_CLUSTER_ID = '58ad9d2d-013a-00aa-018f-000000000101';
export const BLANK_TEMPLATE_ID = '00000000-0000-0000-0000-000000000000';
/** What a permission on everything is on. */
export const SYSTEM_ID = 'aaa00000-0000-0000-0000-123456789aaa';
export const MAC_POOL_ID = '58ca604b-017d-0374-0220-00000000014e';
export const EVERYONE_ID = 'eee00000-0000-0000-0000-123456789eee';

/** Of the provider of images. */
export const IMAGE_DOMAIN_ID = guid(0xab, 1);
