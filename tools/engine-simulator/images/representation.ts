import type { Call } from '../rest/call';
import { Long, type WireObject } from '../rest/encode';
import { actionsOf, linksOf, reference } from '../rest/references';
import type { SimGlanceImage, SimImageProvider } from './data';
import { typeOf } from './glance';

/** Without its password. */
export function providerOf({ base }: Call, of: SimImageProvider): WireObject {
  const itself = reference(base, 'openstackimageproviders', of.id);
  return {
    ...{ ...itself, name: of.name, description: of.description, url: of.url, username: of.username },
    ...{ requires_authentication: of.requiresAuthentication, tenant_name: of.tenantName },
    authentication_url: of.authenticationUrl,
    actions: actionsOf(itself.href, ['importcertificates', 'testconnectivity']),
    link: linksOf(itself.href, ['images', 'certificates']),
  };
}

/** An image as its provider shows it: by id and name alone. */
export function providedImageOf({ base }: Call, providerId: string, { id, name }: SimGlanceImage): WireObject {
  const provider = reference(base, 'openstackimageproviders', providerId);
  const itself = reference(provider.href, 'images', id);
  return { ...itself, name, openstack_image_provider: provider, actions: actionsOf(itself.href, ['import']) };
}

/** As its storage domain shows it. */
export function storedImageOf({ base, engine }: Call, domainId: string, image: SimGlanceImage): WireObject {
  const domain = reference(base, 'storagedomains', domainId);
  const itself = reference(domain.href, 'images', image.id);
  const told = { ...itself, name: image.name, storage_domain: domain, actions: actionsOf(itself.href, ['import']) };
  if (engine.personality.major < 4 || engine.personality.minor < 2) return told;
  return { ...told, size: new Long(image.sizeBytes), type: typeOf(image) };
}
