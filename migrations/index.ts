import { CreateHostsAndReports1795300000000 } from './1795300000000-create-hosts-and-reports';
import { AddEnginesAndAudit1795301000000 } from './1795301000000-add-engines-and-audit';
import { AddColumnsOfVirtualMachines1795302000000 } from './1795302000000-add-columns-of-virtual-machines';
import { AddAttributesOfComputeResources1795303500000 } from './1795303500000-add-attributes-of-compute-resources';
import { SortTextsByCodePoint1795500000000 } from './1795500000000-sort-texts-by-code-point';
import { IndexHostsWithComment1795709000000 } from './1795709000000-index-hosts-with-comment';
import { IndexWhatIsReferredTo1795713000000 } from './1795713000000-index-what-is-referred-to';
import { AddRegistrars1795714000000 } from './1795714000000-add-registrars';
import { IndexFactsByName1795715000000 } from './1795715000000-index-facts-by-name';
import { AddSwitchesOfComputeResources1795720000000 } from './1795720000000-add-switches-of-compute-resources';
import { AddEnginePasswords1795721000000 } from './1795721000000-add-engine-passwords';
import { AddAccessKeys1795722000000 } from './1795722000000-add-access-keys';

/** In order. A migration that has landed is never edited: databases made with it exist. */
export const MIGRATIONS = [
  CreateHostsAndReports1795300000000,
  AddEnginesAndAudit1795301000000,
  AddColumnsOfVirtualMachines1795302000000,
  AddAttributesOfComputeResources1795303500000,
  SortTextsByCodePoint1795500000000,
  IndexHostsWithComment1795709000000,
  IndexWhatIsReferredTo1795713000000,
  AddRegistrars1795714000000,
  IndexFactsByName1795715000000,
  AddSwitchesOfComputeResources1795720000000,
  AddEnginePasswords1795721000000,
  AddAccessKeys1795722000000,
];
