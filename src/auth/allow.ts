import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from '../common/actor';

export const ALLOW = 'foreman-ovirt:allow';
export type Requirement = 'public' | 'signed in' | readonly Permission[];

/** Who may call the route: anyone who holds at least one of the permissions. A route that states nothing serves nobody. */
export const Allow = (...permissions: Permission[]): CustomDecorator =>
  SetMetadata(ALLOW, permissions satisfies Requirement);

/** The route serves everyone, signed in or not. */
export const Public = (): CustomDecorator => SetMetadata(ALLOW, 'public' satisfies Requirement);

/** The route serves every user, whatever their roles: it is about themselves. */
export const SignedIn = (): CustomDecorator => SetMetadata(ALLOW, 'signed in' satisfies Requirement);
