import { apiOf, type Api } from './stand-in';

/** Something that a plugin was told, or did; in the words of the recordings. */
export interface ProbeEvent {
  plugin: string;
  event: string;
  args: unknown[];
  /** Webadmin's address then, the part after `#` with it. */
  place?: string;
  currentPlace?: unknown;
}

/** A call of a button's function. */
export interface Asked {
  plugin: string;
  asked: string;
  args: unknown[];
}

const entityTypes = [
  ...['VirtualMachine', 'Template', 'Host', 'Disk', 'Cluster', 'DataCenter', 'User', 'Event'],
  ...['Network', 'Storage', 'Pool', 'Provider', 'Quota'],
];
const eventNames = [
  ...['UserLogin', 'UserLogout', 'TagActivationChange', 'DetailItemSelectionChange', 'MessageReceived'],
  ...entityTypes.map((type) => `${type}SelectionChange`),
];
const dialog = ['Create Container VM', 'probe-dialog', 'about:blank?dialog', '540px', '600px'];

/** The three plugins with which webadmin was recorded: `probe`, `thrower` and `lazyone`. */
export class ProbePlugins {
  readonly events: ProbeEvent[] = [];
  readonly asked: Asked[] = [];

  /** Their pages run, one after the other; `lazyone` says that it is ready after 3 s. */
  run(): void {
    this.runThrower();
    this.note('lazyone', '(script)', []);
    setTimeout(() => this.runLazyone(), 3000);
    this.runProbe();
  }

  note(plugin: string, event: string, args: unknown[]): void {
    const [api, place] = [apiOf('probe'), window.location.hash];
    this.events.push({ plugin, event, args, place, currentPlace: api.currentPlace?.() });
  }

  showDialog(): void {
    const button = (label: string, run: () => void): object => ({
      label,
      onClick: (...args: unknown[]) => {
        this.note('probe', `dialog button ${label} onClick`, args);
        run();
      },
    });
    const api = apiOf('probe');
    const other = (): unknown => api.setDialogContentUrl?.('probe-dialog', 'about:blank?dialog&second');
    const close = (): unknown => api.closeDialog?.('probe-dialog');
    this.note('probe', 'showDialog called', []);
    const buttons = [button('Launch', () => undefined), button('Other page', other), button('Close', close)];
    const returned = api.showDialog?.(...dialog, { buttons });
    this.note('probe', 'showDialog returned', [returned]);
  }

  private runThrower(): void {
    const api = apiOf('thrower');
    const isEnabled = (): never => {
      this.asked.push({ plugin: 'thrower', asked: 'thrower.isEnabled, which throws', args: [] });
      throw new Error('isEnabled of thrower');
    };
    api.register?.({
      UiInit: () => {
        this.note('thrower', 'UiInit', []);
        api.addMenuPlaceActionButton?.('VirtualMachine', 'Throws when asked', { isEnabled });
      },
      VirtualMachineSelectionChange: () => this.note('thrower', 'VirtualMachineSelectionChange', []),
      TemplateSelectionChange: () => {
        this.note('thrower', 'TemplateSelectionChange throws', []);
        throw new Error('event of thrower');
      },
    });
    api.ready?.();
  }

  private runLazyone(): void {
    const api = apiOf('lazyone');
    const handler =
      (event: string) =>
      (...args: unknown[]) =>
        this.note('lazyone', event, args);
    api.options?.({ allowedMessageOrigins: window.location.origin });
    api.register?.({
      UiInit: () => {
        this.note('lazyone', 'UiInit', []);
        api.addPrimaryMenuPlace?.('Lazy place', 'probe-lazy', 'about:blank?lazy', { icon: 'fa-clock-o' });
      },
      UserLogin: handler('UserLogin'),
      MessageReceived: handler('MessageReceived'),
    });
    api.ready?.();
  }

  private runProbe(): void {
    const api = apiOf('probe');
    this.note('probe', '(script runs)', []);
    this.note('probe', 'options returns', [api.options?.({ allowedMessageOrigins: [window.location.origin] })]);
    const handlers = eventNames.map((name) => [name, (...args: unknown[]) => this.received(name, args)]);
    const UiInit = (): void => this.initialize(api);
    this.note('probe', 'register returns', [api.register?.({ ...Object.fromEntries(handlers), UiInit })]);
    this.note('probe', 'ready is called', []);
    this.note('probe', 'ready returned', [api.ready?.()]);
  }

  private received(event: string, args: unknown[]): void {
    this.note('probe', event, args);
    const [data] = event === 'MessageReceived' ? args : [];
    if (data === 'close-me') apiOf('probe').closeDialog?.('probe-dialog');
  }

  private initialize(api: Api): void {
    this.note('probe', 'UiInit', []);
    const returned = api.addPrimaryMenuPlace?.('Probe place', 'probe-place', 'about:blank?', { icon: 'fa-flask' });
    this.note('probe', 'addPrimaryMenuPlace returns', [returned]);
    api.setPlaceUnloadHandler?.('probe-place', () => this.note('probe', 'unload handler of probe-place', []));
    api.addPrimaryMenuContainer?.('Probe menu', 'probe-menu', {});
    api.addSecondaryMenuPlace?.('probe-menu', 'Second', 'probe-second', 'about:blank?second', {});
    api.addSecondaryMenuPlace?.('compute', 'Probe below', 'probe-in-compute', 'about:blank?compute', {});
    const url = 'about:blank?VirtualMachine';
    api.addDetailPlace?.('VirtualMachine', 'Probe tab', 'probe-tab-virtualmachine', url, { priority: 1 });
    this.addButtons(api);
  }

  private addButtons(api: Api): void {
    const show = (): void => this.showDialog();
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Create Container VM', { ...this.button('vm', show), index: 1 });
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Probe selected', { ...this.button('vm-selected'), index: 3 });
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Probe at the end', this.button('vm-end'));
    api.addMenuPlaceActionButton?.('VirtualMachine', 'Probe more', { ...this.button('vm-more'), moreMenu: true });
    for (const type of ['Template', 'Host', 'Disk', 'Cluster']) {
      api.addMenuPlaceActionButton?.(type, 'Probe', this.button(type.toLowerCase()));
    }
    api.addDetailPlaceActionButton?.('VirtualMachine', 'NetworkInterface', 'Probe NIC', this.button('vm-nic'));
    api.addDetailPlaceActionButton?.('VirtualMachine', 'VirtualMachineSnapshot', 'Probe', this.button('vm-snapshot'));
  }

  private button(name: string, run?: () => void): object {
    const ask =
      (question: string, answer: boolean) =>
      (...args: unknown[]) => {
        this.asked.push({ plugin: 'probe', asked: `${name}.${question}`, args });
        return answer;
      };
    const onClick = (...args: unknown[]): void => {
      this.note('probe', `button ${name} onClick`, args);
      run?.();
    };
    return { isAccessible: ask('isAccessible', true), isEnabled: ask('isEnabled', true), onClick };
  }
}
