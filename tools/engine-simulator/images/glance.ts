import type { Engine } from '../engine';
import { Refusal, refuse } from '../rest/answer';
import type { SimGlance, SimGlanceImage, SimImageProvider } from './data';

/** What the engine says where it does not get an answer that it understands; a list tells the exception itself. */
const NO_ANSWER = 'Failed to communicate with the external provider, see log for additional details.';

/** @throws {Refusal} 400 where the engine cannot list it */
export function imagesOf(engine: Engine, provider: SimImageProvider): SimGlanceImage[] {
  if (provider.url === null) throw new Refusal(400, 'target host is null');
  const glance = reached(engine, provider);
  if (!glance) throw new Refusal(400, 'connection refused');
  if (!isLetIn(glance, provider)) throw new Refusal(400, NO_ANSWER.toLowerCase());
  return glance.images.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws {Refusal} 400 where it does not answer, or not to these credentials */
export function testConnection(engine: Engine, provider: SimImageProvider): void {
  const glance = reached(engine, provider);
  if (!glance || !isLetIn(glance, provider)) throw refuse(400, NO_ANSWER);
}

const reached = ({ data }: Engine, { url }: SimImageProvider) => data.glances.find((glance) => glance.url === url);

function isLetIn({ keystone }: SimGlance, provider: SimImageProvider): boolean {
  if (!keystone || !provider.requiresAuthentication) return true;
  const { username, password, tenantName } = provider;
  return username === keystone.username && password === keystone.password && tenantName === keystone.tenantName;
}

/** As lists show it; what is neither a bare disk nor an ISO file has none. */
export function typeOf({ container, format }: SimGlanceImage): 'disk' | 'iso' | undefined {
  if (container !== 'bare') return undefined;
  if (format === 'iso') return 'iso';
  return format === 'vmdk' ? undefined : 'disk';
}
