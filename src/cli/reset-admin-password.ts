import { ADMIN_LOGIN, AUTH_ENTITIES, setAdminPassword } from '../auth';
import { AuditTrail } from '../audit';
import { SystemClock } from '../common/clock';
import { COMPUTE_RESOURCE_ENTITIES } from '../compute-resources';
import type { DatabaseConfig } from '../config';
import { Database } from '../database';

/** Gives the local administrator this password, without starting the service. */
export async function resetAdminPassword(config: DatabaseConfig, password: string): Promise<void> {
  const database = await Database.open(config, [...COMPUTE_RESOURCE_ENTITIES, ...AUTH_ENTITIES]);
  try {
    const clock = new SystemClock();
    await setAdminPassword(database.unitOfWork, clock, password);
    const audit = new AuditTrail(database.unitOfWork, clock);
    await audit.record({ actor: 'foreman-ovirt', action: 'user.password', subject: ADMIN_LOGIN, outcome: 'ok' });
  } finally {
    await database.close();
  }
}
