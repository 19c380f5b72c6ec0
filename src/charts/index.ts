export { distributionChart, statusChart } from './dashboard-charts';
export { resourcesChart, runtimeChart } from './history-charts';
export { historyTable, type HistoryTableRow } from './history-tables';
export { PALETTE } from './palette';
export type { HistoryBucket, HistoryValues, ReportHistory } from './report-history';
