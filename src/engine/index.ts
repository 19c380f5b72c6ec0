export * from './ports';
export type {
  CallOptions,
  DataCenter,
  EngineClient,
  EngineReader,
  EngineUser,
  OwnerClaim,
  OwnershipProof,
  OwnershipRule,
  ProductInfo,
  ServiceAccount,
  SessionOwner,
  SignedInOwner,
  Vm,
  VmSummary,
} from './engine-client';
export type { AuthorityOffer } from './certificate-authority';
export { readCertificates, type CertificateInfo } from './certificates';
export { probeEngine, type ProbeFailure, type ProbeResult, type ProbeSuccess } from './probe-engine';
export { matchesClaim, normaliseLogin } from './owner-claim';
export { EngineClients } from './engine-clients';
export { EngineError, mayHaveEnded, type EngineErrorDetails, type EngineErrorKind, type Refuser } from './engine-error';
export { parseEngineUrl, type EngineSettings, type PasswordTry } from './engine-settings';
export { isEngineId } from './input';
export { retryOf, type Retry } from './retry';
export { HttpEngineClient } from './http-engine-client';
