import { engineData, type EngineData, type VmSeed } from '../../tools/engine-simulator';
import { guid } from '../../tools/engine-simulator/seeds';
import { simTemplate, type SimTemplate } from '../../tools/engine-simulator/templates/data';
import { demoVms, type DemoVm } from './fleet';

const gib = 1024 ** 3;
const clusterIds = new Map([
  ['Production', '58ad9d2d-013a-00aa-018f-000000000101'],
  ['Staging-Lab', '58ad9d2d-013a-00aa-018f-000000000102'],
]);

/** What the simulated engine of the demo knows: the data centre's VMs in two clusters. */
export function demoEngine(): EngineData {
  const data = engineData(demoVms().map(seedOf));
  const [dataCenter] = data.dataCenters;
  const clusters = [...clusterIds].map(([name, id]) => ({ id, name, dataCenterId: dataCenter?.id ?? '' }));
  const hosts = clusters.flatMap(({ id }, n) =>
    data.hosts.map((host) => ({ ...host, id: guid(0xa5, 10 * n + data.hosts.indexOf(host)), clusterId: id })),
  );
  const templates = [...data.templates, ...TEMPLATES.map((seed, n) => templateOf(seed, n))];
  return { ...data, clusters, hosts, templates };
}

const TEMPLATES = [
  { name: 'debian-12', os: 'other_linux', gigabytes: 10, memoryGib: 2 },
  { name: 'centos-stream-9', os: 'rhel_9x64', gigabytes: 10, memoryGib: 2 },
  { name: 'fedora-coreos', os: 'rhcos_x64', gigabytes: 10, memoryGib: 4 },
  { name: 'windows-2022', os: 'windows_2022', gigabytes: 60, memoryGib: 8 },
];

function templateOf({ name, os, gigabytes, memoryGib }: (typeof TEMPLATES)[number], n: number): SimTemplate {
  return simTemplate({
    id: guid(0xe7, n + 1),
    name,
    os,
    clusterId: clusterIds.get('Production') ?? null,
    memoryBytes: memoryGib * gib,
    nics: [{ id: guid(0xe9, n + 1), name: 'nic1', mac: '', addresses: [] }],
    disks: [{ id: guid(0xe8, n + 1), name: `${name}-disk`, provisionedBytes: gigabytes * gib }],
  });
}

function seedOf(vm: DemoVm): VmSeed {
  return {
    id: vm.id,
    name: vm.name,
    description: vm.operatingSystem,
    status: vm.up ? 'up' : 'down',
    clusterId: clusterIds.get(vm.cluster) ?? '',
    fqdn: vm.fqdn || null,
    sockets: 1,
    cores: vm.cores,
    memoryBytes: vm.memoryGib * gib,
    ip: vm.ip,
    mac: vm.mac,
  };
}
