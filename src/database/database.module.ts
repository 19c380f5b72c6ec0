import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseConfig } from '../config';
import { Database, type EntityClass } from './database';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(config: DatabaseConfig, entities: EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Database, useFactory: () => Database.open(config, entities) },
        { provide: UnitOfWork, useFactory: (database: Database) => database.unitOfWork, inject: [Database] },
      ],
      exports: [Database, UnitOfWork],
    };
  }

  /** Nest calls it after the HTTP server has closed. */
  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}
