import { operationList, operationPanel } from '../../src/operations/operation.views';
import type { Operation } from '../../src/operations';
import { launchForm } from '../../src/virtual-machines/launch/launch-form.view';
import type { Machine } from '../../src/virtual-machines/machines/machine';
import { machineList, machinePage } from '../../src/virtual-machines/machines/machine.views';

const urls = { url: (to: string) => `/foreman${to}` };

/** Locals of the pages of operations and machines, full of what others say. */
export function operationPages(said: string, now: Date): Record<string, object> {
  const actor = { kind: 'user' as const, userId: 1, name: said, admin: true, permissions: new Set<never>() };
  const operation = failed(said, now);
  const panel = operationPanel(operation, true, urls);
  const page = { total: 30, subtotal: 30, page: 2, perPage: 1 };
  const search = { action: said, value: said, clearUrl: said };
  const nothing = { title: said, text: said };
  const machine = orphan(said, now);
  const address = () => said;
  return {
    'operations/index': { ...operationList({ ...page, rows: [operation] }, { urls, now, address }), search, nothing },
    'operations/show': {
      panel,
      facts: [{ label: 'By', value: said }],
      at: operationList({ ...page, rows: [operation] }, { urls, now, address }).rows[0]?.at,
      listUrl: said,
      refreshSeconds: 2,
    },
    'operations/panel': { layout: false, panel },
    'machines/index': {
      ...machineList({ ...page, rows: [machine] }, { actor, urls, address }),
      search,
      nothing,
      unownedUrl: said,
    },
    'machines/show': { ...machinePage(machine, { actor, urls, place: said, now }), panel, refreshSeconds: 3 },
    'machines/new': launchForm(
      {
        offered: { clusters: [], templates: [], flavors: [] },
        typed: { vm_name: said, user_data: said },
        faults: { vm_name: [said], base: [said] },
        notice: said,
      },
      { resources: [{ id: 1, name: said }], resourceId: 1, urls },
    ),
  };
}

function failed(said: string, now: Date): Operation {
  return {
    id: said,
    kind: 'vm.launch',
    title: said,
    state: 'failed',
    waitingFor: null,
    waitingSince: null,
    progress: 40,
    actsAs: { by: 'session', userId: 1, accessKeyId: null },
    login: said,
    computeResource: { id: 1, name: said },
    createdAt: now,
    startedAt: now,
    finishedAt: now,
    steps: [
      {
        name: 'a',
        title: said,
        state: 'failed',
        progress: 40,
        startedAt: now,
        finishedAt: now,
        endsAt: null,
        message: said,
      },
    ],
    undoing: false,
    cancelRequested: false,
    memo: {},
    error: { code: said, message: said, step: 'a', engine: { computeResource: said, status: 409, detail: said } },
    leftBehind: [{ type: 'vm', id: said, name: said }],
    result: { name: said, addresses: [said] },
  };
}

function orphan(said: string, now: Date): Machine {
  return {
    id: 1,
    computeResource: { id: 1, name: said },
    vmId: said,
    name: said,
    state: 'down',
    stateAt: now,
    owner: { id: null, login: said },
    accessKeyId: null,
    keyGone: false,
    image: said,
    clusterId: said,
    datacenterId: null,
    addresses: [said],
    launchId: said,
    operationId: said,
    failed: true,
    createdAt: now,
    removedAt: null,
  };
}
