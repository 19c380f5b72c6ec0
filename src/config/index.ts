export {
  parseConfig,
  ConfigError,
  type AppConfig,
  type DatabaseConfig,
  type ReportIntervals,
  type UploadLimits,
} from './app-config';
export { loadSecretKeys, initialAdminPassword, type SecretKeys } from './secret-files';
export { PACKAGE_ROOT, PACKAGE_VERSION } from './package-root';
