import { disksData, type DisksData } from './disks/data';
import { eventsData, type EventsData } from './events/data';
import { imagesData, type ImagesData } from './images/data';
import { jobsData, type JobsData } from './jobs/data';
import { networksData, type NetworksData } from './networks/data';
import { peopleData, type PeopleData } from './people/data';
import { placesData, type PlacesData } from './places/data';
import { quotasData, type QuotasData } from './quotas/data';
import { storageData, type StorageData } from './storage/data';
import { templatesData, type TemplatesData } from './templates/data';
import { transfersData, type TransfersData } from './transfers/data';
import { SAMPLE_VMS, simVm, type VmSeed, type VmsData } from './vms/data';

/** All that a simulated engine knows. Each capability keeps what is its own in its folder. */
export interface EngineData
  extends
    PeopleData,
    PlacesData,
    NetworksData,
    QuotasData,
    StorageData,
    DisksData,
    ImagesData,
    TransfersData,
    VmsData,
    TemplatesData,
    JobsData,
    EventsData {
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
    ...storageData(),
    ...networksData(),
    ...quotasData(),
    ...imagesData(),
    ...transfersData(),
    ...jobsData(),
    ...eventsData(),
    vms: vms.map(simVm),
  };
}
