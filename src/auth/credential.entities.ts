import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { Engine } from '../compute-resources';
import { InstantColumn } from '../database';
import { User } from './user.entity';

/** A sign-in of a browser. The cookie holds a random token; only its SHA-256 is stored. */
@Entity('sessions')
@Index('idx_sessions_engine', ['engineId'])
@Index('idx_sessions_user', ['userId'])
@Index('idx_sessions_expires_at', ['expiresAt'])
export class Session {
  @PrimaryColumn('text') tokenDigest!: string;

  @Column('integer') userId!: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_sessions_user' })
  user?: User;

  @InstantColumn() createdAt!: Date;
  @InstantColumn() expiresAt!: Date;

  /** Sessions by an engine session: whose, its sealed secret, and when it was last proved to live. */
  @Column('integer', { nullable: true }) engineId!: number | null;
  @ManyToOne(() => Engine, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'engine_id', foreignKeyConstraintName: 'fk_sessions_engine' })
  engine?: Engine | null;
  @Column('text', { nullable: true }) sealedSecret!: string | null;
  @InstantColumn({ nullable: true }) provedAt!: Date | null;
  /** Whether we opened the engine session, by password, and so end it. */
  @Column('boolean', { default: false }) openedHere!: boolean;
}

/** A bearer token of a user, for scripts and uploads. Shown once; only its SHA-256 is stored. */
@Entity('personal_access_tokens')
@Index('uq_personal_access_tokens_digest', ['tokenDigest'], { unique: true })
@Index('idx_personal_access_tokens_user', ['userId'])
export class PersonalAccessToken {
  @PrimaryGeneratedColumn() id!: number;

  @Column('integer') userId!: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_personal_access_tokens_user' })
  user?: User;

  @Column('text') name!: string;
  @Column('text') tokenDigest!: string;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) expiresAt!: Date | null;
  @InstantColumn({ nullable: true }) lastUsedAt!: Date | null;
  @Column('boolean', { default: false }) revoked!: boolean;
}
