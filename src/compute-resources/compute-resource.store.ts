import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AppError, invalid, notFound } from '../common/app-error';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { Database, storable, type RowOf, type Transaction } from '../database';
import type { EngineSettings, ServiceAccount } from '../engine';
import { searchPage } from '../search';
import { SecretBox } from '../secrets';
import { authSourceFields, computeResourceFields } from './compute-resource-search.fields';
import { ComputeResource } from './compute-resource.entity';
import { webOrigins } from './compute-resource.input';

const PURPOSE = 'compute_resource.password';

const LIST = {
  fields: computeResourceFields,
  select: 'SELECT compute_resources.id FROM compute_resources',
  order: 'compute_resources.name, compute_resources.id',
};

/** The id that the local accounts have in lists of what signs people in. */
const LOCAL = 0;
const AUTH_SOURCES = {
  fields: authSourceFields,
  with: `WITH auth_sources AS (SELECT ${LOCAL} AS id, 'Internal' AS name UNION ALL SELECT id, name FROM compute_resources)`,
  select: 'SELECT auth_sources.id FROM auth_sources',
  order: `CASE WHEN auth_sources.id = ${LOCAL} THEN 0 ELSE 1 END, auth_sources.name, auth_sources.id`,
};

/** What a person decides about a compute resource, the password apart. */
export type ComputeResourceFields = Pick<
  ComputeResource,
  | 'name'
  | 'description'
  | 'url'
  | 'username'
  | 'publicKey'
  | 'datacenterId'
  | 'datacenterName'
  | 'addresses'
  | 'insecureTls'
  | 'engineWrites'
  | 'serviceAccountActs'
  | 'attributes'
>;

/** Which engine it is, and who said so. */
type Registered = Pick<ComputeResource, 'engineId' | 'registrarId'>;

/** What a person decides about the oVirt auth source of a compute resource; all of one engine share it. */
export type AuthSourceSettings = Pick<
  ComputeResource,
  'enabled' | 'ontheflyRegister' | 'loginPrefix' | 'acceptReadableUser'
>;

