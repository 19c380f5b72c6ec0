import { Module } from '@nestjs/common';
import { DashboardController } from './dashboard.controller';
import { DashboardReadModel } from './dashboard.read-model';

@Module({ controllers: [DashboardController], providers: [DashboardReadModel] })
export class DashboardModule {}
