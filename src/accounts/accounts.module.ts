import { Module } from '@nestjs/common';
import { Navigation, PagesProtocol } from '../view-kit';
import { AccessKeyAdministration } from './access-key-administration';
import { AccessKeyApiController } from './access-key-api.controller';
import { AccessKeyPagesController } from './access-key-pages.controller';
import { AccessKeyGrounds } from './access-key-grounds';
import { AccessTokenApiController } from './access-token-api.controller';
import { AccessTokenPagesController } from './access-token-pages.controller';
import { AccessTokens } from './access-tokens';
import { AccountController } from './account.controller';
import { AccountStore } from './account.store';
import { AuditsController } from './audits.controller';
import { OwnPassword } from './own-password';
import { RoleAdministration } from './role-administration';
import { RoleApiController } from './role-api.controller';
import { RoleStore } from './role.store';
import { RolesController } from './roles.controller';
import { UserAdministration } from './user-administration';
import { UserApiController } from './user-api.controller';
import { UserDirectory } from './user-directory.read-model';
import { UserRules } from './user-rules';
import { UsersController } from './users.controller';

@Module({
  controllers: [
    UsersController,
    RolesController,
    AccountController,
    AccessTokenPagesController,
    AuditsController,
    UserApiController,
    RoleApiController,
    AccessTokenApiController,
    AccessKeyApiController,
    AccessKeyPagesController,
  ],
  providers: [
    UserDirectory,
    UserAdministration,
    UserRules,
    AccountStore,
    RoleStore,
    RoleAdministration,
    AccessTokens,
    OwnPassword,
    AccessKeyAdministration,
    AccessKeyGrounds,
  ],
})
export class AccountsModule {
  constructor(pages: PagesProtocol, navigation: Navigation) {
    pages.areAt('/access_keys', '/account', '/audits', '/personal_access_tokens', '/roles', '/users');
    navigation.add(
      { label: 'Users', path: '/users', needs: ['view_users'], rank: 80 },
      { label: 'Roles', path: '/roles', needs: ['view_roles'], rank: 81 },
      { label: 'Tokens', path: '/personal_access_tokens', needs: ['create_personal_access_tokens'], rank: 82 },
      { label: 'Access keys', path: '/access_keys', needs: ['manage_access_keys'], rank: 83 },
      { label: 'Audit', path: '/audits', needs: ['view_audit_logs'], rank: 90 },
    );
  }
}
