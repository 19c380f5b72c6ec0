import { PersonalAccessToken, Session } from './credential.entities';
import { Role, User, UserRole } from './user.entity';

export const AUTH_ENTITIES = [User, Role, UserRole, Session, PersonalAccessToken];
