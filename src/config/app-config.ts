import { z } from 'zod';
import { isAddressOrRange } from '../common/ip-address';
import { MIN_PASSWORD } from '../common/password-rule';

export type DatabaseConfig = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

/** How often hosts report, in minutes; `byOrigin` keys are lower-case origin names ("ansible"). */
export interface ReportIntervals {
  defaultMinutes: number;
  byOrigin: Readonly<Record<string, number>>;
  graceMinutes: number;
}

/** The most that one upload may bring. */
export interface UploadLimits {
  facts: number;
  /** Characters of one fact's value. */
  factLength: number;
  /** Log lines of a report. */
  lines: number;
  metrics: number;
}

/** Everything the environment decides, read once at start. Each module gets the slice it needs. */
export interface AppConfig {
  listener: { host: string; port: number; tls: { certFile: string; keyFile: string; clientCaFile?: string } | null };
  web: {
    /** Starts with "/", has no trailing slash; "" when the service owns the whole origin. */
    basePath: string;
    /** The origin browsers see, without path; undefined = derived from each request. */
    publicUrl?: string;
    /** Lower-case names by which browsers may reach us where `publicUrl` is not set, beside the machine's own. */
    allowedHosts: readonly string[];
    trustProxy: string | number | boolean;
    maxBodyBytes: number;
    /** Of all bodies that requests hold at the same time, unpacked. */
    inFlightBytes: number;
    /** How deep JSON may be nested, and how many values a large one may hold. */
    json: { depth: number; values: number };
    jsonpEnabled: boolean;
    corsOrigins: readonly string[];
  };
  database: DatabaseConfig;
  databaseLimits: { searchMs: number };
  secrets: { key?: string; keyFile?: string; previousKey?: string; adminPassword?: string; adminPasswordFile?: string };
  uploads: {
    clientCertHeaders: boolean;
    certNames: readonly string[];
    allowedIps: readonly string[];
    createHosts: boolean;
    limits: UploadLimits;
  };
  reports: { intervals: ReportIntervals; retentionDays: number };
  sessions: { idleMinutes: number; engineOutageMinutes: number };
  audit: { retentionDays: number };
  operations: { retentionDays: number };
  log: { level: LogLevel; format: 'json' | 'pretty' };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected a whole number from ${min} to ${max}`);

const WORDS: Record<string, boolean> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};
const flag = z
  .string()
  .refine((text) => text.toLowerCase() in WORDS, 'expected true or false')
  .transform((text) => WORDS[text.toLowerCase()] === true);

const list = z.string().transform((text) =>
  text
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const origin = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '');
};

const isHostName = (text: string) => URL.parse(`http://${text}`)?.hostname === text.toLowerCase();

const basePath = z
  .string()
  .transform((text) => text.replace(/\/+$/, ''))
  .refine((text) => text === '' || /^(\/[\w.~-]+)+$/.test(text), 'expected a path such as /foreman');

const trustProxy = z.string().transform((text, context) => {
  if (text.toLowerCase() in WORDS && !/^\d+$/.test(text)) return WORDS[text.toLowerCase()] === true;
  if (/^\d+$/.test(text)) return Number(text);
  const known = ['loopback', 'linklocal', 'uniquelocal'];
  if (text.split(/\s*,\s*/).every((item) => known.includes(item) || isAddressOrRange(item))) return text;
  context.addIssue('expected loopback, addresses or CIDRs, a number of hops, or off');
  return z.NEVER;
});

const database = z.string().transform((text, context): DatabaseConfig => {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return { kind: 'postgres', url: text };
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  context.addIssue('expected sqlite:<path> or postgres://user:password@host/database');
  return z.NEVER;
});

const intervals = z.string().transform((text, context) => {
  const byOrigin: Record<string, number> = {};
  let defaultMinutes = 30;
  for (const item of text.split(',').map((part) => part.trim())) {
    const match = /^(?:([\p{L}\d_-]+)\s*=\s*)?(\d{1,6})$/u.exec(item);
    if (match === null || Number(match[2]) === 0) {
      context.addIssue(`"${item}" is not understood; expected minutes such as 30, or 30,ansible=1440`);
      return z.NEVER;
    }
    if (match[1] === undefined) defaultMinutes = Number(match[2]);
    else byOrigin[match[1].toLowerCase()] = Number(match[2]);
  }
  return { defaultMinutes, byOrigin };
});

const optional = z.string().min(1).optional();

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65_535).prefault('3000'),
  BASE_PATH: basePath.prefault('/foreman'),
  PUBLIC_URL: z
    .string()
    .refine(origin, 'expected an origin such as https://engine.example.com, without a path')
    .transform((text) => text.replace(/\/$/, ''))
    .optional(),
  ALLOWED_HOSTS: list
    .refine((items) => items.every(isHostName), 'expected host names without scheme and port, separated by commas')
    .prefault(''),
  TRUST_PROXY: trustProxy.prefault('loopback'),
  DATABASE_URL: database.prefault('sqlite:data/foreman-ovirt.sqlite'),
  SECRET_KEY: z.string().min(32, 'expected at least 32 characters').optional(),
  SECRET_KEY_FILE: optional,
  SECRET_KEY_PREVIOUS: z.string().min(32, 'expected at least 32 characters').optional(),
  ADMIN_PASSWORD: z.string().min(MIN_PASSWORD, `expected at least ${MIN_PASSWORD} characters`).optional(),
  ADMIN_PASSWORD_FILE: optional,
  TLS_CERT_FILE: optional,
  TLS_KEY_FILE: optional,
  TLS_CLIENT_CA_FILE: optional,
  CLIENT_CERT_HEADERS: flag.prefault('off'),
  UPLOAD_CERT_NAMES: list.prefault(''),
  UPLOAD_ALLOWED_IPS: list
    .refine((items) => items.every(isAddressOrRange), 'expected addresses or CIDRs, separated by commas')
    .prefault(''),
  REPORT_INTERVAL_MINUTES: intervals.prefault('30'),
  OUT_OF_SYNC_GRACE_MINUTES: integer(0, 100_000).prefault('5'),
  REPORT_RETENTION_DAYS: integer(1, 36_500).prefault('90'),
  CREATE_HOSTS_ON_UPLOAD: flag.prefault('true'),
  MAX_BODY_MB: integer(1, 1024).prefault('10'),
  MAX_IN_FLIGHT_MB: integer(1, 16_384).optional(),
  MAX_UPLOAD_DEPTH: integer(10, 1_000).prefault('100'),
  MAX_UPLOAD_FACTS: integer(1, 1_000_000).prefault('20000'),
  MAX_FACT_KB: integer(1, 10_240).prefault('64'),
  MAX_UPLOAD_LINES: integer(1, 1_000_000).prefault('20000'),
  MAX_UPLOAD_METRICS: integer(1, 1_000_000).prefault('5000'),
  JSONP_ENABLED: flag.prefault('false'),
  CORS_ORIGINS: list
    .refine((items) => items.every(origin), 'expected origins such as https://engine.example.com, separated by commas')
    .prefault(''),
  SEARCH_TIMEOUT_SECONDS: integer(1, 300).prefault('5'),
  SESSION_IDLE_MINUTES: integer(1, 10_080).prefault('60'),
  ENGINE_OUTAGE_MINUTES: integer(0, 1440).prefault('10'),
  AUDIT_RETENTION_DAYS: integer(1, 36_500).prefault('365'),
  OPERATION_RETENTION_DAYS: integer(1, 36_500).prefault('90'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).prefault('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], 'expected json or pretty').prefault('json'),
});

