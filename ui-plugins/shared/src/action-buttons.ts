import type { PluginApi } from '../../../src/contracts/plugin-api';
import type { FailureLog } from './failure-log';
import { selectedEntities, type NamedEntity } from './selection';

/** A button above one of webadmin's lists; its functions are told what is selected there. */
export interface ActionButton {
  label: string;
  onClick: (selected: NamedEntity[]) => void;
  /** Whether it can be clicked. Asked at each change and every few seconds, as is `isAccessible`: both have to be quick. */
  isEnabled?: (selected: NamedEntity[]) => boolean;
  /** Whether it is in view. */
  isAccessible?: (selected: NamedEntity[]) => boolean;
  /** How many buttons stand before it, from 4.3 on; without it, and before 4.3, it is the last one. */
  index?: number;
  /** Whether it stands in the menu of further actions, from 4.3 on. */
  moreMenu?: boolean;
}

/**
 * Adds the button to the list of the entities. What webadmin does of a function that throws depends on its version; here
 * the fault is logged, and the answer `false`.
 * @param entityType `VirtualMachine`, `Template`, …
 */
export function addActionButton(api: PluginApi, log: FailureLog, entityType: string, button: ActionButton): void {
  const { label, index, moreMenu, onClick, isEnabled, isAccessible } = button;
  const asked = (isSo: (selected: NamedEntity[]) => boolean = () => true) => {
    const guarded = log.guarded((...given: unknown[]) => isSo(selectedEntities(given)));
    return (...given: unknown[]) => guarded(...given) ?? false;
  };
  const functions = {
    ...{ index, moreMenu, isEnabled: asked(isEnabled), isAccessible: asked(isAccessible) },
    onClick: log.guarded((...given: unknown[]) => onClick(selectedEntities(given))),
  };
  if (api.addMenuPlaceActionButton) api.addMenuPlaceActionButton(entityType, label, functions);
  else api.addMainTabActionButton?.(entityType, label, functions);
}
