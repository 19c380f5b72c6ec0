import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/app-error';
import type { Transaction } from '../database';
import { FactStore, HostStatusStore, HostStore, type FoundHost, type HostNames } from '../hosts';
import { ReportStore } from '../reports';

/** Finds out which host facts are of. */
@Injectable()
export class FactHosts {
  private readonly logger = new Logger(FactHosts.name);

  constructor(
    private readonly hosts: HostStore,
    private readonly facts: FactStore,
    private readonly reports: ReportStore,
    private readonly status: HostStatusStore,
  ) {}

  /**
   * The host of these names, made when there is none. Facts that bring a certificate name tell which hosts are one
   * machine, those known by it, from reports, and by its own name: they become one host. One that was called as its
   * certificate gets its own name.
   * @throws AppError invalid when there is none and uploads make none
   */
  async hostOf(tx: Transaction, names: HostNames, now: Date): Promise<FoundHost> {
    const [host, ...others] = await this.hosts.findOrCreate(tx, names, now);
    if (host === undefined)
      throw new AppError('invalid', `Host ${names.name} is unknown, and CREATE_HOSTS_ON_UPLOAD is off`, {
        fields: { name: ['is unknown, and CREATE_HOSTS_ON_UPLOAD is off'] },
      });
    const { certname } = names;
    if (certname === null) return host;
    const same = others.filter((other) => other.certname === null || other.certname === certname);
    for (const other of same) await this.join(tx, other, host);
    const isFree = same.length === others.length;
    const name = host.name === certname && isFree ? names.name : host.name;
    if (name !== host.name || certname !== host.certname) await this.hosts.setNames(tx, host.id, { name, certname });
    return host;
  }

  /** Everything of host `from` becomes host `into`'s; what both have is kept as `into` has it. */
  private async join(tx: Transaction, from: FoundHost, into: FoundHost): Promise<void> {
    await this.reports.move(tx, from.id, into.id);
    await this.facts.move(tx, from.id, into.id);
    await this.hosts.absorb(tx, into.id, from.id);
    await this.status.recompute(tx, into.id);
    tx.afterCommit(() => this.logger.log(`hosts ${into.name} and ${from.name} are one machine and now one host`));
  }
}
