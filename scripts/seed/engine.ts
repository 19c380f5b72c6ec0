import { engineData, type EngineData, type VmSeed } from '../../tools/engine-simulator';
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
  return { ...data, clusters };
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
