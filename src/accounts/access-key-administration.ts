import { Injectable } from '@nestjs/common';
import { mayOneOf, userIdOf, type Actor } from '../common/actor';
import { allValid } from '../common/all-valid';
import { AppError, invalid } from '../common/app-error';
import { checkLength } from '../common/check-length';
import { Clock } from '../common/clock';
import type { ListRequest, Page } from '../common/paging';
import { UnitOfWork } from '../database';
import {
  AccessKeyStore,
  type AccessKeyDetails,
  type AccessKeyFields,
  type AccessKeyKind,
  type AccessKeyQuota,
  type Author,
  type KeyOwner,
  type NewAccessKey,
} from '../auth';
import { AuditTrail, changesOf } from '../audit';
import { AccessKeyGrounds } from './access-key-grounds';

const MAX_NAME = 254;

/** What is said of a key; absent = as it was. */
export interface AccessKeyChange {
  name?: string;
  readOnly?: boolean;
  /** An instant or a day; null or '' = never. */
  expires?: string | null;
  quota?: Partial<AccessKeyQuota>;
  revoked?: boolean;
  /** Of the same engine user, after it changed there. */
  enginePassword?: string;
}

export interface NewAccessKeyInput extends Omit<AccessKeyChange, 'revoked'> {
  /** Id or name. */
  computeResource: string;
  kind: AccessKeyKind;
  engineUser?: string;
  /** Id or name; '' = all. */
  dataCenter?: string;
  defaultTtlMinutes?: number | null;
}

/** Access keys: one's own, and for administrators of keys everybody's. Keys themselves change none. */
@Injectable()
export class AccessKeyAdministration {
  constructor(
    private readonly store: AccessKeyStore,
    private readonly grounds: AccessKeyGrounds,
    private readonly trail: AuditTrail,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError forbidden, search_syntax */
  async page(actor: Actor, request: ListRequest): Promise<Page<AccessKeyDetails>> {
    const found = await this.store.page(whoseOf(actor), request);
    return { ...found, rows: found.rows.map((key) => this.asOfNow(key)) };
  }

  /** @throws AppError forbidden, not_found; invalid for a name that several keys have */
  async get(actor: Actor, key: string): Promise<AccessKeyDetails> {
    return this.asOfNow(await this.store.get(key, whoseOf(actor)));
  }

  /**
   * @returns the secret, which cannot be shown again
   * @throws AppError invalid, not_found, forbidden, too_many_requests; LoginRefused
   */
  async create(by: Author, input: NewAccessKeyInput): Promise<NewAccessKey> {
    demandPerson(by.actor);
    const fields = this.fieldsOf(input, NOTHING); // before a password goes anywhere
    const { resource, owner, dataCenter } = await this.grounds.of(by, input);
    return this.settled(owner, () =>
      this.work.run(async (tx) => {
        const userId = await owner.account(tx);
        const { defaultTtlMinutes = null } = input;
        const place = { userId, computeResourceId: resource.id, dataCenter, defaultTtlMinutes };
        const made = await this.store.create(tx, fields, place, owner.ground);
        await this.trail.change(by, 'access_key.create', labelOf(made.key), tellOf(made.key), tx);
        return made;
      }),
    );
  }

  /** @throws AppError invalid, not_found, forbidden, too_many_requests; LoginRefused */
  async update(by: Author, key: string, change: AccessKeyChange): Promise<AccessKeyDetails> {
    demandPerson(by.actor);
    const before = await this.get(by.actor, key);
    demandNarrowing(by.actor, before, change);
    if (before.revoked && change.revoked !== true)
      throw invalid('revoked', 'and expired keys are not changed any more');
    const fields = this.fieldsOf(change, before);
    const revoked = before.revoked || change.revoked === true;
    const owner = change.enginePassword ? await this.grounds.again(by, before, change.enginePassword) : null;
    return this.settled(owner, () =>
      this.work.run(async (tx) => {
        if (owner !== null && (await owner.account(tx)) !== before.user.id)
          throw invalid('engine_password', 'is of another user of the engine than the key');
        const after = await this.store.update(tx, before, { ...fields, revoked }, owner?.ground);
        const what = [changesOf(told(before), told(after), SHOWN), ...(owner ? ['engine password'] : [])];
        await this.trail.change(by, 'access_key.update', labelOf(after), what.filter(Boolean).join('; '), tx);
        return after;
      }),
    );
  }

  /** @throws AppError not_found, forbidden; invalid for a name that several keys have */
  async remove(by: Author, key: string): Promise<AccessKeyDetails> {
    demandPerson(by.actor);
    return this.work.run(async (tx) => {
      const found = await this.store.get(key, whoseOf(by.actor), tx);
      await this.store.remove(tx, found);
      await this.trail.change(by, 'access_key.delete', labelOf(found), '', tx);
      return found;
    });
  }

  /** What has expired is revoked, also before anybody tried it. */
  private asOfNow(key: AccessKeyDetails): AccessKeyDetails {
    const hasExpired = key.expiresAt !== null && key.expiresAt <= this.clock.now();
    return hasExpired ? { ...key, revoked: true } : key;
  }

  private async settled<T>(owner: KeyOwner | null, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await owner?.leave();
    }
  }

