import type { Settings } from './settings';

/** Where the service is, and how people are called there; all URLs absolute. */
export interface ServiceAddress {
  /** Without a trailing slash. */
  url: string;
  loginUrl: string;
  logoutUrl: string;
  /** What the engine's user name is prefixed with to give the login. */
  userNamePrefix: string;
}

type ServiceKey = 'url' | 'loginUrl' | 'logoutUrl' | 'ovirtUserNamePrefix';

/** Reads the settings that every plugin has, by the keys of the first Foreman UI plugin. */
export function readServiceAddress(settings: Settings<ServiceKey>): ServiceAddress {
  const url = settings.address('url', `${settings.origin}/foreman`);
  return {
    url,
    loginUrl: settings.address('loginUrl', `${url}/users/login`),
    logoutUrl: settings.address('logoutUrl', `${url}/users/logout`),
    userNamePrefix: settings.text('ovirtUserNamePrefix') ?? 'ovirt_',
  };
}
