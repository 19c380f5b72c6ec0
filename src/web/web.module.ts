import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { Clock, SystemClock } from '../common/clock';
import { BodyInterceptor } from './body.interceptor';
import { ErrorFilter } from './error.filter';
import { ReplyInterceptor } from './reply';
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
        { provide: APP_INTERCEPTOR, useClass: BodyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: ReplyInterceptor },
        Urls,
      ],
      exports: [WEB_CONFIG, Clock, Urls],
    };
  }
}