/** The names of all variables that are read. */
export const SETTINGS = Object.keys(Environment.shape);

/** A setting the start cannot go on with; the message names the variable, the fault and what is expected. */
export class ConfigError extends Error {}

/**
 * Reads the environment into a frozen AppConfig. Empty variables count as unset.
 * @throws ConfigError naming every variable at fault
 */
export function parseConfig(environment: Record<string, string | undefined>): AppConfig {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const secret = /SECRET|PASSWORD|DATABASE_URL/;
    throw new ConfigError(
      parsed.error.issues
        .map(({ path, message }) => {
          const name = String(path[0]);
          return `${name}: ${message}${secret.test(name) ? '' : ` (got "${set[name] ?? ''}")`}`;
        })
        .join('\n'),
    );
  }
  return deepFreeze(toConfig(parsed.data));
}

const MEBIBYTE = 1_048_576;
const IN_FLIGHT_MB = 64;
/** A log line is four objects with three texts in them. */
const VALUES_OF_EACH = 10;

function toConfig(env: z.output<typeof Environment>): AppConfig {
  if ((env.TLS_CERT_FILE === undefined) !== (env.TLS_KEY_FILE === undefined))
    throw new ConfigError('TLS_CERT_FILE and TLS_KEY_FILE: only one of the two is set; expected both or none');
  if (env.TLS_CLIENT_CA_FILE !== undefined && env.TLS_CERT_FILE === undefined)
    throw new ConfigError('TLS_CLIENT_CA_FILE: has no effect alone; expected TLS_CERT_FILE and TLS_KEY_FILE with it');
  if (env.DATABASE_URL.kind === 'postgres' && env.SECRET_KEY === undefined && env.SECRET_KEY_FILE === undefined)
    throw new ConfigError(
      'SECRET_KEY: missing; with PostgreSQL expected SECRET_KEY or SECRET_KEY_FILE, at least 32 characters',
    );
  return {
    listener: {
      host: env.HOST,
      port: env.PORT,
      tls:
        env.TLS_CERT_FILE !== undefined && env.TLS_KEY_FILE !== undefined
          ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE, clientCaFile: env.TLS_CLIENT_CA_FILE }
          : null,
    },
    web: webOf(env),
    database: env.DATABASE_URL,
    databaseLimits: { searchMs: env.SEARCH_TIMEOUT_SECONDS * 1_000 },
    secrets: {
      key: env.SECRET_KEY,
      keyFile: env.SECRET_KEY_FILE,
      previousKey: env.SECRET_KEY_PREVIOUS,
      adminPassword: env.ADMIN_PASSWORD,
      adminPasswordFile: env.ADMIN_PASSWORD_FILE,
    },
    uploads: {
      clientCertHeaders: env.CLIENT_CERT_HEADERS,
      certNames: env.UPLOAD_CERT_NAMES.map((name) => name.toLowerCase()),
      allowedIps: env.UPLOAD_ALLOWED_IPS,
      createHosts: env.CREATE_HOSTS_ON_UPLOAD,
      limits: {
        facts: env.MAX_UPLOAD_FACTS,
        factLength: env.MAX_FACT_KB * 1024,
        lines: env.MAX_UPLOAD_LINES,
        metrics: env.MAX_UPLOAD_METRICS,
      },
    },
    reports: {
      intervals: { ...env.REPORT_INTERVAL_MINUTES, graceMinutes: env.OUT_OF_SYNC_GRACE_MINUTES },
      retentionDays: env.REPORT_RETENTION_DAYS,
    },
    sessions: { idleMinutes: env.SESSION_IDLE_MINUTES, engineOutageMinutes: env.ENGINE_OUTAGE_MINUTES },
    audit: { retentionDays: env.AUDIT_RETENTION_DAYS },
    operations: { retentionDays: env.OPERATION_RETENTION_DAYS },
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
  };
}

