import { z } from 'zod';
import { rowIdIn } from '../common/row-id';
import { storable } from '../common/storable';
import { compare, type SearchNode } from '../search';

const Key = z.string('must be given once, as an id or a name').optional();

/** Filters that Foreman takes beside `search`; each narrows what there is. */
export const HostKey = Key.describe('Id or name of a host: only of it');
export const HostgroupKey = Key.describe('Id, name or title of a host group: only hosts in it');
export const EnvironmentKey = Key.describe('Id or name of an environment: only hosts in it');

/** The condition that `${field}_id`, or `field` for anything but an id, is the key; null = no key, everything. */
export function scopeOf(
  field: 'host' | 'hostgroup' | 'environment',
  key: string | number | undefined,
): SearchNode | null {
  if (key === undefined) return null;
  const text = storable(String(key));
  return rowIdIn(text) !== null ? compare(`${field}_id`, '=', text) : compare(field, '=', text);
}
