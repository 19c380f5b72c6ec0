/** Which requests of each folder are not answered as they were recorded, by the reason. */
export const UNLIKE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '01-sso': {
    'Nothing here asks for it.': [...['openid-configuration', 'webadmin-token', 'webadmin-token-again']],
  },
  '01-users': {
    'Nothing here asks for it.': [
      ...['clusterlevels-permits', 'ordinary-list-bookmarks', 'ordinary-list-tags', 'role-add'],
    ],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['ordinary-list-networks'],
      ...['ordinary-list-storagedomains'],
    ],
  },
  '02-get': {
    'Nothing here asks for it.': [
      ...['affinitylabels', 'bookmarks', 'cluster-enabledfeatures', 'clusterlevels', 'cpuprofiles'],
      ...['diskprofiles', 'icons', 'macpools', 'options', 'patch', 'schedulingpolicies', 'schema', 'tags'],
      ...['vmpools'],
    ],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['cluster-networks', 'clusters-follow-networks', 'clusters-follow-networks-permissions'],
      ...['datacenter-networks', 'datacenter-quotas'],
      ...['openstackimageproviders'],
      ...['storagedomains', 'templates-follow-nics-disks', 'vnicprofiles-follow'],
    ],
    'The recording does not tell what was packed.': [...['gzip']],
  },
  '10-keycloak': {
    'The recording does not tell what was packed.': [...['api-gzip']],
    'Keycloak itself is not simulated, nor the length of its tokens.': [
      ...['api-keycloak-token', 'token-40-groups-api'],
    ],
    'What the engine does not know of people and groups of Keycloak is known here.': [
      ...['group-add', 'permission-group-at-data-center', 'users'],
    ],
  },
  '03-vm': {
    'A member or a check that nothing here depends on.': [
      ...['create-custom-properties', 'create-name-windows-16', 'get-follow-nics-reporteddevices'],
    ],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['create-instance-type-id', 'nic-add-other-datacenter-profile'],
    ],
    'The recording holds a part of the answer.': [...['create-payload-6000', 'create-payload-8192']],
    'XML is neither read nor written.': [...['create-same-name-xml', 'create-xml']],
    'No snapshots are simulated.': [...['snapshots']],
    'Nothing here asks for it.': [...['statistics']],
  },
  '03-actions': {
    'Nothing here asks for it.': [...['migrate-no-host']],
    'XML is neither read nor written.': [...['start-xml']],
  },
  '03-template': {
    'The recording holds a part of the answer.': [
      ...['create-poll-0', 'create-poll-1', 'create-poll-2', 'create-poll-3', 'create-poll-4', 'create-poll-5'],
    ],
    'A member or a check that nothing here depends on.': [...['nic-add', 'put-blank']],
    'No snapshots are simulated.': [...['create-from-snapshot', 'snapshot-add', 'snapshot-delete', 'snapshots']],
  },
  '05-faults': {
    'The recording has not all that was sent: a token, bytes that are no UTF-8.': [...['content-type-latin1']],
    'XML is neither read nor written.': [...['xml-entity', 'xml-wrong-root']],
  },
  '07-rights': {
    'It is about a request that was not recorded.': [...['vmcreator-own-events', 'vmcreator-own-job']],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['userrole-clusters-follow', 'userrole-image-domain-images'],
      ...['userrole-storagedomains'],
    ],
    'Nothing here asks for it.': [...['userrole-datacenter-add']],
    'A member or a check that nothing here depends on.': [
      ...['userrole-vms-follow-permissions', 'vmcreator-cluster-templates'],
    ],
  },
  '08-quota': {
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['quota-add', 'quota-cluster-limit', 'quota-cluster-limits'],
      ...['quotas-follow'],
    ],
  },
  '50-launch': {
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['events-create', 'disk-add', 'disk-gone', 'disk-locked', 'disk-ok'],
      ...['storagedomain', 'storagedomains-attached', 'vm-disk-attach'],
    ],
    'What of the guest is known after a reset differs.': [...['vm-shutting-down-powering-down', 'vm-stopping-up']],
    'A host has fewer members here.': [...['host']],
    'Nothing here asks for it.': [...['vm-applications', 'vm-sessions', 'vm-statistics']],
    'It is about a request that was not recorded.': [...['vm-shutting-down-reboot-in-progress']],
  },
  '51-template': {
    'A member or a check that nothing here depends on.': [...['source-vm-while-capturing']],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['template-nics', 'vm-clone-image-locked'],
    ],
    'The recording has not all that was sent: a token, bytes that are no UTF-8.': [...['job-clone-steps-progress']],
    'No snapshots are simulated.': [
      ...['snapshot-add', 'snapshot-locked', 'snapshot-ok', 'template-add-from-snapshot'],
    ],
  },
  '55-faults': {
    'A host has fewer members here.': [...['datacenter-no-host']],
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['disk-add-low-space', 'disk-add-no-host', 'disk-add-too-big'],
      ...['disk-resize', 'disk-resize-smaller', 'diskattachment-add-again', 'diskattachment-add-second-bootable'],
      ...['diskattachment-delete-running', 'storagedomain-no-host', 'transfer-no-host', 'vm-start-low-space'],
    ],
  },
  '56-failures': {
    'The event that a start failed names no host and no storage domain here.': [
      ...['refuse-events', 'crash-events-of-vm', 'refuse-events-of-vm'],
    ],
    'A host has fewer members here.': [
      ...['silent-host-up', 'silent-host-connecting', 'silent-host-back-connecting', 'silent-host-back-up'],
    ],
  },
  '57-nextrun': {
    'No snapshots are simulated.': [...['snapshot-delete', 'vm-from-snapshot', 'vm-from-snapshot-add']],
  },
  '58-rights': {
    'The replay has not the disks, storage domains, networks and image servers of the recording.': [
      ...['disk-add', 'glance-images', 'glance-images-no-right', 'glance-import'],
      ...['glance-import-no-right', 'glance-import-template', 'storagedomains', 'transfer-add'],
      ...['transfer-finalize-with-system-role'],
      ...['transfer-get', 'vm-disk-attach', 'vnicprofiles'],
    ],
    'It is about a request that was not recorded.': [...['events']],
    'A host has fewer members here.': [...['hosts']],
    'No snapshots are simulated.': [...['snapshot-add']],
  },
};
