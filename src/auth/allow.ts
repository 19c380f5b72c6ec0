import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '../common/actor';

export const ALLOW = 'foreman-ovirt:allow';
export type Requirement = 'public' | readonly Permission[];

/** Who may call the route: anyone who holds at least one of the permissions. A route without Allow or Public serves nobody. */
export const Allow = (...permissions: Permission[]): CustomDecorator =>
  SetMetadata(ALLOW, permissions satisfies Requirement);

/** The route serves everyone, signed in or not. */
export const Public = (): CustomDecorator => SetMetadata(ALLOW, 'public' satisfies Requirement);
