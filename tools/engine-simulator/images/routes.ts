import type { Api } from '../api';
import { NotFound, ok, Refusal, type Answer } from '../rest/answer';
import { itemOf, pathId, type Call } from '../rest/call';
import { demandAdministrator } from '../people/rights';
import type { SimImageProvider } from './data';
import { imagesOf } from './glance';
import { checkComplete, checkDomainName, importImage } from './import';
import { createProvider, providerOfPath, removeProvider, testProvider, updateProvider } from './providers';
import { providedImageOf, providerOf, storedImageOf } from './representation';

/** `/openstackimageproviders` (3.6+) and `/storagedomains/ID/images` (3.3+). */
export function register(api: Api): void {
  const { major, minor } = api.engine.personality;
  if (major >= 4 || minor >= 3) registerDomains(api);
  if (major >= 4 || minor >= 6) registerProviders(api);
}

function registerProviders(api: Api): void {
  const path = '/openstackimageproviders';
  api.get(path, (call) => {
    demandAdministrator(call);
    const providers = api.engine.data.imageProviders.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return ok({ openstack_image_provider: providers.map((provider) => providerOf(call, provider)) });
  });
  api.post(path, 'OpenStackImageProvider', createProvider);
  api.get(`${path}/:id`, (call) => ok(providerOf(call, providerOfPath(call))));
  api.put(`${path}/:id`, 'OpenStackImageProvider', updateProvider);
  api.delete(`${path}/:id`, removeProvider);
  api.post(`${path}/:id/testconnectivity`, 'Action', testProvider);
  api.get(`${path}/:id/certificates`, (call) => {
    providerOfPath(call);
    return ok({});
  });
  api.get(`${path}/:id/images`, (call) => {
    const provider = providerOfPath(call);
    const images = imagesOf(api.engine, provider);
    return ok({ openstack_image: images.map((image) => providedImageOf(call, provider.id, image)) });
  });
  api.get(`${path}/:id/images/:image`, (call) => {
    const provider = providerOfPath(call);
    return ok(providedImageOf(call, provider.id, itemOf(imagesOf(api.engine, provider), pathId(call, 'image'))));
  });
  importsAt(api, `${path}/:id/images/:image/import`, providerOfPath);
}

/** Everybody may list them. */
function registerDomains(api: Api): void {
  const path = '/storagedomains/:id/images';
  api.get(path, (call) => {
    const images = imagesOf(api.engine, providerOfDomain(call));
    return ok({ image: images.map((image) => storedImageOf(call, pathId(call), image)) });
  });
  api.get(`${path}/:image`, (call) => {
    const image = itemOf(imagesOf(api.engine, providerOfDomain(call)), pathId(call, 'image'));
    return ok(storedImageOf(call, pathId(call), image));
  });
  importsAt(api, `${path}/:image/import`, providerOfDomain);
}

function providerOfDomain(call: Call): SimImageProvider {
  const { data } = call.engine;
  const domain = itemOf(data.storageDomains, pathId(call));
  const provider = data.imageProviders.find(({ domainId }) => domainId === domain.id);
  if (!provider) throw new NotFound();
  return provider;
}

/** What is refused before the command begins is a fault of its own, what the command refuses one of its action. */
function importsAt(api: Api, path: string, providerOf: (call: Call) => SimImageProvider): void {
  api.post(path, 'Action', (call): Answer => {
    checkComplete(call);
    checkDomainName(call);
    if (call.filtered) return importImage(call, providerOf(call), pathId(call, 'image'));
    try {
      return importImage(call, providerOf(call), pathId(call, 'image'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: { ...(call.body as Record<string, string>), fault: error.fault, status: 'failed' },
      };
    }
  });
}
