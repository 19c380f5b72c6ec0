export { ForemanApiModule } from './foreman-api.module';
export { hostJson } from './host-json';
export { LegacyModule } from './legacy.module';
