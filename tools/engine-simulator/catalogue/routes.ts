import type { Api } from '../api';
import { NotFound, ok } from '../rest/answer';
import { itemOf, pathId, type Call } from '../rest/call';
import { Int, Long, type WireObject } from '../rest/encode';
import { linksOf, reference } from '../rest/references';
import { listed } from '../rest/search';
import { INSTANCE_TYPES, type SimInstanceType } from './instance-types';
import { OPERATING_SYSTEMS, type SimOperatingSystem } from './operating-systems';

const ICONS = { large: '49d33982-504d-4a79-ab80-131d3774408c', small: 'd7861319-215f-4f6d-b341-3e8d28fccd2b' };
const FIELDS = { name: (of: { name: string }) => of.name };

/** `/instancetypes` and `/operatingsystems`, which everybody sees. */
export function register(api: Api): void {
  const { personality } = api.engine;
  if (personality.major >= 4 || personality.minor >= 5) {
    api.get('/instancetypes', (call) => {
      const found = listed(call, INSTANCE_TYPES, { fields: FIELDS });
      return ok({ instance_type: found.map((type) => instanceTypeOf(call, type)) });
    });
    api.get('/instancetypes/:id', (call) => ok(instanceTypeOf(call, itemOf(INSTANCE_TYPES, pathId(call)))));
  }
  if (personality.major < 4 && personality.minor < 4) return;
  api.get('/operatingsystems', (call) => {
    return ok({ operating_system: OPERATING_SYSTEMS.map((system) => operatingSystemOf(call, system)) });
  });
  api.get('/operatingsystems/:number', (call) => {
    const found = OPERATING_SYSTEMS.find(({ id }) => String(id) === call.request.params.number);
    if (!found) throw new NotFound();
    return ok(operatingSystemOf(call, found));
  });
}

function operatingSystemOf({ engine, base }: Call, of: SimOperatingSystem): WireObject {
  const { major, minor } = engine.personality;
  const id = String(of.id);
  const old = { ...reference(base, 'operatingsystems', id), name: of.name, description: of.description };
  if (major < 4) return old;
  return {
    ...{ ...old, large_icon: reference(base, 'icons', ICONS.large), small_icon: reference(base, 'icons', ICONS.small) },
    ...(minor >= 5 && { architecture: of.architecture, tpm_support: of.tpm }),
  };
}

function instanceTypeOf({ base }: Call, of: SimInstanceType): WireObject {
  const itself = reference(base, 'instancetypes', of.id);
  const bytes = of.memoryMib * 1024 * 1024;
  return {
    ...{ ...itself, name: of.name, description: `${of.title ?? of.name} instance type`, memory: new Long(bytes) },
    cpu: { topology: { sockets: new Int(of.sockets), cores: new Int(1), threads: new Int(1) } },
    memory_policy: { ballooning: true, guaranteed: new Long(bytes), max: new Long(4 * bytes) },
    ...{ os: { boot: { devices: { device: ['hd'] } } }, io: { threads: new Int(0) }, usb: { enabled: false } },
    display: {
      ...{ type: 'spice', video_type: 'vga', monitors: new Int(1), allow_override: false, copy_paste_enabled: true },
      ...{ disconnect_action: 'LOCK_SCREEN', disconnect_action_delay: new Int(0), file_transfer_enabled: true },
      smartcard_enabled: false,
    },
    migration: MIGRATION,
    ...{ creation_time: 1_399_237_200_000, high_availability: { enabled: false, priority: new Int(0) } },
    ...{ migration_downtime: new Int(-1), placement_policy: { affinity: 'migratable' } },
    link: linksOf(itself.href, ['graphicsconsoles', 'nics', 'watchdogs']),
  };
}

const MIGRATION: WireObject = {
  ...{ auto_converge: 'inherit', compressed: 'inherit', encrypted: 'inherit', parallel_migrations_policy: 'inherit' },
};
