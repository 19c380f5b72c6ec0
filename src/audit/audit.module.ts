import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { AppConfig } from '../config';
import { AUDIT_RETENTION_DAYS, AuditRetention } from './audit-retention';
import { AuditTrail } from './audit-trail';
import { AuditReadModel } from './audit.read-model';

@Global()
@Module({})
export class AuditModule {
  static forRoot({ retentionDays }: AppConfig['audit']): DynamicModule {
    return {
      module: AuditModule,
      providers: [
        { provide: AUDIT_RETENTION_DAYS, useValue: retentionDays },
        AuditTrail,
        AuditReadModel,
        AuditRetention,
      ],
      exports: [AuditTrail, AuditReadModel],
    };
  }
}
