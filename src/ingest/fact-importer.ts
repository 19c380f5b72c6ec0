import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { AppError } from '../common/app-error';
import { Clock } from '../common/clock';
import { UnitOfWork, type Transaction } from '../database';
import { FactStore, HostAttributesStore, HostStore, hostName, type HostNames } from '../hosts';
import { deriveAttributes } from './derive-attributes';
import type { IncomingFacts } from './facts-schema';
import { flattenFacts } from './flatten-facts';

@Injectable()
export class FactImporter {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hosts: HostStore,
    private readonly facts: FactStore,
    private readonly attributes: HostAttributesStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an upload the host's facts of its origin, and the host what they tell.
   * @returns the host's id
   * @throws AppError forbidden when the actor may not speak for that host; invalid naming the field
   */
  async import(actor: Actor, upload: IncomingFacts): Promise<number> {
    const facts = flattenFacts(upload.tree);
    const names = namesOf(actor, upload, facts.get('clientcert'));
    const now = this.clock.now();
    return this.work.run(async (tx) => {
      const host = await this.hostOf(tx, names, now);
      if (names.certname !== null && host.certname !== names.certname)
        await this.hosts.setCertname(tx, host.id, names.certname);
      const changed = await this.facts.replace(tx, host.id, upload.origin, facts, now);
      if (changed) await this.attributes.set(tx, host.id, deriveAttributes(facts), now);
      return host.id;
    });
  }

  private async hostOf(tx: Transaction, names: HostNames, now: Date) {
    const host = await this.hosts.findOrCreate(tx, names, now);
    if (host === null)
      throw new AppError('invalid', `Host ${names.name} is unknown, and CREATE_HOSTS_ON_UPLOAD is off`, {
        fields: { name: ['is unknown, and CREATE_HOSTS_ON_UPLOAD is off'] },
      });
    return host;
  }
}

/** A caller that speaks for one host only is taken at its certificate's name, whatever the upload says beside it. */
function namesOf(actor: Actor, upload: IncomingFacts, clientcert: string | undefined): HostNames {
  const name = hostName(upload.name, 'name');
  const given = upload.certname ?? clientcert;
  const certname = given === undefined ? null : hostName(given, 'certname');
  if (actor.onlyForHost === undefined) return { name, certname };
  const claimed = certname ?? name;
  if (claimed !== actor.onlyForHost)
    throw new AppError(
      'forbidden',
      `Certificate ${actor.onlyForHost} may upload for its own name only, not for ${claimed}`,
    );
  return { name: claimed, certname: claimed };
}
