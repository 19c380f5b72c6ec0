import { computeResourceForm } from '../../src/admin/compute-resource-form.view';
import { authSourceForm, authSourceList } from '../../src/admin/auth-source.views';
import {
  computeResourceList,
  computeResourcePage,
  deletionPage,
  engineStatus,
} from '../../src/admin/compute-resource.views';
import { uiPluginPage } from '../../src/admin/ui-plugin.view';
import { accessKeyForm, accessKeysPage } from '../../src/accounts/access-key.views';
import { accountPage, tokensPage } from '../../src/accounts/account.views';
import { roleForm, roleList } from '../../src/accounts/role.views';
import { userDeletion, userForm, userList } from '../../src/accounts/user.views';
import type { AccessKeyDetails } from '../../src/auth';
import type { Actor } from '../../src/common/actor';
import type { ComputeResource } from '../../src/compute-resources';
import { parseConfig } from '../../src/config';
import { virtualMachinePart } from '../../src/virtual-machines/virtual-machine.view';
import { Urls } from '../../src/web';
import { timeView } from '../../src/view-kit/view-format';

const urls = new Urls(parseConfig({ SECRET_KEY: 'x'.repeat(32) }).web);

/** Every page of administration and every part of a page, where people, engines and clients gave `text` for all they could. */
export function adminPages(text: string, now: Date): Record<string, object> {
  const admin: Actor = { kind: 'user', userId: 1, name: text, admin: true, permissions: new Set() };
  const may = { create: true, edit: true, destroy: true, authSources: true };
  const role = { id: 1, name: text, description: text, permissions: [], builtin: false, users: 2 };
  const times = { lastLoginAt: now, createdAt: now, updatedAt: now };
  const person = { login: text, firstname: text, lastname: text, mail: text, admin: false, disabled: true, ...times };
  const user = { ...person, id: 2, engineId: 1, authSource: text, roles: [role] };
  const token = { id: 1, userId: 1, name: text, createdAt: now, expiresAt: now, lastUsedAt: now, revoked: false };
  const key: AccessKeyDetails = {
    id: 1,
    user: { id: 2, login: text },
    computeResource: { id: 1, name: text },
    name: text,
    accessKeyId: text,
    kind: 'long_lived',
    engineUser: text,
    dataCenter: { id: text, name: text },
    readOnly: true,
    expiresAt: null,
    defaultTtlMinutes: null,
    quota: { instances: 1, vcpus: null, memoryMib: null },
    createdAt: now,
    lastUsedAt: now,
    revoked: false,
    passwordRefused: false,
  };
  const rows = { total: 9, subtotal: 9, page: 2, perPage: 1 };
  const query = { search: text, order: text, page: 2, per_page: 1 };
  const resource: ComputeResource = {
    id: 1,
    engineId: 1,
    registrarId: 1,
    name: text,
    description: text,
    url: 'https://engine.example.com',
    username: text,
    sealedPassword: '',
    publicKey: null,
    datacenterId: null,
    datacenterName: text,
    addresses: [text],
    insecureTls: true,
    engineWrites: true,
    serviceAccountActs: true,
    attributes: {},
    enabled: true,
    ontheflyRegister: true,
    loginPrefix: text,
    acceptReadableUser: true,
    createdAt: now,
    updatedAt: now,
  };
  const registered = { resource, dependents: { hosts: 1, users: 1 } };
  const product = { name: text, version: { major: 4, minor: 5 }, fullVersion: text, instanceId: null };
  const dataCenters = [{ id: text, name: text, status: text }];
  const vm = { id: text, name: text, status: text, fqdn: text, clusterId: null, vcpus: 1, memoryBytes: 1 };
  const devices = { displays: [{ type: text, address: text, port: 1 }], nics: [], disks: [] };
  return {
    'account/access-key-form': accessKeyForm(key, { faults: { name: [text] } }, urls),
    'account/access-keys': accessKeysPage(
      [key],
      {
        made: { key, secret: 'x', sessionToken: 'x' },
        typed: {
          name: text,
          computeResource: '1',
          kind: 'temporary',
          engineUser: text,
          dataCenter: text,
          expires: text,
        },
        faults: { name: [text] },
        actor: { ...admin, engineAccess: { kind: 'session', digest: text } },
        resources: [resource],
      },
      urls,
      now,
    ),
    'account/show': accountPage(user, {}, urls),
    'account/tokens': tokensPage([token], { made: { token, secret: 'x' }, mayCreate: true }, urls, now),
    'admin/auth-source-form': authSourceForm(resource, [text], urls, { faults: { login_prefix: [text] } }),
    'admin/auth-sources': authSourceList([resource], true, urls),
    'admin/compute-resource': computeResourcePage(registered, [resource, { ...resource, id: 2 }], may, urls),
    'admin/compute-resource-delete': deletionPage(registered, urls),
    'admin/compute-resource-form': computeResourceForm(
      {
        values: { ...resource, publicKey: text, datacenter: text },
        faults: { name: [text] },
        probe: { ok: false, problem: 'tls_name_mismatch', message: text, certificateNames: [text], apiUrl: text },
        editing: resource,
        saving: true,
      },
      urls,
    ),
    'admin/compute-resource-status': engineStatus({ product, dataCenters }),
    'admin/compute-resources': computeResourceList([resource], new Map(), may, urls),
    'admin/ui-plugin': uiPluginPage(
      {
        service_url: text,
        plugins: [1, 2].map(() => ({ name: text, title: text, summary: text, overrides: { path: text, text } })),
        proxies: [{ name: text, path: text, text }],
      },
      urls,
    ),
    'audits/index': {
      search: { action: '/x', value: text, clearUrl: text },
      rows: [
        { at: timeView(now, now, 'moment'), actor: text, action: text, subject: text, outcome: text, reason: text },
      ],
    },
    'openapi/docs': { resources: [{ id: text, name: text, routes: [{ id: text, summary: text, notes: text }] }] },
    'roles/form': roleForm(admin, { role, faults: { name: [text], permissions: [text] } }, urls),
    'roles/index': roleList(admin, [role], urls),
    'users/delete': userDeletion(user, urls),
    'users/form': userForm(admin, { user: { ...user, engineId: null }, faults: { login: [text] } }, [role], urls),
    'users/index': userList(admin, { ...rows, rows: [user] }, { query }, urls, now),
    'virtual-machines/show': virtualMachinePart(
      { kind: 'remembered', fault: text, vm: { ...vm, ...devices }, computeResource: resource, seenAt: now },
      urls,
      now,
    ),
  };
}
