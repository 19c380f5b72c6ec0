/** The webadmin versions that differ towards UI plugins. */
export const versions = ['3.2', '3.3', '3.4', '3.5', '3.6', '4.0', '4.1', '4.2', '4.3', '4.4', '4.5'] as const;
export type WebadminVersion = (typeof versions)[number];

/** How one version of webadmin behaves (oVirt: PluginManager.java, PluginEventHandler.java of its branch). */
export interface Personality {
  version: WebadminVersion;
  /** Path of the host page's folder, without a trailing slash. */
  context: string;
  /** `3`: tree, tab bars and a split pane; `4`: vertical menu, a page for each VM. */
  layout: '3' | '4';
  masthead: 'brand' | 'dark';
  /** API functions that exist. */
  functions: string[];
  /** Functions that may be called while the plugin's page is still loading. */
  safeFunctions: string[];
  /** Each selected entity as an argument, or all of them as one array. */
  selectionAs: 'arguments' | 'array';
  /** Fields of a VM beside its id. */
  vmFields: string[];
  entityTypes: string[];
  /** Events beside the life cycle's and `<EntityType>SelectionChange`; webadmin fires no others. */
  events: string[];
  /** HeaderFilter.java: who may frame webadmin, from 3.5 on. */
  frameOptions: boolean;
  /** Whether static files carry an ETag. */
  etag: boolean;
  /** What plugins get to talk to the REST API with: an event, or a function. */
  credential: 'RestApiSessionAcquired' | 'ssoToken';
  /** Whether logout tells plugins (`UserLogout`), reloads the page, or leaves it for the engine's start page. */
  logout: 'event' | 'reload' | 'leave';
  /**
   * When plugins are initialized: once somebody is known to webadmin, or as soon as they are ready, before anybody is
   * (oVirt: PluginManager.java, which lost its `canInvokePlugins`).
   */
  initializes: 'after login' | 'when ready';
  /** What becomes of a place that is inaccessible: its tab goes, or it stays and leads to the start page. */
  inaccessible: 'hidden' | 'refused';
  /** What a button's function that throws does: it ends the plugin, or is written to the console. */
  throwingButton: 'fails' | 'logged';
}

const always = ['register', 'ready', 'configObject', 'options'];
const since32 = [
  ...['register', 'ready', 'configObject', 'addMainTab', 'addSubTab', 'setTabContentUrl', 'setTabAccessible'],
  ...['addMainTabActionButton', 'showDialog', 'loginUserName', 'loginUserId'],
];
const since33 = [...since32, 'options', 'addSubTabActionButton', 'setDialogContentUrl', 'closeDialog'];
const since36 = [...since33, 'revealPlace', 'setSearchString'];
const since40 = [...since36, 'showAlert', 'ssoToken', 'engineBaseUrl', 'currentLocale'];
const since41 = [...since40, 'rootTag'];
const since43 = [
  ...[...since41, 'addPrimaryMenuPlace', 'addPrimaryMenuContainer', 'addSecondaryMenuPlace', 'addDetailPlace'],
  ...['setPlaceContentUrl', 'setPlaceAccessible', 'setPlaceUnloadHandler', 'addMenuPlaceActionButton'],
  ...['addDetailPlaceActionButton', 'showToast'],
];
const since440 = [...since43, 'currentPlace'];
const since447 = [...since440, 'logger', 'reportFatalError'];

const types32 = ['Cluster', 'DataCenter', 'Disk', 'Host', 'Storage', 'Template', 'VirtualMachine'];
const types33 = [...types32, 'Network', 'Pool', 'GlusterVolume', 'Provider', 'User', 'Quota', 'Event'];
const readOnly = ['loginUserName', 'loginUserId', 'ssoToken', 'engineBaseUrl', 'currentLocale'];

const kind = { initializes: 'after login', inaccessible: 'hidden', throwingButton: 'fails' } as const;
/** Seen in 4.5.7; the sources of 4.2 to 4.4 say the same. */
const unkind = {
  logout: 'leave',
  initializes: 'when ready',
  inaccessible: 'refused',
  throwingButton: 'logged',
} as const;

function three(version: WebadminVersion, functions: string[], vmFields: string[]): Personality {
  const tells = version < '3.5';
  return {
    version,
    context: version < '3.4' ? '/webadmin/webadmin' : '/ovirt-engine/webadmin',
    layout: '3',
    masthead: version === '3.6' ? 'dark' : 'brand',
    functions,
    safeFunctions: always,
    selectionAs: 'arguments',
    vmFields,
    entityTypes: version === '3.2' ? types32 : types33,
    events: [
      ...['RestApiSessionAcquired', tells ? 'UserLogout' : 'SystemTreeSelectionChange'],
      ...(version === '3.2' ? [] : ['MessageReceived']),
    ],
    frameOptions: version >= '3.5',
    etag: version !== '3.2',
    credential: 'RestApiSessionAcquired',
    logout: tells ? 'event' : 'reload',
    ...kind,
  };
}

function four(version: WebadminVersion, functions: string[]): Personality {
  const late = version >= '4.4';
  return {
    version,
    context: '/ovirt-engine/webadmin',
    layout: version < '4.2' ? '3' : '4',
    masthead: 'dark',
    functions,
    safeFunctions: [...always, ...readOnly, 'currentPlace', 'rootTag', 'logger'],
    selectionAs: late ? 'array' : 'arguments',
    vmFields: ['name', 'ipaddress', 'status', ...(late ? ['managed'] : [])],
    entityTypes: version >= '4.3' ? [...types33, 'Errata'] : types33,
    events: [
      'MessageReceived',
      ...(version < '4.2' ? ['SystemTreeSelectionChange'] : []),
      ...(version === '4.0' ? [] : ['TagActivationChange']),
      ...(late ? ['DetailItemSelectionChange'] : []),
    ],
    frameOptions: true,
    etag: true,
    credential: 'ssoToken',
    logout: 'reload',
    ...(version < '4.2' ? kind : unkind),
  };
}

const personalities: Record<WebadminVersion, Personality> = {
  '3.2': three('3.2', since32, ['name']),
  '3.3': three('3.3', since33, ['name', 'ipaddress']),
  '3.4': three('3.4', since33, ['name', 'ipaddress']),
  '3.5': three('3.5', since33, ['name', 'ipaddress']),
  '3.6': three('3.6', since36, ['name', 'ipaddress', 'status']),
  '4.0': four('4.0', since40),
  '4.1': four('4.1', since41),
  '4.2': four('4.2', since41),
  '4.3': four('4.3', since43),
  '4.4': four('4.4', since440),
  '4.5': four('4.5', since447),
};

export function personalityOf(version: WebadminVersion): Personality {
  return personalities[version];
}
