import type { RunningApp } from './app';
import { ACCOUNT } from './engine-simulators';

/** What POST /api/v2/compute_resources takes for a simulated engine. */
export function registration(
  { url, ca }: { url: string; ca: string },
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const { user, password } = ACCOUNT;
  return { name: 'production', provider: 'Ovirt', url, user, password, public_key: ca, ...more };
}

/** As the API shows it. */
type Registered = Record<string, unknown> & { id: number };

/** Registers an engine and gives back the JSON answer. */
export async function register(
  app: RunningApp,
  engine: { url: string; ca: string },
  more: Record<string, unknown> = {},
): Promise<Registered> {
  const response = await app.post('/api/v2/compute_resources', { compute_resource: registration(engine, more) });
  const body = (await response.json()) as Registered;
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body;
}

/** A form's fields, encoded as a browser does. */
export function formOf(fields: Record<string, string>): RequestInit {
  return {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  };
}
