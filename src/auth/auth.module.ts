import { Global, Module, type DynamicModule } from '@nestjs/common';
import { EnginePeople } from '../compute-resources';
import { PagesProtocol } from '../view-kit';
import { APP_GUARD } from '@nestjs/core';
import type { AppConfig } from '../config';
import { BodyReader, FramePolicy, JsonpGuard, ProofReader } from '../web';
import { AdminLayout } from './admin-layout';
import { AccessTokenStore } from './access-token.store';
import { Authenticator } from './authenticator';
import { BrowserSessions } from './sessions/browser-sessions';
import { SessionUpkeep } from './sessions/session-upkeep';
import { EngineAccountStore } from './engines/engine-account.store';
import { EngineDelegation } from './engines/engine-delegation';
import { EngineLogin } from './engines/engine-login';
import { ENGINE_OUTAGE_MINUTES, EngineProofs } from './engines/engine-proofs';
import { EngineIdentities } from './engines/engine-identities';
import { EnginePeopleStore } from './engines/engine-people.store';
import { EngineSessions } from './engines/engine-sessions';
import { ServiceAccounts } from './engines/service-accounts';
import { AccessKeyCheck } from './keys/access-key.check';
import { AccessKeyStore } from './keys/access-key.store';
import { AccessKeys } from './keys/access-keys';
import { KeyOwners } from './keys/key-owners';
import { PersonMerges } from './person-merges';
import { FailedLogins } from './failed-logins';
import { FailedLoginsGuard } from './failed-logins.guard';
import { FormTokenGuard, OriginGuard } from './forgery.guards';
import { FormTokens } from './form-tokens';
import { INITIAL_ADMIN_PASSWORD, LocalAdmin, type InitialAdminPassword } from './local-admin';
import { LocalCredentials } from './local-credentials';
import { NewSessions } from './sessions/new-sessions';
import { PermissionGuard } from './permission.guard';
import { SessionCookie } from './sessions/session-cookie';
import { SessionEnd } from './sessions/session-end';
import { SessionController } from './session.controller';
import { IDLE_MINUTES, SessionStore } from './sessions/session.store';
import { SignIn } from './sign-in';
import { UPLOAD_CONFIG, Uploaders } from './uploaders/uploaders';
import { UserStore } from './user.store';

export interface AuthOptions {
  uploads: AppConfig['uploads'];
  sessions: AppConfig['sessions'];
  initialAdminPassword: InitialAdminPassword;
}

/** In the order in which they run. */
const GUARDS = [
  FramePolicy,
  JsonpGuard,
  ProofReader,
  PermissionGuard,
  OriginGuard,
  FailedLoginsGuard,
  BodyReader,
  FormTokenGuard,
];

const SESSIONS = [BrowserSessions, NewSessions, SessionCookie, SessionEnd, SessionUpkeep];

@Global()
@Module({})
export class AuthModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/users');
  }

  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      controllers: [SessionController],
      providers: [
        { provide: UPLOAD_CONFIG, useValue: options.uploads },
        { provide: IDLE_MINUTES, useValue: options.sessions.idleMinutes },
        { provide: INITIAL_ADMIN_PASSWORD, useValue: options.initialAdminPassword },
        { provide: ENGINE_OUTAGE_MINUTES, useValue: options.sessions.engineOutageMinutes },
        ...GUARDS,
        ...GUARDS.map((useExisting) => ({ provide: APP_GUARD, useExisting })),
        Authenticator,
        LocalCredentials,
        Uploaders,
        EngineProofs,
        EngineLogin,
        EngineAccountStore,
        EngineDelegation,
        EngineIdentities,
        EngineSessions,
        ServiceAccounts,
        PersonMerges,
        EnginePeopleStore,
        { provide: EnginePeople, useExisting: EnginePeopleStore },
        SignIn,
        FailedLogins,
        FormTokens,
        AdminLayout,
        UserStore,
        ...SESSIONS,
        SessionStore,
        AccessTokenStore,
        AccessKeys,
        AccessKeyCheck,
        AccessKeyStore,
        KeyOwners,
        LocalAdmin,
      ],
      exports: [
        EngineIdentities,
        EnginePeople,
        PersonMerges,
        UserStore,
        SessionStore,
        AccessTokenStore,
        AccessKeys,
        AccessKeyStore,
        EngineSessions,
        KeyOwners,
        LocalCredentials,
        FailedLogins,
        AdminLayout,
        Authenticator,
        SessionCookie,
      ],
    };
  }
}
