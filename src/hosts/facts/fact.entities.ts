import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database';
import { VALUE_KEY_LENGTH } from './value-key';

/** A fact's name within its origin: Puppet's and Ansible's facts of one host live side by side. */
@Entity('fact_names')
@Index('uq_fact_names_name_origin', ['name', 'origin'], { unique: true })
export class FactName {
  @PrimaryGeneratedColumn() id!: number;
  @TextColumn() name!: string;
  @Column('text') origin!: string;
}

@Entity('fact_values', { withoutRowid: true })
@Index('idx_fact_values_fact_name', ['factNameId', 'number', 'valueKey', 'hostId'])
@Index('idx_fact_values_long', ['factNameId'], { where: `length("value_key") >= ${VALUE_KEY_LENGTH / 2}` })
export class FactValue {
  @PrimaryColumn('integer') hostId!: number;
  @ManyToOne('Host', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'host_id', foreignKeyConstraintName: 'fk_fact_values_host' })
  protected host?: unknown;

  @PrimaryColumn('integer') factNameId!: number;
  @ManyToOne(() => FactName, { nullable: false })
  @JoinColumn({ name: 'fact_name_id', foreignKeyConstraintName: 'fk_fact_values_fact_name' })
  factName?: FactName;

  @TextColumn() value!: string;
  /** The value's beginning (value-key.ts). */
  @TextColumn() valueKey!: string;
  /** The value as a number, where it is one. */
  @Column('double precision', { nullable: true }) number!: number | null;
}

/** What a host last uploaded for one origin; an upload with the same digest changes nothing. */
@Entity('fact_sets')
export class FactSet {
  @PrimaryColumn('integer') hostId!: number;
  @ManyToOne('Host', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'host_id', foreignKeyConstraintName: 'fk_fact_sets_host' })
  protected host?: unknown;

  @PrimaryColumn('text') origin!: string;
  /** SHA-256 of names and values, base64. */
  @Column('text') digest!: string;
  @InstantColumn() changedAt!: Date;
}
