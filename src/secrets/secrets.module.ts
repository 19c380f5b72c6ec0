import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { SecretKeys } from '../config';
import { SecretBox } from './secret-box';

@Global()
@Module({})
export class SecretsModule {
  static forRoot(keys: SecretKeys): DynamicModule {
    return {
      module: SecretsModule,
      providers: [{ provide: SecretBox, useValue: new SecretBox(keys) }],
      exports: [SecretBox],
    };
  }
}
