export { reportDetailsJson, reportJson } from './report-json';
export { legacyReportJson } from './report-legacy-json';
export { ReportListReadModel } from './report-list.read-model';
export { ReportPagesModule } from './report-pages.module';
export { ReportReadModel } from './report.read-model';
export { ReportRemover } from './report-remover';
