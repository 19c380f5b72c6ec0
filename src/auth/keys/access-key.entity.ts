import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { ComputeResource } from '../../compute-resources';
import { InstantColumn, TextColumn } from '../../database';
import { Session } from '../credential.entities';
import { User } from '../user.entity';

/** What a program acts by at one compute resource's engine: by an engine user's password, or by a session while it lives. */
@Entity('access_keys')
@Index('uq_access_keys_access_key_id', ['accessKeyId'], { unique: true })
@Index('idx_access_keys_user', ['userId'])
@Index('idx_access_keys_compute_resource', ['computeResourceId'])
@Index('idx_access_keys_session', ['sessionDigest'])
export class AccessKey {
  @PrimaryGeneratedColumn() id!: number;

  /** Who acts: the account of the engine user. */
  @Column('integer') userId!: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_access_keys_user' })
  user?: User;

  @Column('integer') computeResourceId!: number;
  @ManyToOne(() => ComputeResource, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'compute_resource_id', foreignKeyConstraintName: 'fk_access_keys_compute_resource' })
  computeResource?: ComputeResource;

  @TextColumn() name!: string;
  /** `FO` and 18 letters and digits. */
  @TextColumn() accessKeyId!: string;
  /** Sealed under the secret key, since signatures are checked with it. */
  @Column('text') sealedSecret!: string;
  /** `long_lived` or `temporary`. */
  @TextColumn() kind!: string;

  /** Long-lived: the engine user, the sealed password, and the origin that it was given for. */
  @Column('text', { nullable: true }) engineUser!: string | null;
  @Column('text', { nullable: true }) sealedPassword!: string | null;
  @Column('text', { nullable: true }) engineOrigin!: string | null;
  /** The engine takes the password no more: it is not tried again until there is another. */
  @Column('boolean', { default: false }) passwordRefused!: boolean;

  /** Temporary: the session it stands on, and the digest of the token that is sent with it. */
  @Column('text', { nullable: true }) sessionDigest!: string | null;
  @ManyToOne(() => Session, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({
    name: 'session_digest',
    referencedColumnName: 'tokenDigest',
    foreignKeyConstraintName: 'fk_access_keys_session',
  })
  session?: Session | null;
  @Column('text', { nullable: true }) tokenDigest!: string | null;

  /** The only data center it is for; null = all. */
  @Column('text', { nullable: true }) datacenterId!: string | null;
  @Column('text', { nullable: true }) datacenterName!: string | null;
  @Column('boolean', { default: false }) readOnly!: boolean;
  @InstantColumn({ nullable: true }) expiresAt!: Date | null;
  @Column('integer', { nullable: true }) defaultTtlMinutes!: number | null;
  @Column('integer', { nullable: true }) quotaInstances!: number | null;
  @Column('integer', { nullable: true }) quotaVcpus!: number | null;
  @Column('integer', { nullable: true }) quotaMemoryMib!: number | null;

  @InstantColumn() createdAt!: Date;
  /** To the day. */
  @InstantColumn({ nullable: true }) lastUsedAt!: Date | null;
  @Column('boolean', { default: false }) revoked!: boolean;
}
