import type { AppConfig } from '../config';

export type WebConfig = AppConfig['web'];
export const WEB_CONFIG = Symbol('WEB_CONFIG');
