import { AUTH_ENTITIES } from './auth';
import { HOST_ENTITIES } from './hosts';
import { REPORT_ENTITIES } from './reports';

/** Every table the service owns; migrations must give exactly these (a test compares them). */
export const ENTITIES = [...AUTH_ENTITIES, ...HOST_ENTITIES, ...REPORT_ENTITIES];
