import { invalid } from '../../common/app-error';
import type { Initialization, Payload } from '../../engine';

/** The engine takes so many characters of each file (oVirt: VmPayload.java). */
const MAX_FILE = 8_192;
/** Of all initialisation; a real 4.5.7 takes 64 KiB of script. */
const MAX_SCRIPT = 65_536;
const IGNITION_OS = 'rhcos_x64';

/** What somebody wants the guest to know at its first start. */
export interface GuestWishes {
  hostName?: string;
  sshKeys: readonly string[];
  userData?: string;
}

/** How a VM is given that. */
export interface GuestData {
  /** Null clears the template's, undefined keeps it. */
  initialization: Initialization | null | undefined;
  payload?: Payload;
}

/**
 * Cloud-config joins what the engine itself writes for cloud-init; an Ignition document stands alone where the OS reads one; all
 * else (scripts, MIME, data that nobody knows) goes byte by byte onto a CD-ROM of the same form, since the engine would change it.
 * @param vmId becomes the instance's id there, so that it initialises itself once
 * @throws AppError invalid
 */
export function guestData(
  { hostName, sshKeys, userData = '' }: GuestWishes,
  { os, vmId }: { os: string | null; vmId: string },
): GuestData {
  const keys = sshKeys.length === 0 ? undefined : sshKeys.join('\n');
  if (os === IGNITION_OS) return ignition({ hostName, keys, userData });
  if (userData === '') {
    if (hostName === undefined && keys === undefined) return { initialization: undefined };
    return { initialization: { hostName, authorizedSshKeys: keys } };
  }
  if (userData.length > MAX_SCRIPT) throw invalid('user_data', `is longer than ${MAX_SCRIPT} characters`);
  if (/^#cloud-config\b/.test(userData))
    return { initialization: { hostName, authorizedSshKeys: keys, customScript: withoutHead(userData) } };
  if (userData.length > MAX_FILE)
    throw invalid('user_data', `is no cloud-config, and longer than the ${MAX_FILE} characters that others may have`);
  const metaData = {
    uuid: vmId,
    ...(hostName && { hostname: hostName }),
    ...(keys && { public_keys: keysByName(sshKeys) }),
  };
  return {
    initialization: null,
    payload: {
      volumeId: 'config-2',
      files: [
        { name: 'openstack/latest/user_data', content: userData },
        { name: 'openstack/latest/meta_data.json', content: JSON.stringify(metaData) },
      ],
    },
  };
}

/** The engine puts a host name and keys into a document of its own, which a given one would be mixed up with (oVirt: IgnitionHandler.java). */
function ignition({ hostName, keys, userData }: { hostName?: string; keys?: string; userData: string }): GuestData {
  if (userData === '') {
    if (hostName === undefined && keys === undefined) return { initialization: undefined };
    return { initialization: { hostName, userName: 'core', authorizedSshKeys: keys } };
  }
  if (userData.length > MAX_SCRIPT) throw invalid('user_data', `is longer than ${MAX_SCRIPT} characters`);
  if (!isObject(userData))
    throw invalid('user_data', 'must be an Ignition document in JSON, which this operating system reads');
  if (hostName !== undefined) throw invalid('host_name', 'belongs into the Ignition document, which is given');
  if (keys !== undefined) throw invalid('ssh_keys', 'belong into the Ignition document, which is given');
  return { initialization: { customScript: userData } };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The engine writes its own `#cloud-config`. */
const withoutHead = (text: string) => text.replace(/^#cloud-config[^\n]*\n?/, '');

const keysByName = (keys: readonly string[]) => Object.fromEntries(keys.map((key, n) => [`key-${n}`, key]));
