import type { NamedEntity } from '../../shared/src/selection';
import type { Session } from '../../shared/src/session';
import { chooseHost, readHosts, searchFor } from './host-search';

const keepMs = 30_000;

/** Finds the host behind a VM, and remembers for 30 s what the service answered; failures are not remembered. */
export class HostLookup {
  private readonly found = new Map<string, { host: string | undefined; until: number }>();

  constructor(private readonly session: Pick<Session, 'getJson'>) {}

  /** @returns the host's name, `undefined` when the VM is no host */
  async hostOf(vm: NamedEntity, signal: AbortSignal): Promise<string | undefined> {
    const search = searchFor(vm);
    if (!search) return undefined;
    const known = this.found.get(search);
    if (known && known.until > Date.now()) return known.host;

    const path = `/hosts?search=${encodeURIComponent(search)}&format=json`;
    const host = chooseHost(vm, readHosts(await this.session.getJson(path, signal)));
    this.found.set(search, { host, until: Date.now() + keepMs });
    return host;
  }

  forget(): void {
    this.found.clear();
  }
}
