import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseConfig } from '../config';
import { Database } from './database';
import type { DatabaseLimits, EntityClass } from './database-parts';
import { SharedWorks } from './shared-works';
import { Signals } from './signals';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(config: DatabaseConfig, entities: EntityClass[], limits: DatabaseLimits): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Database, useFactory: () => Database.open(config, entities, limits) },
        { provide: UnitOfWork, useFactory: (database: Database) => database.unitOfWork, inject: [Database] },
        { provide: Signals, useFactory: () => new Signals(config) },
        SharedWorks,
      ],
      exports: [Database, UnitOfWork, Signals, SharedWorks],
    };
  }

  /** Nest calls it after the HTTP server has closed. */
  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}
