import { Global, Module } from '@nestjs/common';
import { ForemanProtocol } from './foreman.protocol';

@Global()
@Module({ providers: [ForemanProtocol], exports: [ForemanProtocol] })
export class ForemanKitModule {}
