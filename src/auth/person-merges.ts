import { Injectable } from '@nestjs/common';
import { rowsFromJson, type Transaction } from '../database';

/** Ids of two accounts that turned out to be one person's. */
export interface DoubledPerson {
  gone: number;
  kept: number;
}

/** A room that keeps something of people. */
export interface PersonParticipant {
  /** Its tables that refer to users. */
  tables: readonly string[];
  /** @param doubled never empty; accounts that go are removed after it */
  merge(tx: Transaction, doubled: readonly DoubledPerson[]): Promise<void>;
}

/** Makes one account of two of the same person: rooms above add themselves. */
@Injectable()
export class PersonMerges {
  private readonly participants: PersonParticipant[] = [];

  add(participant: PersonParticipant): void {
    this.participants.push(participant);
  }

  /** Tables whose rows are taken care of. Those of this room go with the account. */
  get tables(): string[] {
    return [
      'user_roles',
      'sessions',
      'personal_access_tokens',
      'access_keys',
      ...this.participants.flatMap(({ tables }) => tables),
    ];
  }

  async merge(tx: Transaction, doubled: readonly DoubledPerson[]): Promise<void> {
    if (doubled.length === 0) return;
    for (const participant of this.participants) await participant.merge(tx, doubled);
    const pairs = rowsFromJson(tx.dialect, ['integer', 'integer']);
    const given = JSON.stringify(doubled.map(({ gone, kept }) => [gone, kept]));
    await tx.execute(
      `UPDATE users SET disabled = ? WHERE id IN (
         SELECT p.c1 FROM (${pairs}) AS p JOIN users o ON o.id = p.c0 WHERE o.disabled = ?)`,
      [true, given, true],
    );
    await tx.execute(`DELETE FROM users WHERE id IN (SELECT p.c0 FROM (${pairs}) AS p)`, [given]);
  }
}
