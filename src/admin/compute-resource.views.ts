import type { ComputeResource } from '../compute-resources';
import type { Dependents } from './dependents.read-model';
import { readCertificates, type DataCenter, type ProductInfo } from '../engine';
import { compare, printSearch } from '../search';
import type { Urls } from '../web';
import { hostsLink, type LinkView, countOf, formatCount } from '../view-kit';

/** A compute resource with what depends on it. */
export interface RegisteredResource {
  resource: ComputeResource;
  dependents: Dependents;
}

export interface MayDo {
  create: boolean;
  edit: boolean;
  destroy: boolean;
  authSources: boolean;
}

const linkTo = (urls: Urls, { id }: ComputeResource, action = '') => urls.url(`/compute_resources/${id}${action}`);

/** Locals of admin/compute-resources.hbs. */
interface ListPage {
  count: string;
  create?: LinkView;
  rows: {
    name: string;
    href: string;
    url: string;
    datacenter: string;
    signIn: string;
    hosts: LinkView;
    edit?: string;
  }[];
}

export function computeResourceList(
  resources: ComputeResource[],
  hostCounts: ReadonlyMap<number, number>,
  may: MayDo,
  urls: Urls,
): ListPage {
  const add = { label: 'Register an engine', href: urls.url('/compute_resources/new') };
  return {
    count: resources.length === 0 ? '' : `${formatCount(resources.length)} in all`,
    create: may.create ? add : undefined,
    rows: resources.map((resource) => ({
      name: resource.name,
      href: linkTo(urls, resource),
      url: resource.url,
      datacenter: resource.datacenterName ?? resource.datacenterId ?? '',
      signIn: resource.enabled ? 'on' : 'off',
      hosts: { label: formatCount(hostCounts.get(resource.id) ?? 0), href: hostsOf(resource, urls) },
      edit: may.edit ? linkTo(urls, resource, '/edit') : undefined,
    })),
  };
}

const hostsOf = ({ name }: ComputeResource, urls: Urls) =>
  hostsLink(urls, printSearch(compare('compute_resource', '=', name)));

interface Property {
  label: string;
  value: string;
  href?: string;
}

/** Locals of admin/compute-resource.hbs. */
interface ShowPage {
  heading: string;
  description: string;
  actions: LinkView[];
  associate?: string;
  statusUrl: string;
  properties: Property[];
  authorities: { subject: string; fingerprint: string }[];
}

export function computeResourcePage(
  { resource, dependents }: RegisteredResource,
  sameEngine: ComputeResource[],
  may: MayDo,
  urls: Urls,
): ShowPage {
  const actions: LinkView[] = [
    ...(may.edit ? [{ label: 'Edit', href: linkTo(urls, resource, '/edit') }] : []),
    ...(may.authSources
      ? [{ label: 'Sign-in settings', href: urls.url(`/auth_source_ovirts/${resource.id}/edit`) }]
      : []),
    ...(may.destroy ? [{ label: 'Delete…', href: linkTo(urls, resource, '/delete') }] : []),
  ];
  return {
    heading: resource.name,
    description: resource.description,
    actions,
    associate: may.edit ? linkTo(urls, resource, '/associate') : undefined,
    statusUrl: linkTo(urls, resource, '/status'),
    properties: propertiesOf(resource, dependents, sameEngine, urls),
    authorities: resource.publicKey === null ? [] : readCertificates(resource.publicKey),
  };
}

function propertiesOf(
  resource: ComputeResource,
  { hosts }: Dependents,
  sameEngine: ComputeResource[],
  urls: Urls,
): Property[] {
  const others = sameEngine.filter(({ id }) => id !== resource.id).map(({ name }) => name);
  return [
    { label: 'Engine address', value: resource.url },
    ...(resource.addresses.length > 0 ? [{ label: 'Further addresses', value: resource.addresses.join(', ') }] : []),
    { label: 'User', value: resource.username },
    { label: 'Password', value: 'kept encrypted, never shown' },
    { label: 'Data center', value: resource.datacenterName ?? resource.datacenterId ?? '' },
    { label: 'Hosts', value: countOf(hosts, 'host'), href: hostsOf(resource, urls) },
    { label: 'Sign-in with webadmin', value: signInText(resource) },
    { label: 'Changes in the engine', value: actingText(resource) },
    ...(others.length > 0 ? [{ label: 'Same engine as', value: others.join(', ') }] : []),
    ...(resource.insecureTls ? [{ label: 'TLS', value: 'old TLS allowed: can be broken on the way' }] : []),
  ];
}

function signInText({ enabled, ontheflyRegister }: ComputeResource): string {
  if (!enabled) return 'off';
  return ontheflyRegister ? 'on, also for people who sign in for the first time' : 'on, for known users only';
}

function actingText({ engineWrites, serviceAccountActs, username }: ComputeResource): string {
  const who = serviceAccountActs ? `local administrators as ${username}, ` : '';
  if (!engineWrites) return serviceAccountActs ? `off; local administrators read as ${username}` : 'off';
  return `on: ${who}everybody else as themselves`;
}

/** What an engine says now. */
export type EngineAnswer = { product: ProductInfo; dataCenters: DataCenter[] } | { fault: string };

/** Locals of admin/compute-resource-status.hbs, a part of the page. */
interface StatusPart {
  layout: false;
  fault?: string;
  product?: string;
  dataCenters?: { name: string; status: string }[];
}

export function engineStatus(answer: EngineAnswer): StatusPart {
  if ('fault' in answer) return { layout: false, fault: answer.fault };
  const { product, dataCenters } = answer;
  return {
    layout: false,
    product: `${product.name} ${product.fullVersion}`,
    dataCenters: dataCenters.map(({ name, status }) => ({ name, status: status ?? '' })),
  };
}

/** Locals of admin/compute-resource-delete.hbs. */
interface DeletionPage {
  name: string;
  action: string;
  cancel: LinkView;
  consequences: string[];
}

export function deletionPage({ resource, dependents: { hosts, users } }: RegisteredResource, urls: Urls): DeletionPage {
  return {
    name: resource.name,
    action: linkTo(urls, resource, '/delete'),
    cancel: { label: 'Cancel', href: linkTo(urls, resource) },
    consequences: [
      hosts === 0
        ? 'No host belongs to it.'
        : `${countOf(hosts, 'host')} will no longer be told to belong to it. They stay, with their facts and reports.`,
      users === 0
        ? 'No account is removed.'
        : `${countOf(users, 'account')} of people who signed in with this engine will be removed, with their roles and access tokens.`,
      'Unless another compute resource has its address, nobody can sign in from its webadmin any more, and our pages are no longer shown inside it.',
    ],
  };
}

export function associatedText(hosts: number): string {
  return hosts === 0 ? 'No further host is a virtual machine of this engine.' : `${countOf(hosts, 'host')} associated.`;
}
