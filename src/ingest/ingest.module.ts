import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { UploadLimits } from '../config';
import { FactHosts } from './fact-hosts';
import { FactImporter } from './fact-importer';
import { ReportImporter } from './report-importer';
import { UPLOAD_LIMITS } from './upload-limits';

@Global()
@Module({})
export class IngestModule {
  static forRoot(limits: UploadLimits): DynamicModule {
    return {
      module: IngestModule,
      providers: [{ provide: UPLOAD_LIMITS, useValue: limits }, ReportImporter, FactImporter, FactHosts],
      exports: [ReportImporter, FactImporter, UPLOAD_LIMITS],
    };
  }
}
