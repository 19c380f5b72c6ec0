import { simDisk, type EngineData, type EngineSimulator, type SimVm } from '../../../tools/engine-simulator';
import { FAKE_CLUSTER, was } from './lab';

export const DISK = '292801d9-8e1c-4587-90b5-14a8b00ad932';

/** Turns the clock. */
export const turn =
  (ms: number) =>
  ({ control }: EngineSimulator): void =>
    control.advance(ms);

/** Changes what the first VM is. */
export const first =
  (change: Partial<SimVm>) =>
  ({ data }: EngineSimulator): void =>
    void Object.assign(data.vms[0] ?? {}, change);

/** As a host runs it. */
export function running({ data }: EngineSimulator): Partial<SimVm> {
  return { status: 'up', hostId: data.hosts[0]?.id, startedAt: 1, unreported: false };
}

/** A VM of the fake cluster that can be started. */
export function ready(data: EngineData, id: string, name: string, more: Partial<SimVm> = {}): void {
  was(data, id, name, {
    clusterId: FAKE_CLUSTER,
    disks: [simDisk(`${id.slice(0, 24)}00000000d15c`, `${name}-root`)],
    ...more,
  });
}
