import { Audit } from './audit.entity';
import { PersonalAccessToken, Session } from './credential.entities';
import { Role, User, UserRole } from './user.entity';

export { ALLOW, Allow, Public, type Requirement } from './allow';
export { AuthModule } from './auth.module';
export { CurrentActor } from './current-actor';
export { LocalAdmin } from './local-admin';

export const AUTH_ENTITIES = [User, Role, UserRole, Session, PersonalAccessToken, Audit];
