import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** A saved search on hosts: its owner's, or everybody's when public (Foreman: bookmark.rb). */
@Entity('bookmarks')
@Index('uq_bookmarks_owner_name', ['ownerId', 'name'], { unique: true })
export class Bookmark {
  @PrimaryGeneratedColumn() id!: number;

  @Column('integer') ownerId!: number;
  @ManyToOne('User', { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'fk_bookmarks_owner' })
  protected owner?: unknown;

  @Column('text') name!: string;
  @Column('text') query!: string;
  @Column('boolean', { default: false }) public!: boolean;
}
