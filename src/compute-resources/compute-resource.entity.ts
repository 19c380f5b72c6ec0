import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database';

/**
 * One installation of oVirt. Compute resources whose engines have the same instance id are one engine: one proof of
 * who owns a session, one account per person, one set of connections.
 */
@Entity('engines')
@Index('uq_engines_instance_id', ['instanceId'], { unique: true })
export class Engine {
  @PrimaryGeneratedColumn() id!: number;
  /** `product_info.instance_id`; null for engines that have none or have not told it yet. */
  @Column('text', { nullable: true }) instanceId!: string | null;
  /** Where it was first registered: for who reads the database. Where it is now, its compute resources say. */
  @Column('text') origin!: string;
  @InstantColumn() createdAt!: Date;
}

/** Foreman's names and words (Foreman: model/ovirt.rb); absent = as Foreman has it unless told. */
export interface ForemanAttributes {
  display_type?: string;
  keyboard_layout?: string;
  /** Id or name. */
  ovirt_quota?: string;
}

/** A registered engine's data center (Foreman: compute_resource.rb), and the oVirt auth source that comes with it. */
@Entity('compute_resources')
@Index('uq_compute_resources_name', ['name'], { unique: true })
@Index('idx_compute_resources_engine', ['engineId'])
@Index('idx_compute_resources_registrar', ['registrarId'])
export class ComputeResource {
  @PrimaryGeneratedColumn() id!: number;

  @Column('integer') engineId!: number;
  @ManyToOne(() => Engine, { nullable: false })
  @JoinColumn({ name: 'engine_id', foreignKeyConstraintName: 'fk_compute_resources_engine' })
  engine?: Engine;

  /** The user who said which server its API is; null when that was before we noted it, or the account is gone. */
  @Column('integer', { nullable: true }) registrarId!: number | null;
  @ManyToOne('User', { onDelete: 'SET NULL', nullable: true })
  @JoinColumn({ name: 'registrar_id', foreignKeyConstraintName: 'fk_compute_resources_registrar' })
  protected registrar?: unknown;

  @TextColumn() name!: string;
  @Column('text', { default: '' }) description!: string;
  /** The engine's API, e.g. https://engine.example.com/ovirt-engine/api */
  @Column('text') url!: string;
  /** The service account, user@profile. */
  @Column('text') username!: string;
  /** Its password, sealed under the secret key. */
  @Column('text') sealedPassword!: string;
  /** CA chain, PEM; null = the system's store. */
  @Column('text', { nullable: true }) publicKey!: string | null;
  @Column('text', { nullable: true }) datacenterId!: string | null;
  @Column('text', { nullable: true }) datacenterName!: string | null;
  /** Further origins under which webadmin is reached. */
  @Column('simple-json', { default: '[]' }) addresses!: string[];
  /** TLS as old engines speak it (SHA-1, 1024 bit, TLS 1.0). */
  @Column('boolean', { default: false }) insecureTls!: boolean;

  /** What Foreman's clients set for consoles and quotas; nothing here uses it. */
  @Column('simple-json', { default: '{}' }) attributes!: ForemanAttributes;

  /** Whether anything may be changed in the engine through it. */
  @Column('boolean', { default: false }) engineWrites!: boolean;
  /** Whether local administrators, whom the engine does not know, act there as `username`. */
  @Column('boolean', { default: false }) serviceAccountActs!: boolean;

  /** Auth source: whether it signs anyone in. */
  @Column('boolean', { default: true }) enabled!: boolean;
  /** Auth source: whether a first login makes the user. */
  @Column('boolean', { default: true }) ontheflyRegister!: boolean;
  /** Auth source: what the UI plugin puts before the login. */
  @Column('text', { default: 'ovirt_' }) loginPrefix!: string;
  /** Auth source: on engines without proof of ownership, take "the session can read the claimed user" for it. */
  @Column('boolean', { default: false }) acceptReadableUser!: boolean;

  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
}

/** A VM's last known state, for when its engine does not answer. */
@Entity('virtual_machines')
@Index('idx_virtual_machines_vm_id', ['vmId'])
export class VirtualMachineSnapshot {
  @PrimaryColumn('integer') computeResourceId!: number;
  @ManyToOne(() => ComputeResource, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'compute_resource_id', foreignKeyConstraintName: 'fk_virtual_machines_compute_resource' })
  computeResource?: ComputeResource;

  @TextColumn({ primary: true }) vmId!: string;
  @TextColumn({ nullable: true }) name!: string | null;
  @TextColumn({ nullable: true }) status!: string | null;
  @Column('integer', { nullable: true }) vcpus!: number | null;
  @Column('bigint', { nullable: true }) memoryBytes!: number | null;
  /** JSON of the VM as src/engine reads it. */
  @Column('text') snapshot!: string;
  @InstantColumn() seenAt!: Date;
}

/** A password that was sent to an engine lately, and was wrong or is not answered yet. */
@Entity('engine_password_attempts')
@Index('idx_engine_password_attempts_account', ['engineId', 'account', 'at'])
@Index('idx_engine_password_attempts_at', ['at'])
export class PasswordAttempt {
  @PrimaryGeneratedColumn() id!: number;
  @Column('integer') engineId!: number;
  @ManyToOne(() => Engine, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'engine_id', foreignKeyConstraintName: 'fk_engine_password_attempts_engine' })
  engine?: Engine;
  /** Of the engine, in the form in which directories tell accounts apart. */
  @Column('text') account!: string;
  @InstantColumn() at!: Date;
  @Column('boolean', { default: false }) wrong!: boolean;
}
