import { AUTH_ENTITIES } from './auth';
import { COMPUTE_RESOURCE_ENTITIES } from './compute-resources';
import { HOST_ENTITIES } from './hosts';
import { REPORT_ENTITIES } from './reports';

/** Every table the service owns; migrations must give exactly these (a test compares them). */
export const ENTITIES = [...COMPUTE_RESOURCE_ENTITIES, ...AUTH_ENTITIES, ...HOST_ENTITIES, ...REPORT_ENTITIES];
