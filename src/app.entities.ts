import { AUDIT_ENTITIES } from './audit';
import { AUTH_ENTITIES } from './auth';
import { BOOKMARK_ENTITIES } from './bookmarks';
import { COMPUTE_RESOURCE_ENTITIES } from './compute-resources';
import { DATABASE_ENTITIES } from './database';
import { HOST_ENTITIES } from './hosts';
import { OPERATION_ENTITIES } from './operations';
import { REPORT_ENTITIES } from './reports';
import { MACHINE_ENTITIES } from './virtual-machines';

/** Every table the service owns; migrations must give exactly these (a test compares them). */
export const ENTITIES = [
  ...DATABASE_ENTITIES,
  ...AUDIT_ENTITIES,
  ...COMPUTE_RESOURCE_ENTITIES,
  ...AUTH_ENTITIES,
  ...REPORT_ENTITIES,
  ...HOST_ENTITIES,
  ...BOOKMARK_ENTITIES,
  ...OPERATION_ENTITIES,
  ...MACHINE_ENTITIES,
];
