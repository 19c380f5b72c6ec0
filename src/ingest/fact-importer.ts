import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor';
import { Clock } from '../common/clock';
import { UnitOfWork } from '../database';
import { FactStore, HostAttributesStore, hostName, type HostNames } from '../hosts';
import { deriveAttributes } from './derive-attributes';
import { FactHosts } from './fact-hosts';
import type { FactsOfHost } from './facts-schema';
import { mustSpeakFor } from './own-host';

@Injectable()
export class FactImporter {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hosts: FactHosts,
    private readonly facts: FactStore,
    private readonly attributes: HostAttributesStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an upload the host's facts of its origin, and the host what they tell.
   * @returns the host's id
   * @throws AppError forbidden when the actor may not speak for that host; invalid naming the field
   */
  async import(actor: Actor, upload: FactsOfHost): Promise<number> {
    const { facts, origin } = upload;
    const names = namesOf(actor, upload, facts.get('clientcert'));
    const now = this.clock.now();
    return this.work.run(async (tx) => {
      const host = await this.hosts.hostOf(tx, names, now);
      const changed = await this.facts.replace(tx, host.id, origin, facts, now);
      if (changed) await this.attributes.set(tx, host.id, deriveAttributes(facts), now);
      return host.id;
    });
  }
}

/** A caller that speaks for one host only is taken at its certificate's name, whatever the upload says beside it. */
function namesOf(actor: Actor, upload: FactsOfHost, clientcert: string | undefined): HostNames {
  const name = hostName(upload.name, 'name');
  const given = upload.certname ?? clientcert;
  const certname = given === undefined ? null : hostName(given, 'certname');
  if (actor.onlyForHost === undefined) return { name, certname };
  const claimed = certname ?? name;
  mustSpeakFor(actor, claimed);
  return { name: claimed, certname: claimed };
}
