import { Module } from '@nestjs/common';
import { FactHosts } from './fact-hosts';
import { FactImporter } from './fact-importer';
import { NodeController } from './node.controller';
import { ReportImporter } from './report-importer';
import { UploadsController } from './uploads.controller';

@Module({
  controllers: [UploadsController, NodeController],
  providers: [ReportImporter, FactImporter, FactHosts],
})
export class IngestModule {}