/** Compute resources. Their passwords are sealed at rest and leave this class only as a service account. */
@Injectable()
export class ComputeResourceStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** All, by name. */
  list(): Promise<ComputeResource[]> {
    return this.database.entities((all) => all.find(ComputeResource, { order: { name: 'ASC', id: 'ASC' } }));
  }

  /** All, by name, each with its `engine`. */
  listWithEngines(): Promise<ComputeResource[]> {
    return this.database.entities((all) =>
      all.find(ComputeResource, { relations: { engine: true }, order: { name: 'ASC', id: 'ASC' } }),
    );
  }

  /** Those that are searched for, by name unless ordered. @throws AppError search_syntax */
  async page(request: ListRequest): Promise<Page<ComputeResource>> {
    const found = await searchPage<RowOf<ComputeResource, 'id'>>(this.database, this.clock.now(), LIST, request);
    return { ...found, rows: await this.inOrder(found.rows) };
  }

  /** What signs people in, by name unless ordered; null is the local accounts. @throws AppError search_syntax */
  async authSources(request: ListRequest): Promise<Page<ComputeResource | null>> {
    const found = await searchPage<{ id: number }>(this.database, this.clock.now(), AUTH_SOURCES, request);
    const resources: (ComputeResource | null)[] = await this.inOrder(found.rows);
    const local = found.rows.findIndex(({ id }) => id === LOCAL);
    return { ...found, rows: local < 0 ? resources : resources.toSpliced(local, 0, null) };
  }

  /** @param key row id, `id-name` or name, in this order, as in Foreman @throws AppError not_found */
  async get(key: string | number): Promise<ComputeResource> {
    const found = await this.find(key);
    if (found === null) throw notFound('compute_resource', key);
    return found;
  }

  /** The same; null when there is none. */
  async find(key: string | number): Promise<ComputeResource | null> {
    const text = storable(String(key));
    const id = /^(\d{1,9})(-|$)/.exec(text)?.[1];
    const one = (where: { id: number } | { name: string }) =>
      this.database.entities((all) => all.findOneBy(ComputeResource, where));
    const byId = id === undefined ? null : await one({ id: Number(id) });
    return byId ?? one({ name: text });
  }

  /** @throws AppError invalid when another compute resource has the name */
  async create(tx: Transaction, fields: ComputeResourceFields & Registered, password: string): Promise<{ id: number }> {
    await this.checkName(tx, fields.name, null);
    const now = this.clock.now();
    return tx.manager.save(ComputeResource, {
      ...fields,
      sealedPassword: this.secrets.seal(password, PURPOSE),
      createdAt: now,
      updatedAt: now,
    });
  }

  /** @param password undefined keeps the present one @throws AppError invalid when another has the name */
  async update(
    tx: Transaction,
    id: number,
    fields: ComputeResourceFields & Registered,
    password?: string,
  ): Promise<void> {
    await this.checkName(tx, fields.name, id);
    const secret = password === undefined ? {} : { sealedPassword: this.secrets.seal(password, PURPOSE) };
    await tx.manager.update(ComputeResource, id, { ...fields, ...secret, updatedAt: this.clock.now() });
  }

  /** @throws AppError not_found */
  async reread(tx: Transaction, id: number): Promise<ComputeResource> {
    const found = await tx.manager.findOneBy(ComputeResource, { id });
    if (found === null) throw notFound('compute_resource', id);
    return found;
  }

  async updateAuthSource(tx: Transaction, engineId: number, settings: AuthSourceSettings): Promise<void> {
    await tx.manager.update(ComputeResource, { engineId }, { ...settings, updatedAt: this.clock.now() });
  }

  async remove(tx: Transaction, id: number): Promise<void> {
    await tx.manager.delete(ComputeResource, id);
  }

  /** The user and password the engine is read with. @throws AppError unavailable when the secret key was changed */
  accountOf({ name, username, sealedPassword }: ComputeResource): ServiceAccount {
    try {
      return { user: username, password: this.secrets.open(sealedPassword, PURPOSE).text };
    } catch (cause) {
      throw new AppError(
        'unavailable',
        `The password of compute resource ${name} was sealed with another secret key: enter it again, or set SECRET_KEY_PREVIOUS`,
        {},
        { cause },
      );
    }
  }

  /** Seals the passwords anew that the previous secret key sealed. @returns names of those that no key opens */
  async sealAnew(tx: Transaction): Promise<string[]> {
    const lost: string[] = [];
    for (const { id, name, sealedPassword: sealed } of await tx.manager.find(ComputeResource)) {
      try {
        const sealedPassword = this.secrets.sealAnew(sealed, PURPOSE);
        if (sealedPassword !== null) await tx.manager.update(ComputeResource, id, { sealedPassword });
      } catch {
        lost.push(name);
      }
    }
    return lost;
  }

  /**
   * An address leads to one engine: what people of it send there must not reach another.
   * @throws AppError invalid, naming the field and the compute resource of the other engine
   */
  async checkOrigins(tx: Transaction, { id, engineId, url, addresses }: ComputeResource): Promise<void> {
    const all = await tx.manager.find(ComputeResource, { order: { id: 'ASC' } });
    const others = all.filter((other) => other.id !== id && other.engineId !== engineId);
    for (const [field, own] of Object.entries({ url: webOrigins({ url, addresses: [] }), addresses }))
      for (const origin of own) {
        const holder = others.find((other) => webOrigins(other).includes(origin));
        if (holder !== undefined)
          throw invalid(field, `${origin} is an address of compute resource ${holder.name}, which is another engine`);
      }
  }

  private async inOrder(rows: readonly { id: number }[]): Promise<ComputeResource[]> {
    const resources = await this.database.entities((all) =>
      all.findBy(ComputeResource, { id: In(rows.map(({ id }) => id)) }),
    );
    const byId = new Map(resources.map((resource) => [resource.id, resource]));
    return rows.flatMap(({ id }) => byId.get(id) ?? []);
  }

  private async checkName(tx: Transaction, name: string, ownId: number | null): Promise<void> {
    const [taken] = await tx.query<RowOf<ComputeResource, 'id'>>(
      'SELECT id FROM compute_resources WHERE lower(name) = lower(?) AND id <> ?',
      [name, ownId ?? 0],
    );
    if (taken !== undefined) throw invalid('name', 'has already been taken');
  }
}

/** How the engine of a compute resource is reached. */
export function settingsOf({
  url,
  publicKey,
  insecureTls,
}: Pick<ComputeResource, 'url' | 'publicKey' | 'insecureTls'>): EngineSettings {
  return { url, ...(publicKey !== null && { ca: publicKey }), ...(insecureTls && { insecureOldTls: true }) };
}
