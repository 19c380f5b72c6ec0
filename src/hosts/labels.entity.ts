import { Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { TextColumn } from '../database';

/** What hosts share and are listed by: a row each, made when a fact first names it. */
export abstract class Label {
  @PrimaryGeneratedColumn() id!: number;
  @TextColumn() name!: string;
}

@Entity('architectures')
@Index('uq_architectures_name', ['name'], { unique: true })
export class Architecture extends Label {}

@Entity('models')
@Index('uq_models_name', ['name'], { unique: true })
export class Model extends Label {}

@Entity('domains')
@Index('uq_domains_name', ['name'], { unique: true })
export class Domain extends Label {}

@Entity('environments')
@Index('uq_environments_name', ['name'], { unique: true })
export class Environment extends Label {}

/** `name` is the last segment, `title` the whole path ("web/frontend"). */
@Entity('hostgroups')
@Index('uq_hostgroups_title', ['title'], { unique: true })
export class Hostgroup extends Label {
  @TextColumn() title!: string;
}

/** `title` = name and version ("Rocky 9.4"). */
@Entity('operating_systems')
@Index('uq_operating_systems_title', ['title'], { unique: true })
export class OperatingSystem extends Label {
  @TextColumn() major!: string;
  @TextColumn() minor!: string;
  @TextColumn() title!: string;
}
