import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from './instant-column';

/** Work that all instances on one database share: who is at it, and when it was done. */
@Entity('shared_works')
export class SharedWorkRow {
  @PrimaryColumn('text') name!: string;
  @Column('text', { nullable: true }) owner!: string | null;
  @InstantColumn({ nullable: true }) leaseUntil!: Date | null;
  @InstantColumn({ nullable: true }) doneAt!: Date | null;
}
