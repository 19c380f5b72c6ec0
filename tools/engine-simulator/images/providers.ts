import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine';
import { demandAdministrator } from '../people/rights';
import { complete, created, forbidden, ok, refuse, Refusal, type Answer } from '../rest/answer';
import { itemOf, pathId, textOf, type Body, type Call } from '../rest/call';
import { imageDomain } from '../storage/data';
import type { SimImageProvider } from './data';
import { testConnection } from './glance';
import { providerOf } from './representation';

/** What an address of a Keystone must look like. */
const AUTHENTICATION_URL = /^https?:\/\/[^/]*:\d+\/(v3|v2\.0)\/?$/;

/** The provider of the path. @throws {Refusal} 400 for ordinary users, whether there is one or not */
export function providerOfPath(call: Call): SimImageProvider {
  demandAdministrator(call);
  return itemOf(call.engine.data.imageProviders, pathId(call));
}

/** `POST /openstackimageproviders`: a storage domain of its name comes with it. */
export function createProvider(call: Call): Answer {
  const { engine, base, body } = call;
  const name = textOf(body, 'name');
  if (name === undefined) {
    throw new Refusal(400, "Parameter 'provider.name' is mandatory but was not provided.", 'Input validation failed.');
  }
  if (!call.caller.admin) throw forbidden();
  const provider: SimImageProvider = {
    ...{ id: randomUUID(), name, description: '', url: null, requiresAuthentication: false, username: null },
    ...{ password: null, tenantName: null, authenticationUrl: null, domainId: randomUUID() },
    ...changesOf(body),
  };
  check(call, provider, 'Cannot add provider');
  refuseTwin(engine, provider);
  engine.data.imageProviders.push(provider);
  const { domainId: id, description } = provider;
  engine.data.storageDomains.push(imageDomain({ id, name, description }));
  return created(base, 'openstackimageproviders', providerOf(call, provider));
}

/** `PUT`: the tenant is lost unless it is sent, the password is kept. */
export function updateProvider(call: Call): Answer {
  const { engine, body } = call;
  const provider = providerOfPath(call);
  const changed = { ...provider, tenantName: null, ...changesOf(body) };
  check(call, changed, 'Cannot edit provider');
  Object.assign(provider, changed);
  const domain = engine.data.storageDomains.find(({ id }) => id === provider.domainId);
  if (domain) Object.assign(domain, { name: provider.name, description: provider.description });
  return ok(providerOf(call, provider));
}

export function removeProvider(call: Call): Answer {
  const { data } = call.engine;
  const provider = providerOfPath(call);
  data.imageProviders = data.imageProviders.filter((one) => one !== provider);
  data.storageDomains = data.storageDomains.filter(({ id }) => id !== provider.domainId);
  return complete(call.base);
}

export function testProvider(call: Call): Answer {
  testConnection(call.engine, providerOfPath(call));
  return complete(call.base);
}

function check({ engine }: Call, provider: SimImageProvider, refused: string): void {
  const others = engine.data.imageProviders.filter(({ id }) => id !== provider.id);
  if (others.some(({ name }) => name === provider.name)) {
    throw refuse(409, `${refused}. The provider name is already in use, please choose a unique name and try again.`);
  }
  const { authenticationUrl: url } = provider;
  if (url !== null && !AUTHENTICATION_URL.test(url)) {
    const format =
      'The authentication URL must have the following format: "https://hostname:port/v3" or "http://hostname:port/v3".';
    throw refuse(400, `${refused}. The Provider has an invalid authentication URL ${url}. ${format}`);
  }
}

/** Nobody looks for it when a provider is changed. */
function refuseTwin({ data }: Engine, provider: SimImageProvider): void {
  const isTwin = data.imageProviders.some(
    ({ url, tenantName }) => url === provider.url && tenantName === tenantOf(provider),
  );
  if (!isTwin) return;
  throw refuse(400, `Cannot add provider. A provider with the same provider URL${ofWhat(provider)} already exists.`);
}

/** REST knows nothing of the projects of Keystone v3. */
const isV3 = ({ authenticationUrl }: SimImageProvider) => /\/v3\/?$/.test(authenticationUrl ?? '');
const tenantOf = (provider: SimImageProvider) => (isV3(provider) ? null : provider.tenantName);
const ofWhat = (provider: SimImageProvider) =>
  isV3(provider) ? ', project name and project domain name' : ' and tenant';

function changesOf(body: Body): Partial<SimImageProvider> {
  const texts = { url: 'url', username: 'username', password: 'password', tenantName: 'tenant_name' } as const;
  const changes: Partial<SimImageProvider> = {};
  for (const [field, name] of Object.entries(texts)) {
    const value = textOf(body, name);
    if (value !== undefined) Object.assign(changes, { [field]: value });
  }
  const [name, description] = [textOf(body, 'name'), textOf(body, 'description')];
  const [isNeeded, url] = [textOf(body, 'requires_authentication'), textOf(body, 'authentication_url')];
  return {
    ...changes,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(isNeeded !== undefined && { requiresAuthentication: isNeeded === 'true' }),
    ...(url !== undefined && { authenticationUrl: url }),
  };
}
