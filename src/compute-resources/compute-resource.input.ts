import { AppError, invalid } from '../common/app-error';
import { allValid } from '../common/all-valid';
import { checkLength } from '../common/check-length';
import { EngineError, isEngineId, parseEngineUrl, readCertificates, type DataCenter } from '../engine';
import type { ComputeResource, ForemanAttributes } from './compute-resource.entity';
import type { ComputeResourceFields } from './compute-resource.store';

/** What a person says of a compute resource. Absent on update = as it was. */
export interface ComputeResourceInput {
  name: string;
  description: string;
  url: string;
  username: string;
  /** Absent or '' on update = as it was. */
  password: string;
  /** PEM chain; '' = the system's authorities. */
  publicKey: string;
  /** Id or name; '' = none. */
  datacenter: string;
  /** Further addresses of webadmin: origins, or host names for https. */
  addresses: string[];
  insecureTls: boolean;
  /** Absent for a new one = true. */
  engineWrites?: boolean;
  /** Absent for a new one = false. */
  serviceAccountActs?: boolean;
  attributes?: ForemanAttributes;
}

const MAX_NAME = 255;
const MAX_TEXT = 4_000;
const MAX_ADDRESSES = 50;
const MAX_CA = 200_000;

/**
 * The fields of a compute resource after `input`, the data center apart. A new one needs a password.
 * @throws AppError invalid, naming every field at fault
 */
export function fieldsOf(input: Partial<ComputeResourceInput>, before?: ComputeResource): ComputeResourceFields {
  const { name = before?.name, url = before?.url, username = before?.username, publicKey } = input;
  const { description = before?.description ?? '', addresses = before?.addresses ?? [] } = input;
  const checked = allValid({
    name: () => required('name', name, MAX_NAME),
    url: () => checkedUrl('url', url),
    username: () => required('user', username),
    password: () => (before === undefined ? required('password', input.password) : ''),
    publicKey: () => (publicKey === undefined ? (before?.publicKey ?? null) : checkedCa(publicKey)),
    addresses: () => checkedAddresses(addresses),
    description: () => limited('description', description),
  });
  return {
    name: checked.name,
    description: checked.description,
    url: checked.url,
    username: checked.username,
    publicKey: checked.publicKey,
    datacenterId: before?.datacenterId ?? null,
    datacenterName: before?.datacenterName ?? null,
    addresses: checked.addresses,
    insecureTls: input.insecureTls ?? before?.insecureTls ?? false,
    engineWrites: input.engineWrites ?? before?.engineWrites ?? true,
    serviceAccountActs: input.serviceAccountActs ?? before?.serviceAccountActs ?? false,
    attributes: { ...before?.attributes, ...input.attributes },
  };
}

/**
 * The data center that is meant.
 * @param known the engine's data centers; null when it does not answer, then an id or a name is taken as given
 * @throws AppError invalid when the engine has no such data center
 */
export function datacenterOf(
  text: string,
  known: DataCenter[] | null,
): Pick<ComputeResourceFields, 'datacenterId' | 'datacenterName'> {
  if (text === '') return { datacenterId: null, datacenterName: null };
  if (known === null)
    return isEngineId(text)
      ? { datacenterId: text.toLowerCase(), datacenterName: null }
      : { datacenterId: null, datacenterName: text };
  const found = known.find(({ id, name }) => id === text.toLowerCase() || name === text);
  if (found === undefined) throw invalid('datacenter', 'was not found');
  return { datacenterId: found.id, datacenterName: found.name };
}

/** Scheme, host and port of an engine's address. @throws EngineError invalid_url */
export function webOrigin(url: string): string {
  return parseEngineUrl(url).origin;
}

/** Where webadmin of a compute resource is, the API's origin first. What is no address stays out. */
export function webOrigins({ url, addresses }: Pick<ComputeResource, 'url' | 'addresses'>): string[] {
  return [url, ...addresses].flatMap((address) => {
    try {
      return webOrigin(address);
    } catch {
      return [];
    }
  });
}

function required(field: string, text = '', max = MAX_TEXT): string {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid(field, "can't be blank");
  checkLength(field, trimmed, max);
  return trimmed;
}

function limited(field: string, text: string): string {
  checkLength(field, text, MAX_TEXT);
  return text;
}

function checkedUrl(field: string, text: string | undefined): string {
  const url = withScheme(required(field, text)).replace(/\/+$/, '');
  return asInvalid(field, () => (parseEngineUrl(url), url));
}

/** People type `engine.example.com`. */
const withScheme = (address: string) => (address.includes('://') ? address : `https://${address}`);

function checkedCa(text: string): string | null {
  const pem = text.replace(/^[ \t]+|[ \t\r]+$/gm, '').trim();
  checkLength('public_key', pem, MAX_CA);
  return pem === '' ? null : asInvalid('public_key', () => (readCertificates(pem), `${pem}\n`));
}

function checkedAddresses(addresses: string[]): string[] {
  if (addresses.length > MAX_ADDRESSES) throw invalid('addresses', `are too many (maximum is ${MAX_ADDRESSES})`);
  return addresses.map(checkedAddress);
}

function checkedAddress(address: string): string {
  return asInvalid('addresses', () => webOrigin(withScheme(address.trim())));
}

/** The engine client's complaints about what it was given are the person's who gave it. */
function asInvalid<T>(field: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    throw new AppError('invalid', cause.message, { fields: { [field]: [cause.message] } }, { cause });
  }
}
