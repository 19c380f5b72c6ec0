import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { once } from 'node:events';
import { AppError } from '../common/app-error';
import { MINUTE_MS } from '../common/clock';
import { Database, SharedWorks, UnitOfWork } from '../database';
import { ComputeResourceService } from './compute-resource.service';
import { ComputeResourceStore } from './compute-resource.store';

const ASK_AGAIN_MS = 5 * MINUTE_MS;

/**
 * At start seals passwords under the present secret key, and now and then asks engines that did not answer when they
 * were registered which one they are: two addresses may turn out to be one engine.
 */
@Injectable()
export class EngineUpkeep implements OnApplicationBootstrap {
  private readonly logger = new Logger(EngineUpkeep.name);

  constructor(
    works: SharedWorks,
    private readonly store: ComputeResourceStore,
    private readonly service: ComputeResourceService,
    private readonly database: Database,
    private readonly work: UnitOfWork,
  ) {
    works.add({
      name: 'recognising engines',
      everyMs: ASK_AGAIN_MS,
      work: (signal) => untilStop(signal, this.recogniseNameless()),
      onFailure: (error) => this.logger.warn(error),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const lost = await this.work.run((tx) => this.store.sealAnew(tx));
    for (const name of lost)
      this.logger.error(
        `the password of compute resource ${name} does not open: enter it again, or set SECRET_KEY_PREVIOUS to the key it was sealed with`,
      );
  }

  private async recogniseNameless(): Promise<void> {
    const nameless = await this.database.query<{ id: number }>(
      `SELECT MIN(c.id) AS id FROM compute_resources c JOIN engines e ON e.id = c.engine_id
       WHERE e.instance_id IS NULL GROUP BY c.engine_id`,
    );
    const asked = nameless.map(async ({ id }) => this.service.recognise(await this.store.get(id)));
    for (const outcome of await Promise.allSettled(asked))
      if (outcome.status === 'rejected')
        if (outcome.reason instanceof AppError) this.logger.warn(outcome.reason.message);
        else this.logger.debug(outcome.reason);
  }
}

/** A stop does not wait for engines that are slow to answer: they are asked again at the next start. */
async function untilStop(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const stop = once(signal, 'abort', { signal: done.signal }).catch(() => undefined);
  await Promise.race([work.finally(() => done.abort()), stop]);
}
