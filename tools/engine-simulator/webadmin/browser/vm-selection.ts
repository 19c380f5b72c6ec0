import type { WebadminVm } from '../webadmin-engine';
import type { Navigation } from './navigation';
import type { PluginManager } from './plugin-manager';
import type { Ui } from './ui';
import { searchVms } from './vm-search';

/** Which VMs are selected, and what plugins hear of it. */
export class VmSelection {
  /** Whether the list was ever in view. */
  private listed = false;

  constructor(
    private readonly ui: Ui,
    private readonly plugins: PluginManager,
    private readonly navigation: Navigation,
  ) {
    ui.onChange(() => (this.listed ||= ui.main === 'vms' && ui.detail === undefined));
  }

  /** The rows of the list. */
  get found(): WebadminVm[] {
    return searchVms(this.ui.vms, this.ui.searchText);
  }

  /** A selection in the list: plugins are told with the fields that this version has. */
  select(vms: WebadminVm[]): void {
    Object.assign(this.ui, { selection: vms, items: [] });
    this.listed = true;
    this.ui.changed();
    this.tell();
    if (!this.ui.vmPages) return;
    this.navigation.selected();
    this.ui.changed();
  }

  /** A click on a VM's name: selects it and opens its page. */
  open(vm: WebadminVm): void {
    const { selection } = this.ui;
    this.ui.selection = [vm];
    this.navigation.openVm(vm.id);
    if (selection.length !== 1 || selection[0] !== vm) this.tell();
    this.ui.changed();
  }

  /** Another VM by the breadcrumb or the keys, from one's page; plugins hear of it if the list was ever in view. */
  switchTo(vm: WebadminVm): void {
    if (this.listed) return this.select([vm]);
    Object.assign(this.ui, { selection: [vm], items: [] });
    this.navigation.selected();
    this.ui.changed();
  }

  /** @param by 1 for the VM below in the list, -1 for the one above */
  step(by: number): void {
    const [vm] = this.ui.selection;
    const next = vm && this.found[this.found.indexOf(vm) + by];
    if (next) this.switchTo(next);
  }

  /** What a search leaves of the selection; a single row is selected. */
  search(text: string): void {
    this.ui.searchText = text;
    this.navigation.searched(text);
    if (!this.ui.vmPages) return this.ui.changed();
    const { found } = this;
    const left = this.ui.selection.filter((vm) => found.includes(vm));
    // The list is read anew, at which its buttons are asked.
    if (left.length === this.ui.selection.length) this.ui.selection = left;
    this.ui.changed();
    if (left.length < this.ui.selection.length) this.select(left);
    if (found.length === 1 && left.length === 0) this.select(found);
  }

  entities(vms: WebadminVm[]): object[] {
    const { vmFields } = this.plugins.personality;
    return vms.map((vm) => {
      const all: Record<string, unknown> = { managed: true, ...vm };
      return Object.fromEntries(['id', ...vmFields].map((field) => [field, all[field]]));
    });
  }

  private tell(): void {
    this.plugins.fireSelection('VirtualMachine', this.entities(this.ui.selection));
  }
}
