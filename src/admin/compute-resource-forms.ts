import { Injectable } from '@nestjs/common';
import type { Author } from '../auth';
import { AppError } from '../common/app-error';
import {
  ComputeResourceService,
  ComputeResourceStore,
  EngineFault,
  type ComputeResource,
  type ComputeResourceInput,
} from '../compute-resources';
import type { ProbeFailure } from '../engine';
import type { FormState } from './compute-resource-form.view';
import { wholeInput, type ComputeResourceForm } from './compute-resource-params';
import type { FieldFaults } from '../view-kit';

/** The form of a compute resource: tries and saves what was typed, and says what is wrong with it. */
@Injectable()
export class ComputeResourceForms {
  constructor(
    private readonly service: ComputeResourceService,
    private readonly store: ComputeResourceStore,
  ) {}

  fresh(): FormState {
    return { values: { username: 'admin@internal', engineWrites: true }, faults: {}, probe: null, saving: false };
  }

  /** @throws AppError not_found */
  async edit(key: string): Promise<FormState> {
    const editing = await this.store.get(key);
    return { values: valuesOf(editing), faults: {}, probe: null, editing, saving: false };
  }

  /** What "Test connection" finds, after taking over a recommended address or a confirmed authority. */
  async test(by: Author, form: ComputeResourceForm): Promise<FormState> {
    const editing = form.id === undefined ? undefined : await this.store.get(form.id);
    const values = accepted(form);
    const { outcome, faults, fault } = await attempt(() => this.service.test(by, values, editing?.id));
    return { values, faults, fault, probe: outcome, editing, saving: false };
  }

  /** Saves, or says why not. @throws AppError not_found */
  async save(by: Author, form: ComputeResourceForm, key?: string): Promise<ComputeResource | FormState> {
    const editing = key === undefined ? undefined : await this.store.get(key);
    const values = accepted(form);
    const options = { evenIfFaulty: form.save_anyway === '1' };
    const { outcome, ...refusal } = await attempt(() =>
      editing
        ? this.service.update(by, editing.id, values, options)
        : this.service.create(by, wholeInput(values), options),
    );
    return outcome ?? { values, ...refusal, editing, saving: true };
  }
}

/** Faults in fields and the engine's go back into the form; any other trouble is thrown. */
async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ outcome: T | null; faults: FieldFaults; probe: ProbeFailure | null; fault?: AppError }> {
  try {
    return { outcome: await work(), faults: {}, probe: null };
  } catch (error) {
    if (error instanceof EngineFault) return { outcome: null, faults: {}, probe: error.probe, fault: error };
    if (!(error instanceof AppError) || error.details.fields === undefined) throw error;
    return { outcome: null, faults: error.details.fields, probe: null, fault: error };
  }
}

function accepted({
  compute_resource: typed,
  trust,
  offered_ca: authority,
  use_url: url,
}: ComputeResourceForm): Partial<ComputeResourceInput> {
  return {
    ...typed,
    ...(trust !== undefined && authority !== undefined && { publicKey: authority }),
    ...(url !== undefined && { url }),
  };
}

function valuesOf(resource: ComputeResource): Partial<ComputeResourceInput> {
  const { name, description, url, username, publicKey, datacenterId, datacenterName, addresses } = resource;
  const { insecureTls, engineWrites, serviceAccountActs } = resource;
  return {
    name,
    description,
    url,
    username,
    publicKey: publicKey ?? '',
    datacenter: datacenterId ?? datacenterName ?? '',
    addresses,
    insecureTls,
    engineWrites,
    serviceAccountActs,
  };
}
