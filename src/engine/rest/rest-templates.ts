import type { EngineCalls } from '../engine-calls';
import type { EngineIdentity, EngineTemplate, EngineTemplates, ListOptions } from '../ports';
import * as wire from './templates.wire';

export class RestTemplates implements Pick<EngineTemplates, 'list'> {
  constructor(private readonly calls: EngineCalls) {}

  async list(as: EngineIdentity, { limit = 100, ...options }: ListOptions = {}): Promise<EngineTemplate[]> {
    return this.calls.get(as, `/templates;max=${limit}`, wire.templates, options);
  }
}
