import { z } from 'zod';
import { storable } from '../database';
import { Flag, numeric } from '../web';

const text = (limit: number) =>
  z
    .string('must be a text')
    .trim()
    .max(limit)
    .transform((value) => (value === '' ? null : storable(value)))
    .nullable();

const hostgroup = text(255).describe('Whole path, such as web/frontend; made when there is none');

const Fields = z.object(
  {
    enabled: Flag.optional().describe('false takes the host out of every figure but "Alerts disabled"'),
    comment: text(65_536).optional(),
    hostgroup_id: numeric(z.number('must be an id').int('must be an id').min(1, 'must be an id')).nullish(),
    hostgroup: hostgroup.optional(),
    hostgroup_name: hostgroup.optional(),
    hostgroup_title: hostgroup.optional(),
  },
  'must be an object',
);

/** What may be changed of a host; bare, or under `host` as Foreman's clients wrap it. Other attributes are ignored. */
export const HostEditBody = z
  .preprocess((body) => (typeof body === 'object' && body !== null && 'host' in body ? body.host : body), Fields)
  .transform(({ enabled, comment, hostgroup_id: hostgroupId, hostgroup, hostgroup_name, hostgroup_title }) => ({
    enabled,
    comment,
    hostgroupId,
    hostgroup: hostgroup !== undefined ? hostgroup : hostgroup_title !== undefined ? hostgroup_title : hostgroup_name,
  }));
