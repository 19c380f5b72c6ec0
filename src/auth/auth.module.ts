import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { AppConfig } from '../config';
import { BodyReader } from '../web';
import { AccessTokenStore } from './access-token.store';
import { Authenticator, UPLOAD_CONFIG } from './authenticator';
import { INITIAL_ADMIN_PASSWORD, LocalAdmin, type InitialAdminPassword } from './local-admin';
import { PermissionGuard } from './permission.guard';
import { SessionController } from './session.controller';
import { IDLE_MINUTES, SessionStore } from './session.store';
import { UserStore } from './user.store';

export interface AuthOptions {
  uploads: AppConfig['uploads'];
  sessions: AppConfig['sessions'];
  initialAdminPassword: InitialAdminPassword;
}

@Global()
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    return {
      module: AuthModule,
      controllers: [SessionController],
      providers: [
        { provide: UPLOAD_CONFIG, useValue: options.uploads },
        { provide: IDLE_MINUTES, useValue: options.sessions.idleMinutes },
        { provide: INITIAL_ADMIN_PASSWORD, useValue: options.initialAdminPassword },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_GUARD, useClass: BodyReader },
        Authenticator,
        UserStore,
        SessionStore,
        AccessTokenStore,
        LocalAdmin,
      ],
      exports: [UserStore, SessionStore, LocalAdmin],
    };
  }
}