  private fieldsOf(input: AccessKeyChange, before: AccessKeyFields): AccessKeyFields {
    const checked = allValid({
      name: () => nameOf(input.name ?? before.name),
      expiresAt: () => (input.expires === undefined ? before.expiresAt : this.expiryOf(input.expires)),
    });
    return {
      ...checked,
      readOnly: input.readOnly ?? before.readOnly,
      quota: { ...before.quota, ...input.quota },
    };
  }

  private expiryOf(text: string | null): Date | null {
    if (text === null || text === '') return null;
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) throw invalid('expires_at', 'is not a date');
    if (!(at > this.clock.now())) throw invalid('expires_at', 'is not in the future');
    return at;
  }
}

const NOTHING: AccessKeyFields = {
  name: '',
  readOnly: false,
  expiresAt: null,
  quota: { instances: null, vcpus: null, memoryMib: null },
};
const SHOWN = ['name', 'read_only', 'expires_at', 'quota', 'revoked'] as const;

const told = ({ name, readOnly, expiresAt, quota, revoked }: AccessKeyDetails) => ({
  name,
  read_only: readOnly,
  expires_at: expiresAt?.toISOString() ?? null,
  quota: [quota.instances, quota.vcpus, quota.memoryMib].map((most) => most ?? 'any').join('/'),
  revoked,
});

const labelOf = ({ user, name, accessKeyId }: AccessKeyDetails) => `${user.login}: ${name} (${accessKeyId})`;

const tellOf = ({ kind, computeResource, readOnly }: AccessKeyDetails) =>
  `${kind} for ${computeResource.name}${readOnly ? ', only reads' : ''}`;

/** Null = everybody's. @throws AppError forbidden for certificates and addresses */
function whoseOf(actor: Actor): number | null {
  const own = userIdOf(actor);
  return mayOneOf(actor, ['manage_access_keys']) && actor.engineAccess?.kind !== 'access_key' ? null : own;
}

/** Whose key it is decides what it may; who administers others' keys takes rights, and gives none. */
function demandNarrowing(actor: Actor, { user }: AccessKeyDetails, change: AccessKeyChange): void {
  const { readOnly, expires, quota, enginePassword } = change;
  const isGiven = readOnly === false || [expires, quota, enginePassword].some((each) => each !== undefined);
  if (user.id === actor.userId || actor.admin || !isGiven) return;
  throw new AppError('forbidden', `The key is ${user.login}'s: others revoke it, or make it read only`);
}

/** Who takes a key from somebody must not be able to make others of it. */
function demandPerson({ engineAccess }: Actor): void {
  if (engineAccess?.kind === 'access_key')
    throw new AppError('forbidden', 'Access keys change no access keys: sign in yourself');
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name === '') throw invalid('name', "can't be blank");
  checkLength('name', name, MAX_NAME);
  return name;
}
