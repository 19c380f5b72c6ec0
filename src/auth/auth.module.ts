import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { AppConfig } from '../config';
import { BodyReader, FramePolicy, JsonpGuard } from '../web';
import { AdminLayout } from './admin-layout';
import { AccessTokenStore } from './access-token.store';
import { AUDIT_RETENTION_DAYS, AuditRetention } from './audit-retention';
import { AuditTrail } from './audit-trail';
import { Authenticator } from './authenticator';
import { BrowserSessions } from './browser-sessions';
import { EngineAccountStore } from './engine-account.store';
import { EngineDelegation } from './engine-delegation';
import { EngineLogin } from './engine-login';
import { ENGINE_OUTAGE_MINUTES, EngineProofs } from './engine-proofs';
import { FailedLogins } from './failed-logins';
import { FailedLoginsGuard } from './failed-logins.guard';
import { FormTokenGuard, OriginGuard } from './forgery.guards';
import { FormTokens } from './form-tokens';
import { INITIAL_ADMIN_PASSWORD, LocalAdmin, type InitialAdminPassword } from './local-admin';
import { LocalCredentials } from './local-credentials';
import { NewSessions } from './new-sessions';
import { PermissionGuard } from './permission.guard';
import { SessionCookie } from './session-cookie';
import { SessionEnd } from './session-end';
import { SessionController } from './session.controller';
import { IDLE_MINUTES, SessionStore } from './session.store';
import { SignIn } from './sign-in';
import { UPLOAD_CONFIG, Uploaders } from './uploaders';
import { UserStore } from './user.store';
import { UsersController } from './users.controller';
import { RolesController } from './roles.controller';
import { AccessTokenPagesController } from './access-token-pages.controller';
import { AccountController } from './account.controller';
import { AuditsController } from './audits.controller';
import { UserApiController } from './user-api.controller';
import { RoleApiController } from './role-api.controller';
import { AccessTokenApiController } from './access-token-api.controller';
import { UserDirectory } from './user-directory.read-model';
import { UserAdministration } from './user-administration';
import { UserRules } from './user-rules';
import { AccountStore } from './account.store';
import { RoleStore } from './role.store';
import { RoleAdministration } from './role-administration';
import { AccessTokens } from './access-tokens';
import { OwnPassword } from './own-password';
import { AuditReadModel } from './audit.read-model';

export interface AuthOptions {
  uploads: AppConfig['uploads'];
  sessions: AppConfig['sessions'];
  audit: AppConfig['audit'];
  initialAdminPassword: InitialAdminPassword;
}

/** In the order in which they run. */
const GUARDS = [FramePolicy, JsonpGuard, PermissionGuard, OriginGuard, FailedLoginsGuard, BodyReader, FormTokenGuard];

@Global()
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      controllers: [
        SessionController,
        UsersController,
        RolesController,
        AccountController,
        AccessTokenPagesController,
        AuditsController,
        UserApiController,
        RoleApiController,
        AccessTokenApiController,
      ],
      providers: [
        { provide: UPLOAD_CONFIG, useValue: options.uploads },
        { provide: IDLE_MINUTES, useValue: options.sessions.idleMinutes },
        { provide: INITIAL_ADMIN_PASSWORD, useValue: options.initialAdminPassword },
        { provide: AUDIT_RETENTION_DAYS, useValue: options.audit.retentionDays },
        { provide: ENGINE_OUTAGE_MINUTES, useValue: options.sessions.engineOutageMinutes },
        ...GUARDS.map((useClass) => ({ provide: APP_GUARD, useClass })),
        Authenticator,
        LocalCredentials,
        Uploaders,
        BrowserSessions,
        EngineProofs,
        SessionCookie,
        SessionEnd,
        EngineLogin,
        EngineAccountStore,
        EngineDelegation,
        NewSessions,
        SignIn,
        FailedLogins,
        FormTokens,
        AdminLayout,
        UserDirectory,
        UserAdministration,
        UserRules,
        AccountStore,
        RoleStore,
        RoleAdministration,
        AccessTokens,
        OwnPassword,
        AuditReadModel,
        AuditTrail,
        AuditRetention,
        UserStore,
        SessionStore,
        AccessTokenStore,
        LocalAdmin,
      ],
      exports: [UserStore, AuditTrail, EngineDelegation, AdminLayout, SessionCookie],
    };
  }
}
