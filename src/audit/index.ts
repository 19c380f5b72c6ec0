import { Audit } from './audit.entity';

export { AuditModule } from './audit.module';
export { AuditReadModel, SEARCHED_ENTRIES, type AuditRow } from './audit.read-model';
export { AuditTrail, auditSource, changesOf, type AuditAuthor, type AuditSource } from './audit-trail';
export { RecentCounts } from './recent-counts';

export const AUDIT_ENTITIES = [Audit];
