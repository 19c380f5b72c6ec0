import { PERMISSIONS, type Permission } from '../common/actor';

/** What people get who sign in with an engine session. */
export const FIRST_ROLE = 'Ovirt';

/** The roles every installation has. */
export const BUILTIN_ROLES: readonly { name: string; description: string; permissions: readonly Permission[] }[] = [
  { name: 'Manager', description: 'Everything', permissions: PERMISSIONS },
  {
    name: 'Viewer',
    description: 'Reads hosts, facts, reports and dashboards',
    permissions: [
      'view_hosts',
      'view_facts',
      'view_config_reports',
      'access_dashboard',
      'view_bookmarks',
      'edit_bookmarks',
    ],
  },
  {
    name: FIRST_ROLE,
    description: 'Sees the pages inside oVirt webadmin; makes and runs virtual machines as far as the engine allows',
    permissions: [
      'view_ovirt',
      'view_hosts',
      'view_facts',
      'view_config_reports',
      'access_dashboard',
      'view_bookmarks',
      'edit_bookmarks',
      'view_compute_resources_vms',
      'create_compute_resources_vms',
      'power_compute_resources_vms',
      'destroy_compute_resources_vms',
      'console_compute_resources_vms',
      'view_images',
      'import_images',
    ],
  },
  {
    name: 'Uploader',
    description: 'Uploads reports and facts',
    permissions: ['upload_config_reports', 'upload_facts'],
  },
];
