import { Module, type DynamicModule } from '@nestjs/common';
import type { UploadLimits } from '../config';
import { FactHosts } from './fact-hosts';
import { FactImporter } from './fact-importer';
import { NodeController } from './node.controller';
import { ReportImporter } from './report-importer';
import { UPLOAD_LIMITS } from './upload-limits';
import { UploadsController } from './uploads.controller';

@Module({})
export class IngestModule {
  static forRoot(limits: UploadLimits): DynamicModule {
    return {
      module: IngestModule,
      controllers: [UploadsController, NodeController],
      providers: [{ provide: UPLOAD_LIMITS, useValue: limits }, ReportImporter, FactImporter, FactHosts],
    };
  }
}
