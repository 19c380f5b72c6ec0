import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Permission } from '../common/actor';
import { Engine } from '../compute-resources';
import { InstantColumn } from '../database';

/** A named set of permissions. `builtin` roles are made at start and cannot be deleted. */
@Entity('roles')
@Index('uq_roles_name', ['name'], { unique: true })
export class Role {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') name!: string;
  @Column('text', { default: '' }) description!: string;
  @Column('simple-json') permissions!: Permission[];
  @Column('boolean', { default: false }) builtin!: boolean;
}

/** A person or program that signs in. Accounts with a password are local; the others sign in through an engine. */
@Entity('users')
@Index('idx_users_login', ['login'])
@Index('uq_users_local_login', ['login'], { unique: true, where: '"engine_id" IS NULL' })
@Index('uq_users_engine_user', ['engineId', 'engineUserId'], { unique: true })
export class User {
  @PrimaryGeneratedColumn() id!: number;
  /** Lower-case; unique among local users. */
  @Column('text') login!: string;
  @Column('text', { nullable: true }) firstname!: string | null;
  @Column('text', { nullable: true }) lastname!: string | null;
  @Column('text', { nullable: true }) mail!: string | null;
  @Column('boolean', { default: false }) admin!: boolean;
  @Column('boolean', { default: false }) disabled!: boolean;
  /** argon2id, PHC string; null for users of an oVirt auth source. */
  @Column('text', { nullable: true }) passwordHash!: string | null;
  /** Users of an oVirt auth source: which engine and who there; together they are the account. */
  @Column('integer', { nullable: true }) engineId!: number | null;
  @ManyToOne(() => Engine, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'engine_id', foreignKeyConstraintName: 'fk_users_engine' })
  engine?: Engine | null;
  @Column('text', { nullable: true }) engineUserId!: string | null;

  @InstantColumn({ nullable: true }) lastLoginAt!: Date | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
}

@Entity('user_roles')
@Index('idx_user_roles_role', ['roleId'])
export class UserRole {
  @PrimaryColumn('integer') userId!: number;
  @ManyToOne(() => User, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_user_roles_user' })
  user?: User;

  @PrimaryColumn('integer') roleId!: number;
  @ManyToOne(() => Role, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'role_id', foreignKeyConstraintName: 'fk_user_roles_role' })
  role?: Role;
}
