import type { Navigation } from './navigation';
import type { Ui } from './ui';

/** Up to 4.1: the sub-tabs of the one selected VM stand below the list. */
export class SplitPane implements Navigation {
  readonly replaces = false;

  constructor(private readonly ui: Ui) {}

  /** `vms`, `vms-general`, or a plugin's own. */
  get address(): string {
    const { ui } = this;
    if (ui.main !== 'vms' || ui.selection.length !== 1 || ui.detail === undefined) return ui.main;
    return ui.place(ui.detail)?.frame ? ui.detail : `vms-${ui.detail}`;
  }

  get currentPlace(): string {
    return this.address;
  }

  open(address: string): boolean {
    const [token = ''] = address.split(';');
    const main = this.ui.shown('main').find((place) => place.token === token);
    const detail = this.ui.shown('detail').find((place) => place.token === token || `vms-${place.token}` === token);
    if (main) this.ui.main = token;
    else if (detail) Object.assign(this.ui, { main: 'vms', detail: detail.token });
    else return false;
    this.ui.changed();
    return true;
  }

  openDefault(): void {
    if (!this.open(this.ui.defaultPlace)) this.open('vms');
  }

  openVm(): void {
    // Its sub-tabs are in view as soon as it is selected.
  }

  selected(): void {
    // The sub-tab stays, whatever is selected.
  }

  searched(): void {
    // The address does not tell.
  }

  leave(token: string): void {
    if (this.ui.main === token) this.openDefault();
    if (this.ui.detail === token) this.ui.detail = 'general';
    this.ui.changed();
  }
}
