import type { Engine } from '../engine';
import { clusterPlace, type Place } from '../people/rights';
import { SYSTEM_ID } from '../seeds';
import type { SimTemplate } from './data';

/** A template and what it lies in; Blank lies in no cluster. */
export function templatePlace(engine: Engine, { id, clusterId }: SimTemplate): Place {
  const above: Place = clusterId === null ? [{ on: 'system', id: SYSTEM_ID }] : clusterPlace(engine, clusterId);
  return [{ on: 'template', id }, ...above];
}
