import { ConfigReport } from './config-report.entity';
import { ReportText } from './report-text.entity';

export const REPORT_ENTITIES = [ConfigReport, ReportText];
