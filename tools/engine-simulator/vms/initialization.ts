import { wireOf, type WireObject } from '../rest/encode';
import type { Initialization, VmConfiguration } from './data';

/** What the engine tells of a VM's initialization: never the password. */
export function initializationOf(given: Initialization | undefined): WireObject | undefined {
  if (!given) return undefined;
  const shown = Object.entries(given).filter(([name]) => name !== 'root_password');
  return { regenerate_ssh_keys: false, nic_configurations: {}, ...wireOf(Object.fromEntries(shown)) };
}

/**
 * What a configuration becomes on its way through the engine's OVF, which next runs and clones of snapshots take: every
 * newline of script and keys is `&#10;`, every typed `\n` a newline, user and password are lost (oVirt: OvfReader.java).
 */
export function throughOvf<T extends VmConfiguration>(configuration: T): T {
  const { initialization } = configuration;
  if (!initialization) return configuration;
  const ruined = Object.entries(initialization)
    .filter(([name]) => name !== 'user_name' && name !== 'root_password')
    .map(([name, value]) => [name, isText(name, value) ? ruin(value) : value]);
  return { ...configuration, initialization: Object.fromEntries(ruined) as Initialization };
}

const isText = (name: string, value: unknown): value is string =>
  typeof value === 'string' && (name === 'custom_script' || name === 'authorized_ssh_keys');

const ruin = (text: string) => text.replaceAll('\n', '&#10;').replaceAll(String.raw`\n`, '\n');
