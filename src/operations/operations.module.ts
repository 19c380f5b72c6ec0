import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { AppConfig } from '../config';
import { Navigation, PagesProtocol } from '../view-kit';
import { EngineAccess } from './engine-access';
import { IdempotencyStore } from './idempotency.store';
import { OperationApiController } from './operation-api.controller';
import { OperationBeginnings } from './operation-beginnings';
import { DriveParts } from './operation-drive';
import { OperationInputs } from './operation-inputs';
import { OperationKinds } from './operation-kind';
import { OperationListReadModel } from './operation-list.read-model';
import { OPERATION_RETENTION_DAYS, OperationRetention } from './operation-retention';
import { OperationRunner } from './operation-runner';
import { OperationStore } from './operation.store';
import { Operations } from './operations';
import { SignInWakes } from './sign-in-wakes';
import { OperationsController } from './operations.controller';

/** What takes longer than a request: rooms above add their kinds to OperationKinds. */
@Global()
@Module({})
export class OperationsModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/operations');
    navigation.add({ label: 'Operations', path: '/operations', rank: 40 });
  }

  static forRoot({ retentionDays }: AppConfig['operations']): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [OperationApiController, OperationsController],
      providers: [
        { provide: OPERATION_RETENTION_DAYS, useValue: retentionDays },
        DriveParts,
        EngineAccess,
        IdempotencyStore,
        OperationBeginnings,
        OperationInputs,
        OperationKinds,
        OperationListReadModel,
        OperationRetention,
        OperationRunner,
        OperationStore,
        Operations,
        SignInWakes,
      ],
      exports: [OperationKinds, Operations],
    };
  }
}
