import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Retention } from '../reports';
import { HostAttributesStore } from './host-attributes.store';

/** Leaves labels that no host has any more to the retention. */
@Injectable()
export class UnusedLabels implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly attributes: HostAttributesStore,
  ) {}

  onModuleInit(): void {
    this.retention.add(...this.attributes.unusedLabels());
  }
}
