import { simDisk } from '../../../tools/engine-simulator';
import type { Plan } from './lab';
import { DISK, first, ready, running, turn } from './steps';

const NICS = [{ id: '5a0f9f9e-0000-4000-8000-000000000001', name: 'nic1', mac: '56:6f:1a:2b:00:40', addresses: [] }];

const launch: Plan = {
  folder: '50-launch',
  first: [
    ...['vm-add', 'reporteddevices-never-started', 'events-create', 'vm-nic-add', 'vm-nics', 'vm-diskattachments'],
    ...['vm-start', 'vm-wait-for-launch', 'vm-start-again'],
    ...[
      'job-start-running',
      'job-start-running-steps',
      'vm-powering-up',
      'vm-up',
      'jobs-by-correlation',
      'job-start-finished',
      'job-start-finished-steps',
    ],
    ...['events-start', 'reporteddevices-before-agent', 'vm-with-guest', 'reporteddevices'],
    ...['vm-follow-reporteddevices', 'vm-follow-nics-reporteddevices', 'vm-graphicsconsoles', 'console-ticket'],
    ...['console-proxyticket', 'console-remoteviewerconnectionfile', 'vm-update-description'],
    ...['vm-update-initialization-running', 'vm-next-run', 'vm-update-memory-hot', 'vm-all-content'],
    ...['vm-update-cluster-level-field', 'vm-delete-running', 'vm-reboot', 'vm-rebooting-reboot-in-progress'],
    ...['vm-rebooting-down', 'vm-rebooting-wait-for-launch', 'vm-rebooting-powering-up', 'vm-rebooting-up'],
    ...['vm-reset', 'vm-suspend', 'vm-suspending-up', 'vm-suspending-saving-state', 'vm-suspending-suspended'],
    ...['vm-delete-suspended', 'vm-resume', 'vm-resuming-restoring-state', 'vm-resuming-up', 'vm-shutdown'],
    ...['vm-shutting-down-powering-down', 'vm-shutting-down-down', 'events-shutdown', 'vm-shutdown-down'],
    ...['reporteddevices-down', 'vm-stop', 'vm-stopping-up', 'vm-stopping-down', 'vm-delete-protected', 'vm-delete'],
  ],
  before: {
    'vm-start': first({ disks: [simDisk(DISK, 'web-root')] }),
    'vm-diskattachments': first({ disks: [simDisk(DISK, 'web-root')] }),
    'job-start-running': ({ data }, replay) =>
      replay.means(
        '32a9a266-040c-485f-b004-9bafc6b0e52a',
        data.jobs.findLast(({ status }) => status === 'started')?.id,
      ),
    'vm-powering-up': turn(1600),
    'vm-up': turn(3000),
    'vm-with-guest': turn(15_000),
    'vm-rebooting-down': turn(4000),
    'vm-rebooting-wait-for-launch': turn(2000),
    'vm-rebooting-powering-up': turn(1600),
    'vm-rebooting-up': turn(3000),
    'vm-suspending-saving-state': turn(2500),
    'vm-suspending-suspended': turn(2500),
    'vm-resuming-up': turn(5000),
    'vm-shutdown': first({ unreported: false }),
    'vm-shutting-down-down': turn(3000),
    'vm-stop': (simulator) => first({ ...running(simulator), unreported: true })(simulator),
    'vm-stopping-down': turn(300),
    'vm-delete-protected': first({ deleteProtected: true }),
    'vm-delete': first({ deleteProtected: false }),
  },
};

const template: Plan = {
  folder: '51-template',
  prepare: (data) => ready(data, '7aa7310a-0e74-4a54-973d-1f39e47c887f', 'cap-2uewl', { nics: NICS }),
  first: [
    ...['template-add-running', 'template-add', 'template-locked', 'source-vm-while-capturing'],
    ...['source-vm-start-while-capturing', 'template-delete-locked', 'template-add-again', 'jobs-capture-running'],
    ...['job-capture-steps-running', 'template-ok', 'job-capture-finished', 'job-capture-finished-steps'],
    ...['events-capture', 'template-diskattachments', 'template-nics', 'template-update', 'vm-thin-add'],
    ...['vm-thin-image-locked', 'vm-thin-start-locked', 'vm-thin-creation-status', 'vm-thin-down', 'jobs-thin'],
    ...['events-thin', 'vm-thin-diskattachments', 'vm-clone-add', 'jobs-clone-running', 'vm-clone-down', 'jobs-clone'],
    ...['template-version-add', 'template-version-locked', 'template-version-ok', 'template-delete-with-version'],
    ...['template-delete-in-use', 'template-delete-disks-still-going', 'template-delete'],
  ],
  before: {
    'template-add-running': first({ status: 'up' }),
    'template-add': first({ status: 'down' }),
    'template-ok': turn(5000),
    'vm-thin-down': turn(5000),
    'vm-clone-down': turn(5000),
    'template-version-ok': turn(5000),
    'template-delete-disks-still-going': ({ data }) => {
      const [, thin] = data.vms;
      data.disks.push(...(thin?.disks ?? []));
      data.vms.splice(1);
    },
    'template-delete': ({ data }) => (data.disks = []),
  },
};

/** A VM's whole life, and templates. */
export const HOST_PLANS: readonly Plan[] = [launch, template];
