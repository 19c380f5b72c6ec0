import type { Engine } from '../engine';
import { dataCenterPlace, type Place } from '../people/rights';
import { refuse, Refusal } from '../rest/answer';
import { GIB } from '../seeds';
import type { SimStorageDomain } from './data';

export const domainPlace = (domain: SimStorageDomain): Place => [
  { on: 'storage_domain', id: domain.id },
  ...dataCenterPlace(domain.dataCenterId),
];

/** The domain that a body names by id or name. */
export function domainNamed({ data }: Engine, by: { id?: string; name?: string }): SimStorageDomain | undefined {
  return data.storageDomains.find((domain) => (by.id === undefined ? domain.name === by.name : domain.id === by.id));
}

/** As commands word it: those of providers and of dead data centers are `Unknown`. */
const stateOf = ({ status, type }: SimStorageDomain) =>
  type === 'image' ? 'Unknown' : status.charAt(0).toUpperCase() + status.slice(1);

/**
 * @param refused such as `Cannot add Virtual Disk`
 * @throws {Refusal} 409 where nothing can be written now, or the room does not suffice
 */
export function demandRoom(domain: SimStorageDomain, refused: string, bytes: number): void {
  demandActive(domain, refused);
  const available = domain.availableBytes ?? 0;
  if (available >= domain.blockerGib * GIB && available >= bytes) return;
  throw refuse(409, `${refused}. Low disk space on Storage Domain ${domain.name}.`);
}

/** @throws {Refusal} 409 */
export function demandActive(domain: SimStorageDomain, refused: string): void {
  if (domain.type !== 'image' && domain.status === 'active') return;
  throw refuse(409, `${refused}. The relevant Storage Domain's status is ${stateOf(domain)}.`);
}

/** Of a command that does not look whether its domain is there. */
export const nullPointer = (): Refusal =>
  new Refusal(
    500,
    'java.lang.NullPointerException: Cannot invoke "org.ovirt.engine.core.bll.CommandBase.getParameters()" because "commandBase" is null',
  );