/** @throws ConfigError when no body fits into what may be in flight */
function webOf(env: z.output<typeof Environment>): AppConfig['web'] {
  const inFlightMb = env.MAX_IN_FLIGHT_MB ?? Math.max(IN_FLIGHT_MB, env.MAX_BODY_MB);
  if (inFlightMb < env.MAX_BODY_MB)
    throw new ConfigError('MAX_IN_FLIGHT_MB: no body of MAX_BODY_MB fits into it; expected at least as much');
  return {
    basePath: env.BASE_PATH,
    publicUrl: env.PUBLIC_URL,
    allowedHosts: env.ALLOWED_HOSTS.map((name) => name.toLowerCase()),
    trustProxy: env.TRUST_PROXY,
    maxBodyBytes: env.MAX_BODY_MB * MEBIBYTE,
    inFlightBytes: inFlightMb * MEBIBYTE,
    json: {
      depth: env.MAX_UPLOAD_DEPTH,
      values: VALUES_OF_EACH * Math.max(env.MAX_UPLOAD_FACTS, env.MAX_UPLOAD_LINES, env.MAX_UPLOAD_METRICS),
    },
    jsonpEnabled: env.JSONP_ENABLED,
    corsOrigins: env.CORS_ORIGINS,
  };
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value))
    if (typeof child === 'object' && child !== null) deepFreeze(child as object);
  return Object.freeze(value);
}
