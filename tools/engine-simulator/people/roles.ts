export interface Role {
  id: string;
  name: string;
  administrative: boolean;
  /** Whoever has it sees what lies below its object (oVirt: roles.allows_viewing_children). */
  showsBelow: boolean;
  /** Names of the engine's action groups. */
  permits: readonly string[];
}

const words = (text: string) => text.split(' ');
const RUN = words('login connect_to_vm reboot_vm stop_vm shut_down_vm hibernate_vm run_vm reset_vm');
const OWN_VM = words('create_vm delete_vm edit_vm_properties configure_vm_network configure_vm_storage');
const OWN_DISK = words('attach_disk edit_disk_properties delete_disk');

function role(id: string, name: string, permits: readonly string[], more: Partial<Role> = {}): Role {
  return { id, name, permits, administrative: false, showsBelow: false, ...more };
}

/** Those of the engine's roles that matter here, with what they permit (recorded from an engine 4.5.7). */
export const ROLES: readonly Role[] = [
  role('00000000-0000-0000-0000-000000000001', 'SuperUser', ['login'], { administrative: true, showsBelow: true }),
  role('00000000-0000-0000-0001-000000000001', 'UserRole', RUN, { showsBelow: true }),
  role('00000000-0000-0000-0001-000000000002', 'PowerUserRole', words('create_vm create_template create_disk login')),
  role('def00006-0000-0000-0000-def000000006', 'UserVmManager', [...RUN, ...OWN_VM, ...OWN_DISK, 'create_disk'], {
    showsBelow: true,
  }),
  role('def00009-0000-0000-0000-def000000009', 'UserTemplateBasedVm', words('login create_instance')),
  role('def0000a-0000-0000-0000-def00000000a', 'DiskOperator', ['login', ...OWN_DISK], { showsBelow: true }),
  role('def0000a-0000-0000-0000-def00000000b', 'DiskCreator', words('create_disk login')),
  role('def0000a-0000-0000-0000-def00000000d', 'VmCreator', words('create_vm create_disk login')),
  role('def0000a-0000-0000-0000-def00000000e', 'TemplateCreator', words('create_template login')),
  role(
    'def0000a-0000-0000-0000-def00000000f',
    'TemplateOwner',
    words('login edit_template_properties delete_template create_instance'),
    { showsBelow: true },
  ),
  role('def00021-0000-0000-0000-def000000015', 'UserProfileEditor', words('edit_profile')),
  role('def00020-0000-0000-0000-abc000000010', 'VnicProfileUser', words('login configure_vm_network'), {
    showsBelow: true,
  }),
];

/** The role of a name. @throws for one that the simulator does not know */
export function roleNamed(name: string): Role {
  const found = ROLES.find((one) => one.name === name);
  if (!found) throw new Error(`The simulated engine has no role ${name}`);
  return found;
}
