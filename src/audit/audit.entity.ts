import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn } from '../database';

/** One entry of the audit trail: a login, a refusal with its reason, an administrative change. */
@Entity('audits')
@Index('idx_audits_at', ['at'])
export class Audit {
  @PrimaryGeneratedColumn() id!: number;
  @InstantColumn() at!: Date;
  /** Login, certificate name or address. */
  @Column('text') actor!: string;
  /** E.g. "login", "compute_resource.update". */
  @Column('text') action!: string;
  /** What it was done to. */
  @Column('text', { default: '' }) subject!: string;
  @Column('text') outcome!: 'ok' | 'refused';
  /** Why it was refused. */
  @Column('text', { default: '' }) reason!: string;
  @Column('text', { default: '' }) address!: string;
  @Column('text', { default: '' }) requestId!: string;
}
