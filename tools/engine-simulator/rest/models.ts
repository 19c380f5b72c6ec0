/** What the members of a body are: `text` takes numbers and booleans, too, `flag` nothing but true and false. */
export type Kind = 'text' | 'flag' | 'number' | 'object' | 'list';
export type Model = Readonly<Record<string, Kind>>;

const fields = (kind: Kind, names: string): Model => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

const NAMED = fields('text', 'id name description comment href');

/** The members that bodies may have, by the class of the engine's model; one that is absent here takes everything. */
export const MODELS: Readonly<Record<string, Model>> = {
  Vm: {
    ...NAMED,
    ...fields('number', 'memory'),
    ...fields('text', 'type status origin cpu_shares storage_error_resume_behaviour fqdn'),
    ...fields('text', 'custom_emulated_machine custom_cpu_model cpu_pinning_policy auto_pinning_policy'),
    ...fields('flag', 'delete_protected stateless start_paused soundcard_enabled use_latest_template_version'),
    ...fields('flag', 'tunnel_migration multi_queues_enabled tpm_enabled virtio_scsi_multi_queues_enabled'),
    ...fields(
      'object',
      'time_zone cluster template cpu os initialization high_availability memory_policy quota bios display',
    ),
    ...fields('object', 'io migration placement_policy usb virtio_scsi instance_type large_icon small_icon console'),
    ...fields('object', 'cpu_profile custom_compatibility_version rng_device domain sso host original_template'),
    ...fields('object', 'storage_domain disk_attachments nics payloads snapshots permissions tags cdroms actions'),
    ...fields('object', 'custom_properties affinity_labels floppies watchdogs numa_nodes sessions applications'),
    ...fields('list', 'link'),
  },
  Cluster: { ...NAMED, ...fields('object', 'data_center cpu version') },
  Template: {
    ...NAMED,
    ...fields('text', 'type memory status origin cpu_shares'),
    ...fields('flag', 'delete_protected stateless start_paused tpm_enabled multi_queues_enabled'),
    ...fields(
      'object',
      'time_zone vm cluster cpu os initialization high_availability memory_policy quota bios display version',
    ),
    ...fields('object', 'io migration usb virtio_scsi large_icon small_icon cpu_profile storage_domain console'),
    ...fields('object', 'custom_properties disk_attachments nics placement_policy'),
  },
  Nic: {
    ...NAMED,
    ...fields('text', 'interface boot_protocol'),
    ...fields('flag', 'plugged linked on_boot synced'),
    ...fields('object', 'vnic_profile network mac vm template'),
  },
  Disk: {
    ...NAMED,
    ...fields('text', 'alias provisioned_size initial_size actual_size total_size format content_type backup status'),
    ...fields('text', 'qcow_version storage_type interface image_id'),
    ...fields('flag', 'sparse bootable shareable wipe_after_delete propagate_errors active read_only'),
    ...fields('object', 'storage_domains storage_domain disk_profile quota openstack_volume_type instance_type'),
  },
  DiskAttachment: {
    ...NAMED,
    ...fields('text', 'interface logical_name'),
    ...fields('flag', 'active bootable pass_discard read_only uses_scsi_reservation'),
    ...fields('object', 'disk vm template'),
  },
  ImageTransfer: {
    ...NAMED,
    ...fields('text', 'direction format phase timeout_policy'),
    ...fields('number', 'inactivity_timeout transferred'),
    ...fields('flag', 'active shallow'),
    ...fields('object', 'disk image snapshot host backup'),
  },
  OpenStackImageProvider: {
    ...NAMED,
    ...fields('text', 'url username password tenant_name authentication_url'),
    ...fields('flag', 'requires_authentication'),
    ...fields('object', 'properties certificates images'),
  },
  Action: {
    ...fields('text', 'reason status filter detach_only'),
    ...fields('flag', 'use_cloud_init use_initialization use_sysprep use_ignition pause force volatile async'),
    ...fields('flag', 'discard_snapshots collapse_snapshots maintenance_enabled authorized_key'),
    ...fields('object', 'vm disk template storage_domain cluster host quota job grace_period ticket snapshot image'),
    ...fields('object', 'permission data_center storage_domains fault'),
    ...fields('flag', 'import_as_template clone exclusive'),
  },
};

/** What members hold, where it is looked into. */
export const CLASSES: Readonly<Record<string, string>> = { cluster: 'Cluster' };

/** The words that members may be, by class and path. */
export const ENUMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Vm: {
    type: ['server', 'desktop', 'high_performance'],
    'bios.type': ['cluster_default', 'i440fx_sea_bios', 'q35_ovmf', 'q35_sea_bios', 'q35_secure_boot'],
  },
};
