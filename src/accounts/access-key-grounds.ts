import { Injectable } from '@nestjs/common';
import { AppError, invalid } from '../common/app-error';
import { named } from '../common/named';
import { ComputeResourceStore, EngineRegistry, heard, type ComputeResource } from '../compute-resources';
import { EngineIdentity } from '../engine';
import { EngineSessions, KeyOwners, type AccessKeyDetails, type Author, type KeyOwner } from '../auth';
import type { NewAccessKeyInput } from './access-key-administration';

/** What a new key stands on: whose it is, and what it is for. */
export interface Ground {
  resource: ComputeResource;
  owner: KeyOwner;
  dataCenter: { id: string; name: string | null } | null;
}

/** Finds out at the engine what keys may stand on. */
@Injectable()
export class AccessKeyGrounds {
  constructor(
    private readonly resources: ComputeResourceStore,
    private readonly engines: EngineRegistry,
    private readonly owners: KeyOwners,
    private readonly sessions: EngineSessions,
  ) {}

  /** The caller of this has the owner leave in the end. @throws AppError as AccessKeyAdministration.create */
  async of(by: Author, input: NewAccessKeyInput): Promise<Ground> {
    const resource = await this.resources.get(input.computeResource);
    const owner =
      input.kind === 'temporary' ? await this.bySession(by, resource) : await this.byPassword(by, resource, input);
    try {
      return { resource, owner, dataCenter: await this.dataCenterOf(resource, owner, input.dataCenter ?? '') };
    } catch (error) {
      await owner.leave();
      throw error;
    }
  }

  /** The same engine user with another password. */
  async again(by: Author, { computeResource, engineUser }: AccessKeyDetails, password: string): Promise<KeyOwner> {
    if (engineUser === null) throw invalid('engine_password', 'is nothing that a temporary key has');
    return this.owners.byPassword(by, await this.resources.get(computeResource.id), engineUser, password);
  }

  private byPassword(by: Author, resource: ComputeResource, { engineUser, enginePassword }: NewAccessKeyInput) {
    if (!engineUser?.trim()) throw invalid('engine_user', "can't be blank");
    if (!enginePassword) throw invalid('engine_password', "can't be blank");
    return this.owners.byPassword(by, resource, engineUser.trim(), enginePassword);
  }

  private async bySession({ actor }: Author, resource: ComputeResource): Promise<KeyOwner> {
    const { engineAccess, userId } = actor;
    const digest = engineAccess?.kind === 'session' ? engineAccess.digest : '';
    const secret = await this.sessions.secretBehind(digest, resource);
    if (secret === null || userId === undefined)
      throw new AppError(
        'forbidden',
        `A temporary key stands on a session of ${resource.name}: sign in there with your engine user and password, or from webadmin`,
        { reason: 'engine_identity_required' },
      );
    return {
      identity: EngineIdentity.session(secret),
      ground: { sessionDigest: digest },
      account: () => Promise.resolve(userId),
      leave: () => Promise.resolve(),
    };
  }

  private async dataCenterOf({ id, name }: ComputeResource, { identity }: KeyOwner, wanted: string) {
    if (wanted === '') return null;
    const engine = await this.engines.engine(id);
    const known = await heard(name, engine.places.dataCenters(identity));
    const dataCenter = named('data_center', wanted, known);
    return { id: dataCenter.id, name: dataCenter.name };
  }
}
