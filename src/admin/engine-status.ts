import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error';
import { EngineRegistry, type ComputeResource } from '../compute-resources';
import { EngineError } from '../engine';
import type { EngineAnswer } from './compute-resource.views';

const PATIENCE_MS = 5_000;

/** What a registered engine says now, read with its service account. */
@Injectable()
export class EngineStatus {
  constructor(private readonly registry: EngineRegistry) {}

  async of({ id }: ComputeResource): Promise<EngineAnswer> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const reader = await this.registry.accountReader(id);
      const [product, dataCenters] = await Promise.all([
        reader.productInfo({ signal }),
        reader.dataCenters({ signal }),
      ]);
      return { product, dataCenters };
    } catch (error) {
      if (signal.aborted) return { fault: `The engine did not answer within ${PATIENCE_MS / 1000} s` };
      if (error instanceof EngineError || error instanceof AppError) return { fault: error.message };
      throw error;
    }
  }
}
