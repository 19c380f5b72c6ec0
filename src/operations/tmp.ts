import type { EngineError, EngineIdentity, EngineWatch } from '../engine';
export const mayPass = (_error: EngineError): boolean => false;
export interface Tmp {
  watch: EngineWatch;
  serviceIdentity(id: number): Promise<EngineIdentity>;
}
