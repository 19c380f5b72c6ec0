import type { EngineSimulator } from '.';
import type { SimVm } from './vms/data';
import type { WebadminEngine, WebadminVm } from './webadmin/webadmin-engine';

/** The simulated engine as the webadmin stand-in needs it. */
export function webadminEngineOf(simulator: EngineSimulator): WebadminEngine {
  const { control, data } = simulator;
  return {
    login(user, password) {
      const session = control.signInByPassword(user, password);
      return Promise.resolve(
        session && { userName: session.userName, userId: session.userId, credential: session.secret },
      );
    },
    logout({ credential }) {
      control.revoke(credential);
      return Promise.resolve();
    },
    isAlive: ({ credential }) => control.isAlive(credential),
    vms() {
      control.advance(0);
      const clusters = new Map(data.clusters.map(({ id, name }) => [id, name]));
      return Promise.resolve(data.vms.map((vm, index) => gridRow(vm, clusters.get(vm.clusterId), index)));
    },
    lists: () =>
      Promise.resolve({
        templates: data.templates.map(({ id, name }) => ({ id, name })),
        dataCenters: data.dataCenters.map(({ id, name }) => ({ id, name })),
        clusters: data.clusters.map(({ id, name }) => ({ id, name, managed: true })),
        users: data.users.map(({ id, login, domain }) => ({ id, username: login, domain })),
      }),
  };
}

function gridRow(vm: SimVm, cluster: string | undefined, index: number): WebadminVm {
  const runs = vm.status === 'up';
  return {
    id: vm.id,
    name: vm.name,
    status: enumName(vm.status),
    ipaddress: runs ? vm.nics.flatMap(({ addresses }) => addresses).join(' ') : '',
    fqdn: vm.fqdn ?? '',
    cluster,
    ...(runs && {
      host: `node${(index % 8) + 1}.example.com`,
      memory: 20 + ((index * 37) % 70),
      cpu: (index * 17) % 55,
    }),
  };
}

/** REST's `powering_up` is `PoweringUp` in webadmin. */
function enumName(status: string): string {
  return status.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
