import { ConfigReport } from './config-report.entity';
import { ReportText } from './report-text.entity';

export { EVENTFUL } from './config-report.entity';
export { LOG_LEVELS, type LogLine, type Metrics, type NewReport, type Origin } from './report';
export { ReportHistoryReadModel } from './report-history.read-model';
export { reportDetailsJson, reportJson } from './report-json';
export { legacyReportJson } from './report-legacy-json';
export { ReportListReadModel } from './report-list.read-model';
export { ReportReadModel, type ReportDetails } from './report.read-model';
export { hostField } from './report-search.fields';
export { ReportStore } from './report.store';
export { ReportsModule } from './reports.module';
export { Retention } from './retention';

export const REPORT_ENTITIES = [ConfigReport, ReportText];
