import { z } from 'zod';
import { AppError } from '../common/app-error';
import { apacheConfig } from './apache-config';
import { nginxConfig } from './nginx-config';

export const PROXIES = ['apache', 'nginx'] as const;
export type ProxyKind = (typeof PROXIES)[number];

export interface ProxyOptions {
  /** Webadmin's origin, e.g. `https://engine.example.com`; undefined = not named in the comments. */
  origin?: string;
  /** E.g. `/foreman`. */
  basePath: string;
  /** Where the proxy reaches the service, e.g. `http://127.0.0.1:3000`. */
  service: string;
  /** Tell the service who the TLS layer verified. */
  clientCertificates: boolean;
}

/** A configuration file for a reverse proxy. */
export interface ProxyConfig {
  /** Where it belongs on the proxy's machine. */
  path: string;
  text: string;
}

/** Paths of the engine itself, from 3.2 to 4.5 (oVirt: ovirt-engine-proxy.conf). */
const ENGINE_PATHS =
  /^\/(ovirt-engine|api|webadmin|UserPortal|OvirtEngineWeb|RHEVManagerWeb|docs|console|ca\.crt|engine\.ssh\.key\.txt|rhevm\.ssh\.key\.txt)(\/|$)/i;

const isOrigin = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
};
const Options = z.object({
  origin: z.string().refine(isOrigin, 'is not an origin such as https://engine.example.com').optional(),
  service: z
    .string()
    .refine((text) => isOrigin(text) && text.startsWith('http:'), 'is not an address such as http://127.0.0.1:3000'),
  basePath: z
    .string()
    .regex(/^(\/[\w.~-]+)+$/, 'is not a path of its own such as /foreman')
    .refine((path) => !ENGINE_PATHS.test(path), "belongs to the engine: choose a path of the service's own"),
  clientCertificates: z.boolean(),
});

/**
 * What puts the service on webadmin's origin. Headers that the service believes are set by the proxy alone: whatever
 * a client brings under their names is dropped.
 * @throws AppError invalid
 */
export function proxyConfig(kind: ProxyKind, options: ProxyOptions): ProxyConfig {
  const checked = Options.safeParse(options);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const name = z.enum(['origin', 'basePath', 'service', 'clientCertificates']).parse(issue?.path[0]);
    throw new AppError('invalid', `"${options[name]}" ${issue?.message}`);
  }
  return kind === 'apache' ? apacheConfig(checked.data) : nginxConfig(checked.data);
}
