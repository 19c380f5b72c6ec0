import { type Dialect, type Read, VM_PAGE_SIZE } from './dialect-port';
import { parseAnswer } from './engine-answer';
import { NO_CREDENTIALS, type Credentials } from './engine-http';
import type { Vm } from './engine-client';
import { checkUser } from './input';
import * as wire from './wire';

const SCOPE = 'ovirt-app-api';

/** Engines 4.0 to 4.5: SSO tokens, which Keycloak gives where it stands before the engine. */
export function dialectV4(base: string, { behindKeycloak }: { behindKeycloak: boolean }): Dialect {
  return {
    base,
    sessionCredentials: bearer,

    async login(http, { user, password }, signal) {
      checkUser(user, { behindKeycloak });
      const path = '/ovirt-engine/sso/oauth/token';
      const form = { grant_type: 'password', username: user, password, scope: SCOPE };
      const answer = await http.request({ path, credentials: NO_CREDENTIALS, form, signal, signIn: true });
      const asked = behindKeycloak ? 'keycloak' : 'engine';
      return bearer(parseAnswer(answer, wire.ssoToken, [password], asked).access_token);
    },

    personalCredentials: (_http, credentials) => Promise.resolve(credentials),

    // The official SDKs end a token here; /sso/oauth/revoke wants a registered client.
    async logout(http, { secrets: [token = ''] }, signal) {
      const form = { scope: SCOPE, token };
      await http.request({ path: '/ovirt-engine/services/sso-logout', credentials: NO_CREDENTIALS, form, signal });
    },

    vmPagePath: (page) => `/vms?max=${VM_PAGE_SIZE}&search=${encodeURIComponent(`sortby name asc page ${page}`)}`,
    displaysOf: (read, { id }) => read(`/vms/${id}/graphicsconsoles`, wire.graphicsConsoles),
    disksOf,
  };
}

function bearer(token: string): Credentials {
  return { headers: { authorization: `Bearer ${token}`, version: '4' }, secrets: [token] };
}

/** Before 4.2 `follow` is ignored and each disk is asked for by itself. */
async function disksOf(read: Read, vmId: string): Promise<Vm['disks']> {
  const attachments = await read(`/vms/${vmId}/diskattachments?follow=disk`, wire.diskAttachments);
  return Promise.all(attachments.map(async ({ id, disk }) => disk ?? (await read(`/disks/${id}`, wire.disk))));
}
