import { decodeToken, encodeToken, encodeValue, type PlaceRequest } from './history-token';
import { logger } from './logger';
import type { Navigation } from './navigation';
import type { Place, Ui } from './ui';

/** 4.2 and later: a VM has a page of its own, with sub-tabs (oVirt: AbstractSubTabPresenter, DynamicTabPresenter). */
export class VmPages implements Navigation {
  replaces = false;
  private request: PlaceRequest = { token: '', parameters: {} };
  /** Once a VM's page was open, the address names the selected VM in the list, too. */
  private wasOpen = false;

  constructor(private readonly ui: Ui) {}

  get address(): string {
    return encodeToken(this.request);
  }

  get currentPlace(): string {
    return this.request.token;
  }

  open(address: string): boolean {
    const request = decodeToken(address);
    const main = this.ui.shown('main').find(({ token }) => token === request.token);
    if (main) return this.show(request);
    const detail = this.ui.shown('detail').find((place) => tokenOf(place) === request.token);
    if (!detail) {
      logger.warning(`Invalid place request - no presenter proxy mapped to '${encodeValue(request.token)}'`);
      return false;
    }
    if (!detail.frame) return this.openOwn(detail, request);
    // A name is not heeded; the VM that is selected stays.
    return detail.accessible && this.show(request, detail);
  }

  openDefault(): void {
    this.show({ token: this.ui.defaultPlace, parameters: {} });
  }

  /** A click on the VM's name in the list. */
  openVm(id: string): void {
    const general = this.ui.place('general');
    if (!general) return;
    this.go({ token: tokenOf(general), parameters: { id } }, general);
    this.nameVmSoon();
  }

  searched(text: string): void {
    this.go({ token: 'vms', parameters: { search: text.replace(/^\s*vms:/i, '') } });
  }

  selected(): void {
    const [vm] = this.ui.selection;
    if (!vm || !this.wasOpen || this.ui.main !== 'vms') return;
    this.request = { token: this.request.token, parameters: { name: vm.name } };
    this.replaces = false;
  }

  leave(token: string): void {
    if (this.ui.detail === token) this.openDefault();
  }

  /** One of webadmin's own sub-tabs: of the VM named in the address, else of the one that is selected. */
  private openOwn(detail: Place, request: PlaceRequest): boolean {
    const { name } = request.parameters;
    if (name !== undefined) this.ui.selection = this.ui.vms.filter((vm) => vm.name === name);
    if (this.ui.selection.length === 0) return this.show({ token: 'vms', parameters: {} });
    this.show(request, detail);
    this.nameVmSoon();
    return true;
  }

  private show(request: PlaceRequest, detail?: Place): boolean {
    this.go(request, detail);
    this.ui.changed();
    return true;
  }

  private go(request: PlaceRequest, detail?: Place): void {
    const { search } = request.parameters;
    if (search !== undefined && request.token === 'vms') this.ui.searchText = search;
    if (detail && !detail.frame) this.wasOpen = true;
    this.request = request;
    this.replaces = false;
    Object.assign(this.ui, { main: detail ? 'vms' : request.token, detail: detail?.token, items: [] });
  }

  /** The address gets the VM's name once its page is shown. */
  private nameVmSoon(): void {
    const { request } = this;
    setTimeout(() => {
      const [vm] = this.ui.selection;
      if (this.request !== request || !vm || request.parameters.name === vm.name) return;
      this.request = { token: request.token, parameters: { name: vm.name } };
      this.replaces = true;
      this.ui.changed();
    });
  }
}

/** A plugin's sub-tab has just its own token. */
export function tokenOf(place: Place): string {
  return place.kind === 'detail' && !place.frame ? `vms-${place.token}` : place.token;
}
