import { changesOf } from '../audit';
import type { ComputeResource } from './compute-resource.entity';

const SHOWN = [
  'name',
  'url',
  'username',
  'datacenterName',
  'addresses',
  'insecureTls',
  'engineWrites',
  'serviceAccountActs',
  'enabled',
  'ontheflyRegister',
  'loginPrefix',
  'acceptReadableUser',
] as const;
const NAMED = ['password', 'CA certificate', 'description', 'attributes'] as const;

/** What a change made of a compute resource, for its audit entry; what is secret or long is only named. */
export const changesOfThe = (before: ComputeResource, after: ComputeResource): string =>
  changesOf(told(before), told(after), SHOWN, NAMED);

const told = (resource: ComputeResource) => ({
  ...resource,
  password: resource.sealedPassword,
  'CA certificate': resource.publicKey,
  attributes: JSON.stringify(resource.attributes),
});
