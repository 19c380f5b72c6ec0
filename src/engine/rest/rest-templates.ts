import { z } from 'zod';
import type { EngineCalls } from '../engine-calls';
import type { CallOptions } from '../engine-client';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type {
  EngineIdentity,
  EngineTemplate,
  EngineTemplates,
  ListOptions,
  NewNic,
  NewTemplate,
  Started,
  TemplateChange,
  WriteOptions,
} from '../ports';
import { allNamed, DEFAULT_LIMIT, firstByName } from './paged';
import * as wire from './templates.wire';
import { memoryLimits, newNicBody, referenceTo } from './vm-body';
import { memoryPolicy } from './vms.wire';

/** Lists carry whole scripts, as those of VMs do; yet few templates have one, so that all of them are asked for first. */
const SMALL_PAGE = 50;
const LARGE_ANSWER = 32 * 1024 * 1024;

export class RestTemplates implements EngineTemplates {
  private readonly calls: EngineCalls;
  private readonly early: EngineCalls;

  constructor(calls: EngineCalls) {
    this.calls = calls.since('4.2', 'Changes of templates');
    this.early = calls.since('3.4', 'Templates');
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineTemplate | null> {
    return this.early.find(as, pathOf(id), wire.template, options);
  }

  async list(as: EngineIdentity, options?: ListOptions): Promise<EngineTemplate[]> {
    const list = { path: '/templates', schema: wire.templates };
    const all = { ...list, pageSize: options?.limit ?? DEFAULT_LIMIT, maxAnswerBytes: LARGE_ANSWER };
    try {
      return await firstByName(this.early, as, all, options);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'too_large') throw error;
      return firstByName(this.early, as, { ...list, pageSize: SMALL_PAGE }, options);
    }
  }

  async byName(as: EngineIdentity, name: string, options?: CallOptions): Promise<EngineTemplate[]> {
    const list = { path: '/templates', schema: wire.templates, maxAnswerBytes: LARGE_ANSWER };
    return allNamed(this.early, as, list, { ...options, name });
  }

  async create(as: EngineIdentity, template: NewTemplate, options: WriteOptions): Promise<EngineTemplate> {
    const body = {
      name: template.name,
      description: template.description,
      vm: referenceTo(template.vmId),
      cluster: referenceTo(template.clusterId),
      storage_domain: referenceTo(template.storageDomainId),
      initialization: {}, // else every VM of it would run the old one's script again
    };
    return this.calls.post(as, '/templates', body, wire.template, options);
  }

  async update(as: EngineIdentity, id: string, change: TemplateChange, options: WriteOptions): Promise<EngineTemplate> {
    const { name, description, os, memoryBytes } = change;
    const limits =
      memoryBytes === undefined
        ? {}
        : memoryLimits(memoryBytes, await this.calls.get(as, pathOf(id), memoryPolicy, options));
    const body = { name, description, os: os === undefined ? undefined : { type: os }, memory: memoryBytes, ...limits };
    return this.calls.put(as, pathOf(id), body, wire.template, options);
  }

  async addNic(as: EngineIdentity, id: string, nic: NewNic, options: WriteOptions): Promise<void> {
    await this.calls.post(as, `${pathOf(id)}/nics`, newNicBody(nic), z.unknown(), options);
  }

  async remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<Started> {
    return this.calls.delete(as, pathOf(id), options);
  }
}

const pathOf = (id: string) => `/templates/${checkId(id)}`;
