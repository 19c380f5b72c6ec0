import { AppError } from '../common/app-error';
import type { EngineError, EngineIdentity, EngineWatch } from '../engine';
export const engineRefusal = (error: EngineError, _name: string): AppError =>
  new AppError('engine_refused', error.message);
export const mayPass = (_error: EngineError): boolean => false;
export interface Tmp {
  watch: EngineWatch;
  serviceIdentity(id: number): Promise<EngineIdentity>;
}
