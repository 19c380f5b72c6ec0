export { apiPage, apiPageOf, wholePage } from './api-page';
export { challengePrograms, sendForemanError } from './foreman-error';
export { ForemanKitModule } from './foreman-kit.module';
export { foremanTime, secondsTime } from './foreman-time';
export { ForemanJson } from './foreman-json';
export { FOREMAN_VERSION } from './foreman-version';
export { ForemanProtocol } from './foreman.protocol';
export { fullMessages } from './humanized';
