import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn } from '../database';

/** A log line's source or message, stored once however many reports repeat it. */
@Entity('report_texts')
@Index('uq_report_texts_digest', ['digest'], { unique: true })
@Index('idx_report_texts_last_used_at', ['lastUsedAt'])
export class ReportText {
  @PrimaryGeneratedColumn() id!: number;
  /** SHA-256 of the text, base64: indexes of any length of text. */
  @Column('text') digest!: string;
  @Column('text') text!: string;
  /** Start of the (UTC) day of the newest report with this text: older than every kept report = unused. */
  @InstantColumn() lastUsedAt!: Date;
}
