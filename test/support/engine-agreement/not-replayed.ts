const of = (names: string) => names.split(' ');

/** Which recordings no test replays, by the reason. */
export const NOT_REPLAYED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '03-setup': {
    'Data centers and clusters are made by administrators alone: the simulator is born with them.': [
      ...of('cluster cluster-add cluster-add-again cluster-add-no-datacenter cluster-add-unknown-cpu'),
      ...of('cluster-add-unknown-datacenter datacenter-add datacenter-add-again datacenter-add-no-local'),
      ...of('datacenter-add-no-name datacenters'),
    ],
  },
  '04-image-providers': { 'XML is neither read nor written.': of('get-xml') },
  '09-timing': { 'It tells how long lists take, which no simulator can.': of('lists') },
  '10-keycloak': { 'It is no answer of the engine: what is in a token of Keycloak.': of('token-claims') },
  '52-transfer': {
    'Nothing here reads the events of a transfer.': of('events-bad events-inactive events-upload'),
  },
  '53-glance': {
    'Nothing here reads the events of an import.': [
      ...of('events-import-disk events-import-download-failed events-import-download-failed-template'),
      ...of('events-import-template events-import-verb-refused events-import-volume-failed events-name-taken'),
      ...of('events-name-taken-no-alias'),
    ],
    'Nothing here reads the jobs of an import.': [
      ...of('job-import-disk-finished job-import-disk-finished-steps job-import-disk-steps-running'),
      ...of('job-import-download-failed job-import-download-failed-steps job-import-download-failed-template'),
      ...of('job-import-download-failed-template-steps job-import-template-finished'),
      ...of('job-import-template-finished-steps job-import-template-steps-running job-import-verb-refused'),
      ...of('job-import-verb-refused-steps job-import-volume-failed job-import-volume-failed-steps job-name-taken'),
      ...of('job-name-taken-no-alias job-name-taken-no-alias-steps job-name-taken-steps jobs-import-disk-running'),
      ...of('jobs-import-template-running'),
    ],
  },
  '54-cloudinit': {
    'It is no answer of the engine: the disk that a host gives to the guest, which is not simulated.': [
      ...of('custom-script-only empty-initialization everything host-name-only ignition-empty-script'),
      ...of('ignition-host-name ignition-not-json ignition-script-only ignition-user-no-password'),
      ...of('ignition-user-password-keys later-boots nic-dhcp nic-eni nic-static-v6 nic-two os-other'),
      ...of('os-ubuntu-1804 payload-and-use-cloud-init payload-beats-initialization payload-cdrom payload-floppy'),
      ...of('script-64k script-8k script-is-shell script-overrides-keys script-unicode-and-long-line'),
      ...of('script-without-newline start-run-once-vm start-use-cloud-init-false start-use-ignition-on-linux'),
      ...of('start-use-initialization user-password-keys windows-sysprep'),
    ],
  },
  '57-nextrun': {
    'It is no answer of the engine: what the guest found at its start.': of('user-data'),
  },
};
