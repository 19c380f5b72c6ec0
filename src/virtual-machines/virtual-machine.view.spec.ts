import { Urls } from '../web';
import { statusText, virtualMachinePart } from './virtual-machine.view';

describe('statusText', () => {
  it.each([
    ['up', 'Up'],
    ['powering_down', 'Powering Down'],
    ['wait_for_launch', 'Wait for Launch'],
  ])('writes %s as webadmin does: %s', (status, text) => {
    expect(statusText(status)).toBe(text);
  });
});

const VM = {
  id: '1',
  name: 'web03',
  fqdn: null,
  clusterId: null,
  status: 'up',
  vcpus: 2,
  memoryBytes: 4_294_967_296,
  displays: [{ type: 'vnc', address: '192.0.2.9', port: 5900 }],
  nics: [{ name: 'nic1', mac: '00:1a:4a:16:01:51', addresses: ['192.0.2.1'] }],
  disks: [{ name: 'OL8U7_x86_64-olvm-b152_Template_GlanceDisk-2f1b6ac7_Disk1', provisionedBytes: 1_099_511_627_776 }],
};

function rowsOf(vm: typeof VM) {
  const now = new Date();
  const sighting = { kind: 'live' as const, vm, computeResource: { id: 1, name: 'lab' }, seenAt: now };
  return virtualMachinePart(sighting, new Urls({ basePath: '' } as never), now).rows;
}

describe('virtualMachinePart', () => {
  it('keeps names of NICs and disks, which may be long, out of the labels', () => {
    const rows = rowsOf(VM);

    expect(rows.filter(({ name }) => name !== undefined)).toEqual([
      { label: 'NIC', name: 'nic1', value: '00:1a:4a:16:01:51, 192.0.2.1' },
      { label: 'Disk', name: 'OL8U7_x86_64-olvm-b152_Template_GlanceDisk-2f1b6ac7_Disk1', value: '1 TiB' },
    ]);
    expect(rows[1]).toEqual({ label: 'Status', value: 'Up' });
  });

  it('does not say of a VM that is down where it runs or is displayed', () => {
    const labels = rowsOf({ ...VM, status: 'down' }).map(({ label }) => label);

    expect(labels).toEqual(['Name', 'Status', 'vCPUs', 'Memory', 'NIC', 'Disk', 'Engine']);
    expect(rowsOf(VM).map(({ label }) => label)).toContain('Display');
  });
});
