import { IdempotencyKey, OperationRow } from './operation.entity';

export { FailedAndKept, isUnforeseen } from './operation-fault';
export { OperationAnswer, operationJson } from './operation-json';
export { OperationKinds, type OperationKind, type Step, type StepContext, type StepResult } from './operation-kind';
export { operationPanel, type OperationPanel } from './operation.views';
export { Operations, type Begun } from './operations';
export { OperationsModule } from './operations.module';
export { repeatable } from './repeatable-request';
export type { RepeatableRequest } from './idempotency.store';
export { textIn } from './operation';
export type { ActsAs, LeftBehind, Memo, Operation, OperationResult } from './operation';

export const OPERATION_ENTITIES = [OperationRow, IdempotencyKey];
