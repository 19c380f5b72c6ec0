import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database';
import type { Origin } from './report';

/** SQL condition of a report in which something happened; the partial index for latest events repeats it literally. */
export const EVENTFUL =
  '("applied" > 0 OR "restarted" > 0 OR "failed" > 0 OR "failed_restarts" > 0 OR "skipped" > 0 OR "pending" > 0)';

@Entity('config_reports')
@Index('uq_config_reports_host_time_origin', ['hostId', 'reportedAt', 'origin'], { unique: true })
@Index('idx_config_reports_reported_at', ['reportedAt'])
@Index('idx_config_reports_eventful', ['reportedAt'], { where: EVENTFUL })
export class ConfigReport {
  @PrimaryGeneratedColumn() id!: number;

  @Column('integer') hostId!: number;
  @ManyToOne('Host', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'host_id', foreignKeyConstraintName: 'fk_config_reports_host' })
  protected host?: unknown;

  @TextColumn() origin!: Origin;
  @InstantColumn() reportedAt!: Date;
  @Column('integer') applied!: number;
  @Column('integer') restarted!: number;
  @Column('integer') failed!: number;
  @Column('integer') failedRestarts!: number;
  @Column('integer') skipped!: number;
  @Column('integer') pending!: number;
  /** Seconds in all, configuration retrieval included. */
  @Column('double precision') runtime!: number;
  /** Seconds. */
  @Column('double precision') configRetrieval!: number;
  /** JSON: metric group → name → number, as sent. */
  @Column('text') metrics!: string;
  /** JSON: [level index, source text id, message text id] a line, in the order sent. */
  @Column('text') logs!: string;
  @InstantColumn() createdAt!: Date;
}
