export { ComputeListsModule } from './compute-lists.module';
export type { ComputeLists } from './compute-lists';
export type { SeenEngine, SeenResource } from './seen-engine';
