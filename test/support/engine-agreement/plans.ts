import type { Plan } from './lab';
import { FAILURE_PLANS } from './failure.plans';
import { HOST_PLANS } from './host.plans';
import { SIGN_IN_PLANS } from './sign-in.plans';
import { VM_PLANS } from './vm.plans';

/** Every folder whose requests are replayed. */
export const PLANS: readonly Plan[] = [...SIGN_IN_PLANS, ...VM_PLANS, ...HOST_PLANS, ...FAILURE_PLANS];
