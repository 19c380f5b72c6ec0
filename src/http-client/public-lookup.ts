import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../common/ip-address';

/** `EADDRNOTALLOWED` */
class AddressNotAllowed extends Error {
  readonly code = 'EADDRNOTALLOWED';
}

/** Resolves as Node.js does, without the addresses that are not public: what connects asks here and nowhere else. */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const addresses = found.filter(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!first) return callback(new AddressNotAllowed(`${hostname} has no public address`), '', 0);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
