import { PersonalAccessToken, Session } from './credential.entities';
import { AccessKey } from './keys/access-key.entity';
import { Role, User, UserRole } from './user.entity';

export { AccessTokenStore, type AccessTokenDetails, type NewToken } from './access-token.store';
export { AdminLayout, type AdminPage } from './admin-layout';
export { ALLOW, Allow, Public, SignedIn, type Requirement } from './allow';
export { Authenticator, type CredentialCheck } from './authenticator';
export { authorOf, type Author } from './author';
export { AuthModule } from './auth.module';
export { CurrentActor, actorOf } from './current-actor';
export { mayGrant, mayManage } from './engines/delegation';
export type { Caller } from './sessions/browser-sessions';
export {
  EngineIdentities,
  demandInScope,
  type Acting,
  type IdentityRef,
  type KeyScope,
} from './engines/engine-identities';
export { AccessKeyStore, type AccessKeyFields, type AccessKeyGround, type NewAccessKey } from './keys/access-key.store';
export type { AccessKeyDetails, AccessKeyKind, AccessKeyQuota } from './keys/access-key-row';
export { AccessKeys, type LiveAccessKey } from './keys/access-keys';
export { KeyOwners, type KeyOwner } from './keys/key-owners';
export { EngineSessions } from './engines/engine-sessions';
export { hasPrefixOf } from './engines/login-form';
export { FailedLogins } from './failed-logins';
export { ADMIN_LOGIN, setAdminPassword } from './local-admin';
export { LocalCredentials } from './local-credentials';
export { PersonMerges, type DoubledPerson, type PersonParticipant } from './person-merges';
export { hashPassword } from './password';
export { SessionCookie } from './sessions/session-cookie';
export { SessionStore } from './sessions/session.store';
export { User, type Role, type UserRole } from './user.entity';
export { UserStore } from './user.store';

export const AUTH_ENTITIES = [User, Role, UserRole, Session, PersonalAccessToken, AccessKey];
