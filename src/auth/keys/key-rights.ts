import { PERMISSIONS, type Actor, type Permission } from '../../common/actor';

/** What changes who may do what here, or which servers are believed: no program does that by a key. */
const ADMINISTRATIVE: readonly Permission[] = [
  'create_compute_resources',
  'edit_compute_resources',
  'destroy_compute_resources',
  'edit_authenticators',
  'create_users',
  'edit_users',
  'destroy_users',
  'edit_roles',
  'create_personal_access_tokens',
  'revoke_personal_access_tokens',
  'manage_access_keys',
  'install_ui_plugin',
];

/** Whoever has a key has its owner's rights, without those to administer: a key that gets lost makes no others. */
export function byKey(owner: Actor): Actor {
  const all = owner.admin ? PERMISSIONS : [...owner.permissions];
  return { ...owner, admin: false, permissions: new Set(all.filter((each) => !ADMINISTRATIVE.includes(each))) };
}
