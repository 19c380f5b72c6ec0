import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../auth';
import { ComputeResource } from '../compute-resources';
import { InstantColumn, TextColumn } from '../database';
import type { OperationState, WaitingFor } from './operation';

/** The row of an operation; `Operation` says what the columns mean. */
@Entity('operations')
@Index('idx_operations_due', ['dueAt'], { where: '"finished_at" IS NULL' })
@Index('idx_operations_unfinished', ['userId'], { where: '"finished_at" IS NULL' })
@Index('idx_operations_user', ['userId', 'createdAt'])
@Index('idx_operations_created', ['createdAt', 'id'])
@Index('idx_operations_compute_resource', ['computeResourceId'])
@Index('idx_operations_lease_owner', ['leaseOwner'], { where: '"finished_at" IS NULL' })
export class OperationRow {
  @PrimaryColumn('text') id!: string;
  @TextColumn() kind!: string;
  @TextColumn() title!: string;
  @TextColumn() state!: OperationState;
  @Column('text', { nullable: true }) waitingFor!: WaitingFor | null;
  @InstantColumn({ nullable: true }) waitingSince!: Date | null;
  @Column('integer', { nullable: true }) progress!: number | null;

  @Column('text') actsBy!: string;
  @Column('integer', { nullable: true }) userId!: number | null;
  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_operations_user' })
  user?: User | null;
  @Column('integer', { nullable: true }) accessKeyId!: number | null;
  @TextColumn() login!: string;

  @Column('integer', { nullable: true }) computeResourceId!: number | null;
  @ManyToOne(() => ComputeResource, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'compute_resource_id', foreignKeyConstraintName: 'fk_operations_compute_resource' })
  computeResource?: ComputeResource | null;
  @TextColumn({ nullable: true }) computeResourceName!: string | null;

  /** What was asked for, sealed: scripts and environments hold secrets. Null once it is over. */
  @Column('text', { nullable: true }) sealedInput!: string | null;
  @Column('text') memo!: string;
  @Column('text') steps!: string;
  @Column('boolean') undoing!: boolean;
  @Column('boolean') cancelRequested!: boolean;
  @Column('text', { nullable: true }) error!: string | null;
  @Column('text') leftBehind!: string;
  @Column('text', { nullable: true }) result!: string | null;

  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) startedAt!: Date | null;
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
  /** When somebody is to run it next. */
  @InstantColumn() dueAt!: Date;
  /** The instance that runs it, until then. */
  @Column('text', { nullable: true }) leaseOwner!: string | null;
  @InstantColumn({ nullable: true }) leaseUntil!: Date | null;
}

/** A request with an Idempotency-Key, and the operation it began. */
@Entity('idempotency_keys')
@Index('uq_idempotency_keys_request', ['owner', 'method', 'path', 'key'], { unique: true })
@Index('idx_idempotency_keys_operation', ['operationId'])
export class IdempotencyKey {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') owner!: string;
  @Column('text') method!: string;
  @Column('text') path!: string;
  @Column('text') key!: string;
  @Column('text') bodyDigest!: string;
  @Column('text') operationId!: string;
  @ManyToOne(() => OperationRow, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'operation_id', foreignKeyConstraintName: 'fk_idempotency_keys_operation' })
  operation?: OperationRow;
  @InstantColumn() createdAt!: Date;
}
