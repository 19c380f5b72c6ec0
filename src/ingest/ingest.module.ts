import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports';
import { FactImporter } from './fact-importer';
import { NodeController } from './node.controller';
import { ReportImporter } from './report-importer';
import { UploadsController } from './uploads.controller';

@Module({
  imports: [ReportsModule],
  controllers: [UploadsController, NodeController],
  providers: [ReportImporter, FactImporter],
})
export class IngestModule {}
