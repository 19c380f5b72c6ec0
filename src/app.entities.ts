import { AUDIT_ENTITIES } from './audit';
import { AUTH_ENTITIES } from './auth';
import { BOOKMARK_ENTITIES } from './bookmarks';
import { COMPUTE_RESOURCE_ENTITIES } from './compute-resources';
import { HOST_ENTITIES } from './hosts';
import { REPORT_ENTITIES } from './reports';

/** Every table the service owns; migrations must give exactly these (a test compares them). */
export const ENTITIES = [
  ...AUDIT_ENTITIES,
  ...COMPUTE_RESOURCE_ENTITIES,
  ...AUTH_ENTITIES,
  ...REPORT_ENTITIES,
  ...HOST_ENTITIES,
  ...BOOKMARK_ENTITIES,
];
