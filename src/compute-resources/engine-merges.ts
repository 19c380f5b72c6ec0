import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database';

/** A room that keeps something of engines. */
export interface EngineParticipant {
  /** Its tables that refer to engines. */
  tables: readonly string[];
  /** Two rows turned out to be one engine: what belongs to `from` becomes `into`'s. */
  merge(tx: Transaction, from: number, into: number): Promise<void>;
}

/** Who has a word when two engines turn out to be one: rooms above add themselves. */
@Injectable()
export class EngineMerges {
  private readonly participants: EngineParticipant[] = [];

  add(participant: EngineParticipant): void {
    this.participants.push(participant);
  }

  async merge(tx: Transaction, from: number, into: number): Promise<void> {
    for (const participant of this.participants) await participant.merge(tx, from, into);
  }

  /** Tables whose rows are taken care of. */
  get tables(): string[] {
    return this.participants.flatMap(({ tables }) => tables);
  }
}
