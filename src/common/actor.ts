import { AppError } from './app-error';

/** What a caller may be allowed to do; roles are sets of these. Names follow Foreman's where Foreman has one. */
export const PERMISSIONS = [
  'view_ovirt',
  'view_hosts',
  'edit_hosts',
  'destroy_hosts',
  'view_facts',
  'upload_facts',
  'view_config_reports',
  'destroy_config_reports',
  'upload_config_reports',
  'access_dashboard',
  'view_compute_resources',
  'create_compute_resources',
  'edit_compute_resources',
  'destroy_compute_resources',
  'view_authenticators',
  'edit_authenticators',
  'view_users',
  'create_users',
  'edit_users',
  'destroy_users',
  'view_roles',
  'edit_roles',
  'create_personal_access_tokens',
  'revoke_personal_access_tokens',
  'view_audit_logs',
  'view_bookmarks',
  'edit_bookmarks',
  'install_ui_plugin',
  'view_compute_resources_vms',
  'create_compute_resources_vms',
  'edit_compute_resources_vms',
  'power_compute_resources_vms',
  'destroy_compute_resources_vms',
  'console_compute_resources_vms',
  'view_operations',
  'view_images',
  'import_images',
  'manage_image_providers',
  'manage_catalogue',
  'manage_access_keys',
  'view_foreman_servers',
  'manage_foreman_servers',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** A role's permissions as its row keeps them. */
export const permissionsIn = (json: string): Permission[] => JSON.parse(json) as Permission[];

/** What the caller's credentials open at an engine: the engine session behind a session of ours, by its digest, or a key. */
export type EngineAccess = { kind: 'session'; digest: string } | { kind: 'access_key'; id: number; readOnly: boolean };

/** Who is calling: made once per request by the guard, first argument of services that need to know. */
export interface Actor {
  kind: 'user' | 'certificate' | 'address';
  /** Row id in users, for kind `user`. */
  userId?: number;
  /** Login, certificate name or address: for the log and the audit trail. */
  name: string;
  /** For people of an engine: row id in engines, and the names of its compute resources. */
  engineId?: number;
  engineName?: string;
  /** Absent where the credentials open nothing at an engine: passwords of ours, tokens, certificates, addresses. */
  engineAccess?: EngineAccess;
  admin: boolean;
  permissions: ReadonlySet<Permission>;
  /** For uploads by certificate: the only host this caller may speak for; undefined = any host. */
  onlyForHost?: string;
}

/** The account that the actor is. @throws AppError forbidden for certificates and addresses, which have none */
export function userIdOf({ kind, userId }: Actor): number {
  if (userId === undefined) throw new AppError('forbidden', `Only users have an account, a ${kind} has none`);
  return userId;
}

/** True when the actor holds at least one of the permissions (administrators hold all). */
export function mayOneOf(actor: Actor, permissions: readonly Permission[]): boolean {
  return actor.admin || permissions.some((permission) => actor.permissions.has(permission));
}

/** How a person is shown: `admin@internal` is somebody at each engine, so the engine stands beside it. */
export function personLabel({ name, engineName }: Pick<Actor, 'name' | 'engineName'>): string {
  return engineName === undefined ? name : `${name} (${engineName})`;
}
