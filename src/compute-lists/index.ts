export { ComputeLists } from './compute-lists';
export { ComputeListsModule } from './compute-lists.module';
export { domainFit, templateFit, type Fit } from './fit';
export type { SeenEngine, SeenResource } from './seen-engine';
