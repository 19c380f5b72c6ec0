import { disksData, type DisksData } from './disks/data';
import { eventsData, type EventsData } from './events/data';
import { jobsData, type JobsData } from './jobs/data';
import { peopleData, type PeopleData } from './people/data';
import { placesData, type PlacesData } from './places/data';
import { templatesData, type TemplatesData } from './templates/data';
import { SAMPLE_VMS, simVm, type VmSeed, type VmsData } from './vms/data';

/** All that a simulated engine knows. Each capability keeps what is its own in its folder. */
export interface EngineData extends PeopleData, PlacesData, VmsData, TemplatesData, DisksData, JobsData, EventsData {
  instanceId: string;
}

/** A small data centre with these VMs. Everyone's password is their login name followed by `-password`. */
export function engineData(vms: VmSeed[] = SAMPLE_VMS): EngineData {
  return {
    instanceId: '8f2e7b1c-3d4a-4e5f-9a6b-7c8d9e0f1a2b',
    ...peopleData(),
    ...placesData(),
    ...templatesData(),
    ...disksData(),
    ...jobsData(),
    ...eventsData(),
    vms: vms.map(simVm),
  };
}
