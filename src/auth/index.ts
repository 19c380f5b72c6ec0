import { Audit } from './audit.entity';
import { PersonalAccessToken, Session } from './credential.entities';
import { Role, User, UserRole } from './user.entity';

export { AdminLayout, type AdminPage } from './admin-layout';
export { ALLOW, Allow, Public, SignedIn, type Requirement } from './allow';
export { AuditTrail, changesOf } from './audit-trail';
export { authorOf, type Author } from './author';
export { AuthModule } from './auth.module';
export { CurrentActor } from './current-actor';
export { EngineDelegation } from './engine-delegation';
export { ADMIN_LOGIN, setAdminPassword } from './local-admin';
export { SessionCookie } from './session-cookie';

export const AUTH_ENTITIES = [User, Role, UserRole, Session, PersonalAccessToken, Audit];
