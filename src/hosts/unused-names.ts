import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Retention } from '../reports';
import { FactStore } from './facts/fact.store';
import { HostAttributesStore } from './host-attributes.store';

/** Leaves labels and names of facts that no host has any more to the retention. */
@Injectable()
export class UnusedNames implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly attributes: HostAttributesStore,
    private readonly facts: FactStore,
  ) {}

  onModuleInit(): void {
    this.retention.add(...this.attributes.unusedLabels(), this.facts.removeUnusedNames);
  }
}
