import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../../auth';
import { ComputeResource } from '../../compute-resources';
import { InstantColumn, TextColumn } from '../../database';

/** A VM that was launched here. */
@Entity('machines')
@Index('uq_machines_vm', ['computeResourceId', 'vmId'], { unique: true })
@Index('idx_machines_owner', ['ownerId'])
@Index('idx_machines_access_key', ['accessKeyId'], { where: '"removed_at" IS NULL' })
@Index('idx_machines_created', ['createdAt', 'id'])
@Index('idx_machines_name', ['name'])
@Index('idx_machines_launch', ['launchId'], { unique: true })
@Index('idx_machines_seen', ['computeResourceId', 'stateAt'], { where: '"removed_at" IS NULL' })
@Index('idx_machines_removed', ['removedAt'], { where: '"removed_at" IS NOT NULL' })
export class MachineRow {
  @PrimaryGeneratedColumn() id!: number;
  @Column('integer') computeResourceId!: number;
  @ManyToOne(() => ComputeResource, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'compute_resource_id', foreignKeyConstraintName: 'fk_machines_compute_resource' })
  computeResource?: ComputeResource;
  /** The engine's. */
  @TextColumn() vmId!: string;
  @TextColumn() name!: string;
  /** The engine's word, or `launching`, `removed`. */
  @TextColumn() state!: string;
  @InstantColumn() stateAt!: Date;

  @Column('integer', { nullable: true }) ownerId!: number | null;
  @ManyToOne(() => User, { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'fk_machines_owner' })
  owner?: User | null;
  @TextColumn() ownerLogin!: string;
  @Column('integer', { nullable: true }) accessKeyId!: number | null;

  /** The template's name. */
  @TextColumn() image!: string;
  @Column('text') clusterId!: string;
  @Column('text', { nullable: true }) datacenterId!: string | null;
  @Column('integer') vcpus!: number;
  @Column('integer') memoryMib!: number;
  /** JSON: list of texts. */
  @Column('text') addresses!: string;
  /** What the guest is initialised with, sealed; null where the template decides. */
  @Column('text', { nullable: true }) sealedInitialization!: string | null;
  /** Id of the operation that launched it. */
  @Column('text') launchId!: string;
  /** Id of the newest operation on it. */
  @Column('text') operationId!: string;
  /** Its launch failed, and it is there all the same. */
  @Column('boolean') failed!: boolean;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) removedAt!: Date | null;
}
