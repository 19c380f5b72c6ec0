import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Clock, SystemClock } from '../common/clock';
import { AllowedOrigins } from './origins/allowed-origins';
import { ErrorFilter } from './error.filter';
import { OrderlyStop } from './orderly-stop';
import { Protocols } from './protocol';
import { Urls } from './urls';
import { WEB_CONFIG, type WebConfig } from './web-config';

@Global()
@Module({})
export class WebModule {
  static forRoot(config: WebConfig): DynamicModule {
    return {
      module: WebModule,
      providers: [
        { provide: WEB_CONFIG, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: APP_FILTER, useClass: ErrorFilter },
        AllowedOrigins,
        OrderlyStop,
        Protocols,
        Urls,
      ],
      exports: [WEB_CONFIG, AllowedOrigins, Clock, Protocols, Urls],
    };
  }
}
