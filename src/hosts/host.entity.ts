import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../database';
import { Architecture, Domain, Environment, Hostgroup, Model, OperatingSystem } from './labels.entity';

const references = (table: string) => ({ name: `${table}_id`, foreignKeyConstraintName: `fk_hosts_${table}` });

/** A machine that Foreman's clients report on. The columns from `lastReportAt` on are its newest report's. */
@Entity('hosts')
@Index('uq_hosts_name', ['name'], { unique: true })
@Index('uq_hosts_certname', ['certname'], { unique: true })
@Index('idx_hosts_uuid', ['uuid'])
@Index('idx_hosts_ip', ['ip'])
@Index('idx_hosts_mac', ['mac'])
@Index('idx_hosts_status', [
  'enabled',
  'staleAt',
  'failed',
  'failedRestarts',
  'applied',
  'restarted',
  'pending',
  'skipped',
])
@Index('idx_hosts_last_report_at', ['lastReportAt'])
@Index('idx_hosts_origin', ['origin'])
@Index('idx_hosts_operating_system', ['operatingSystemId'])
@Index('idx_hosts_architecture', ['architectureId'])
@Index('idx_hosts_model', ['modelId'])
@Index('idx_hosts_domain', ['domainId'])
@Index('idx_hosts_environment', ['environmentId'])
@Index('idx_hosts_hostgroup', ['hostgroupId'])
@Index('idx_hosts_compute_resource', ['computeResourceId'])
@Index('idx_hosts_commented', ['id'], { where: 'comment IS NOT NULL' })
export class Host {
  @PrimaryGeneratedColumn() id!: number;
  /** Lower-case. */
  @TextColumn() name!: string;
  @TextColumn({ nullable: true }) certname!: string | null;
  @Column('boolean', { default: true }) enabled!: boolean;
  @TextColumn({ nullable: true }) comment!: string | null;
  /** The machine's UUID, lower-case with dashes; an oVirt VM's is its id. */
  @TextColumn({ nullable: true }) uuid!: string | null;
  @TextColumn({ nullable: true }) ip!: string | null;
  @TextColumn({ nullable: true }) mac!: string | null;

  @Column('integer', { nullable: true }) operatingSystemId!: number | null;
  @ManyToOne(() => OperatingSystem, { nullable: true })
  @JoinColumn(references('operating_system'))
  operatingSystem?: OperatingSystem | null;

  @Column('integer', { nullable: true }) architectureId!: number | null;
  @ManyToOne(() => Architecture, { nullable: true })
  @JoinColumn(references('architecture'))
  architecture?: Architecture | null;

  @Column('integer', { nullable: true }) modelId!: number | null;
  @ManyToOne(() => Model, { nullable: true })
  @JoinColumn(references('model'))
  model?: Model | null;

  @Column('integer', { nullable: true }) domainId!: number | null;
  @ManyToOne(() => Domain, { nullable: true })
  @JoinColumn(references('domain'))
  domain?: Domain | null;

  @Column('integer', { nullable: true }) environmentId!: number | null;
  @ManyToOne(() => Environment, { nullable: true })
  @JoinColumn(references('environment'))
  environment?: Environment | null;

  @Column('integer', { nullable: true }) hostgroupId!: number | null;
  @ManyToOne(() => Hostgroup, { nullable: true })
  @JoinColumn(references('hostgroup'))
  hostgroup?: Hostgroup | null;

  /** The registered engine this host is a VM of. */
  @Column('integer', { nullable: true }) computeResourceId!: number | null;
  @ManyToOne('ComputeResource', { onDelete: 'SET NULL', nullable: true })
  @JoinColumn(references('compute_resource'))
  protected computeResource?: unknown;

  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;

  @InstantColumn({ nullable: true }) lastReportAt!: Date | null;
  /** Of the newest report: Puppet, Ansible or Unknown. */
  @TextColumn({ nullable: true }) origin!: string | null;
  /** When the host counts as out of sync unless it reports before: last report + its origin's interval + grace. */
  @InstantColumn({ nullable: true }) staleAt!: Date | null;
  @Column('integer', { default: 0 }) applied!: number;
  @Column('integer', { default: 0 }) restarted!: number;
  @Column('integer', { default: 0 }) failed!: number;
  @Column('integer', { default: 0 }) failedRestarts!: number;
  @Column('integer', { default: 0 }) skipped!: number;
  @Column('integer', { default: 0 }) pending!: number;
}
