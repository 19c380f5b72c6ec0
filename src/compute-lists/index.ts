export { ComputeListsModule } from './compute-lists.module';
export { ComputeLists } from './compute-lists';
export { templateFit } from './fit';
export type { SeenEngine, SeenResource } from './seen-engine';
