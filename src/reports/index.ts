import { ConfigReport } from './config-report.entity';
import { ReportText } from './report-text.entity';

export { EVENTFUL, type ConfigReport } from './config-report.entity';
export { LOG_LEVELS, type LogLine, type Metrics, type NewReport, type Origin } from './report';
export { ReportHistoryReadModel } from './report-history.read-model';
export { ReportStore, type StoredLine } from './report.store';
export { ReportsModule } from './reports.module';
export { Retention } from './retention';
export { TextStore } from './text.store';

export const REPORT_ENTITIES = [ConfigReport, ReportText];
