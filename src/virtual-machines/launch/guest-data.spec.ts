import { guestData } from './guest-data';

const vm = { os: 'other_linux', vmId: '3c840fec-0fb8-4c85-9998-d2b26a238a0f' };
const coreOs = { ...vm, os: 'rhcos_x64' };

describe('what a guest is given', () => {
  it('is the template’s where nothing is wanted', () => {
    expect(guestData({ sshKeys: [] }, vm)).toEqual({ initialization: undefined });
    expect(guestData({ sshKeys: [] }, coreOs)).toEqual({ initialization: undefined });
  });

  it('is cloud-config behind the engine’s own head', () => {
    const userData = '#cloud-config\npackages: [nginx]\n';
    expect(guestData({ hostName: 'web1', sshKeys: ['a', 'b'], userData }, vm)).toEqual({
      initialization: { hostName: 'web1', authorizedSshKeys: 'a\nb', customScript: 'packages: [nginx]\n' },
    });
  });

  it('is anything else byte by byte on a CD-ROM, with host name and keys beside it', () => {
    const { initialization, payload } = guestData({ hostName: 'web1', sshKeys: ['a'], userData: '#!/bin/sh\n' }, vm);
    expect(initialization).toBeNull();
    expect(payload).toEqual({
      volumeId: 'config-2',
      files: [
        { name: 'openstack/latest/user_data', content: '#!/bin/sh\n' },
        {
          name: 'openstack/latest/meta_data.json',
          content: JSON.stringify({ uuid: vm.vmId, hostname: 'web1', public_keys: { 'key-0': 'a' } }),
        },
      ],
    });
  });

  it('is an Ignition document alone where the OS reads one, and keys without one belong to its user', () => {
    const userData = '{"ignition":{"version":"3.4.0"}}';
    expect(guestData({ sshKeys: [], userData }, coreOs)).toEqual({ initialization: { customScript: userData } });
    expect(guestData({ sshKeys: ['a'] }, coreOs)).toEqual({
      initialization: { hostName: undefined, userName: 'core', authorizedSshKeys: 'a' },
    });
  });

  it.each([
    ['a script for Ignition', { sshKeys: [], userData: '#!/bin/sh' }, coreOs, 'user_data'],
    ['keys beside an Ignition document', { sshKeys: ['a'], userData: '{}' }, coreOs, 'ssh_keys'],
    ['a host name beside an Ignition document', { hostName: 'h', sshKeys: [], userData: '{}' }, coreOs, 'host_name'],
    ['a script of 8,193 characters', { sshKeys: [], userData: `#!${'x'.repeat(8_191)}` }, vm, 'user_data'],
    ['a cloud-config of 65,537', { sshKeys: [], userData: `#cloud-config\n${'x'.repeat(65_523)}` }, vm, 'user_data'],
  ])('is not %s', (_, wishes, at, field) => {
    expect(() => guestData(wishes, at)).toThrow(
      expect.objectContaining({ details: { fields: { [field]: [expect.any(String)] } } }) as Error,
    );
  });
});
