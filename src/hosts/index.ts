import { FactName, FactSet, FactValue } from './facts/fact.entities';
import { Host } from './host.entity';
import { Architecture, Domain, Environment, Hostgroup, Model, OperatingSystem } from './labels.entity';

export const HOST_ENTITIES = [
  Host,
  Architecture,
  Domain,
  Environment,
  Hostgroup,
  Model,
  OperatingSystem,
  FactName,
  FactValue,
  FactSet,
];
