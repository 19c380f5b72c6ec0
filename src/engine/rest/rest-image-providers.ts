import type { CallOptions } from '../engine-client';
import { withQuery, type EngineCalls } from '../engine-calls';
import { EngineError } from '../engine-error';
import { checkId } from '../input';
import type {
  EngineIdentity,
  EngineImage,
  EngineImageProvider,
  EngineImageProviders,
  ImageImport,
  NewImageProvider,
  WriteOptions,
} from '../ports';
import { isAtLeast } from '../version';
import * as wire from './image-providers.wire';

const PROVIDERS = '/openstackimageproviders';
/** Before it REST knows no providers, but their storage domains: such a domain's id stands for its provider's. */
const KNOWS_PROVIDERS = '3.6';
/** Before it a new template and disk cannot be named. */
const NAMES_IMPORTS = '3.6';

export class RestImageProviders implements EngineImageProviders {
  private readonly imports: EngineCalls;
  private readonly managing: EngineCalls;

  constructor(private readonly calls: EngineCalls) {
    this.imports = calls.since('3.4', 'Imports of images');
    this.managing = calls.since('4.2', 'Changes of image providers');
  }

  async list(as: EngineIdentity, options?: CallOptions): Promise<EngineImageProvider[]> {
    if (await this.knowsProviders(as, options)) return this.calls.get(as, PROVIDERS, wire.imageProviders, options);
    const domains = await this.calls.get(as, '/storagedomains', wire.imageDomains, options);
    return domains.map(providerOfDomain);
  }

  async get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineImageProvider | null> {
    const checked = checkId(id);
    if (await this.knowsProviders(as, options))
      return this.calls.find(as, `${PROVIDERS}/${checked}`, wire.imageProvider, options);
    return (await this.list(as, options)).find((provider) => provider.id === checked) ?? null;
  }

  async create(as: EngineIdentity, provider: NewImageProvider, options: WriteOptions): Promise<EngineImageProvider> {
    return this.managing.post(as, PROVIDERS, bodyOf(provider), wire.imageProvider, options);
  }

  async update(
    as: EngineIdentity,
    id: string,
    provider: NewImageProvider,
    options: WriteOptions,
  ): Promise<EngineImageProvider> {
    const path = `${PROVIDERS}/${checkId(id)}`;
    return this.managing.put(as, path, bodyOf(provider), wire.imageProvider, options);
  }

  async remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    const path = `${PROVIDERS}/${checkId(id)}`;
    await this.managing.delete(as, path, options);
  }

  async test(as: EngineIdentity, id: string, options: WriteOptions): Promise<void> {
    const path = `${PROVIDERS}/${checkId(id)}/testconnectivity`;
    await this.managing.action(as, path, {}, options);
  }

  /** By the provider's storage domain, whose list alone tells types and sizes: three requests. */
  async images(as: EngineIdentity, providerId: string, options?: CallOptions): Promise<EngineImage[]> {
    const domainId = await this.domainOf(as, checkId(providerId), options);
    return this.calls.get(as, `/storagedomains/${domainId}/images`, wire.images, options);
  }

  async import(
    as: EngineIdentity,
    providerId: string,
    imageId: string,
    wanted: ImageImport,
    options: WriteOptions,
  ): Promise<{ diskId: string | null }> {
    const [provider, image] = [checkId(providerId), checkId(imageId)];
    const version = await this.calls.version(as, options);
    const place = isAtLeast(version, KNOWS_PROVIDERS) ? PROVIDERS : '/storagedomains';
    const body = importBody(wanted, { named: isAtLeast(version, NAMES_IMPORTS) });
    return this.imports.post(as, `${place}/${provider}/images/${image}/import`, body, wire.imported, options);
  }

  private async domainOf(as: EngineIdentity, providerId: string, options?: CallOptions): Promise<string> {
    const provider = await this.get(as, providerId, options);
    if (provider === null) throw new EngineError('not_found', `The engine has no image provider ${providerId}`);
    if (!(await this.knowsProviders(as, options))) return providerId;
    const search = `name="${provider.name.replaceAll('"', '')}"`;
    const domains = await this.calls.get(as, withQuery('/storagedomains', { search }), wire.imageDomains, options);
    const domain = domains.find(({ name }) => name === provider.name);
    if (!domain) throw new EngineError('not_found', `The image provider ${provider.name} has no storage domain`);
    return domain.id;
  }

  private async knowsProviders(as: EngineIdentity, options?: CallOptions): Promise<boolean> {
    return isAtLeast(await this.calls.version(as, options), KNOWS_PROVIDERS);
  }
}

const providerOfDomain = ({ id, name }: { id: string; name: string }): EngineImageProvider => ({
  id,
  name,
  description: null,
  url: null,
  requiresAuthentication: false,
  username: null,
  tenantName: null,
  authenticationUrl: null,
});

function bodyOf(provider: NewImageProvider): object {
  return {
    name: provider.name,
    description: provider.description ?? '',
    url: provider.url ?? undefined,
    requires_authentication: provider.requiresAuthentication,
    username: provider.username ?? undefined,
    password: provider.password,
    tenant_name: provider.tenantName ?? undefined,
    authentication_url: provider.authenticationUrl ?? undefined,
  };
}

function importBody({ storageDomainId, diskName, template }: ImageImport, { named }: { named: boolean }): object {
  return {
    storage_domain: { id: checkId(storageDomainId) },
    ...(named && diskName !== undefined && { disk: { alias: diskName } }),
    ...(template && { import_as_template: true, cluster: { id: checkId(template.clusterId) } }),
    ...(named && template && { template: { name: template.name } }),
  };
}
