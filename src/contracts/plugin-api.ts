/**
 * webadmin's UI plugin API (oVirt: PluginManager.java `exposePluginApi`, 3.2 to 4.5). Which functions exist depends on
 * the version, so callers test for them; the API object carries no version.
 */
export interface PluginApi {
  register(handlers: PluginHandlers): void;
  ready(): void;
  /** The merged configuration, `null` or `undefined` where the plugin has none. */
  configObject(): unknown;
  /** `login@domain`; from 3.6 on the domain part is the authz extension's name. `undefined` while logged out. */
  loginUserName(): string | undefined;
  /** The engine's id of the user, the `id` of REST `/users/{id}`. */
  loginUserId(): string | undefined;

  /** 3.3+ */
  options?(options: { allowedMessageOrigins?: string | string[] }): void;
  /** 4.0+ */
  ssoToken?(): string | undefined;
  /** 4.0+, with a trailing slash, e.g. `https://engine/ovirt-engine/`. */
  engineBaseUrl?(): string | undefined;
  /** 4.1+ */
  rootTag?(): unknown;
  /** 4.0+, e.g. `en-US`. */
  currentLocale?(): string | undefined;
  /** 4.4.0+, the history token with its parameters. */
  currentPlace?(): string | undefined;
  /** 4.4.7+; gives nothing before `UiInit`. */
  logger?(): undefined | { info(text: string): void; warning(text: string): void; severe(text: string): void };

  /** All versions; deprecated since 4.3. */
  addMainTab?(label: string, token: string, url: string, options?: PlaceOptions): void;
  addSubTab?(entityType: string, label: string, token: string, url: string, options?: PlaceOptions): void;
  setTabContentUrl?(token: string, url: string): void;
  setTabAccessible?(token: string, accessible: boolean): void;
  addMainTabActionButton?(entityType: string, label: string, button: ButtonFunctions): void;

  /** 3.3+; that of 3.2 has another form, and opens a window. Widths and heights are CSS lengths. */
  showDialog?(title: string, token: string, url: string, width: string, height: string, options?: DialogOptions): void;
  /** 3.3+ */
  setDialogContentUrl?(token: string, url: string): void;
  closeDialog?(token: string): void;

  /** 4.3+ */
  addPrimaryMenuPlace?(label: string, token: string, url: string, options?: PlaceOptions): void;
  addDetailPlace?(entityType: string, label: string, token: string, url: string, options?: PlaceOptions): void;
  setPlaceContentUrl?(token: string, url: string): void;
  setPlaceAccessible?(token: string, accessible: boolean): void;
  addMenuPlaceActionButton?(entityType: string, label: string, button: ButtonFunctions): void;
}

/**
 * Functions of a button. They get each selected entity as an argument up to 4.3, from 4.4 on an array of them and the
 * entity in whose sub-tab the button is, `{ id: '' }` in a list.
 */
export interface ButtonFunctions {
  onClick?(...selection: unknown[]): void;
  /** Anything but a boolean counts as `true`; so with `isAccessible`. */
  isEnabled?(...selection: unknown[]): boolean;
  isAccessible?(...selection: unknown[]): boolean;
  /** 4.3+ */
  index?: number;
  moreMenu?: boolean;
}

export interface DialogOptions {
  /** The first one stands at the right; `onClick` gets no arguments, and closes nothing. */
  buttons?: { label: string; onClick(): void }[];
}

/** Each is read by the versions that know it. */
export interface PlaceOptions {
  alignRight?: boolean;
  /** Lower comes earlier. */
  priority?: number;
  searchPrefix?: string;
  defaultPlace?: boolean;
  /** CSS class, e.g. `fa-cube`. */
  icon?: string;
}

/**
 * Functions a plugin may register. A plugin whose function throws is out of service until webadmin is reloaded.
 * Selection events get each entity as an argument up to 4.3, one array from 4.4 on.
 */
export interface PluginHandlers {
  UiInit?(): void;
  UserLogin?(userName: string, userId: string): void;
  /** Fires up to 3.4; later versions reload the page at logout. */
  UserLogout?(): void;
  /** 3.2 to 3.6: the id of webadmin's REST session. */
  RestApiSessionAcquired?(sessionId: string): void;
  VirtualMachineSelectionChange?(...selection: unknown[]): void;
  /** 3.5 to 4.1 */
  SystemTreeSelectionChange?(selection: unknown): void;
  /** 3.3+; from 4.2 on a message that is `null` leaves it out: the page's window is the only argument then. */
  MessageReceived?(data: unknown, source?: unknown): void;
}
