export { mustSpeakFor } from './own-host';
export { FactImporter } from './fact-importer';
export { FactsUpload, type FactsOfHost } from './facts-schema';
export { FlatFacts } from './flatten-facts';
export { ReportContent } from './report-content';
export { ReportImporter } from './report-importer';
export { ReportUpload, type ReportOfHost } from './report-schema';
export { IngestModule } from './ingest.module';
