import { Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { LegacyController } from './legacy.controller';

/** Foreman 1.1's addresses. `/hosts/:id` would swallow every `/hosts/<word>` that comes after it: this module comes last. */
@Module({ controllers: [LegacyController] })
export class LegacyModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/hosts', '/fact_values', '/reports');
  }
}
