import { VM_PAGE_SIZE, type Dialect } from './dialect-port';
import { notAnEngine, refusal } from './engine-answer';
import type { Credentials, EngineAnswer } from './engine-http';
import { checkBasicUser } from './input';
import * as wire from './wire';

/**
 * Without `persistent-auth` a single request ends the session it came with, for webadmin and all its plugins; 3.5 and
 * 3.6 answer 403 to a protected session whose id is not repeated in a header (oVirt: CSRFProtectionFilter.java).
 */
const PREFER = 'persistent-auth, csrf-protection';
const IDLE_MINUTES = '30';

/** Engines 3.2 to 3.6: sessions in a cookie, Basic for the first request. */
export function dialectV3(base: string): Dialect {
  return {
    base,
    sessionCredentials: (secret) => filtered(sessionCredentials(secret)),

    async login(http, account, signal) {
      checkBasicUser(account.user);
      const basic = Buffer.from(`${account.user}:${account.password}`).toString('base64');
      const headers = { authorization: `Basic ${basic}`, prefer: PREFER, 'session-ttl': IDLE_MINUTES, filter: 'true' };
      const credentials = { headers, secrets: [basic, account.password] };
      const answer = await http.request({ path: base, credentials, signal, signIn: true });
      if (answer.status !== 200) throw refusal(answer, credentials.secrets);
      const secret = sessionIdOf(answer);
      if (!secret) throw notAnEngine(answer.status);
      return sessionCredentials(secret);
    },

    /** Administrators alone may ask for everything, and some of it is refused to them when they ask for their own. */
    async personalCredentials(http, credentials, signal) {
      const { status } = await http.request({ path: base, credentials, signal });
      return status === 200 ? credentials : filtered(credentials);
    },

    async logout(http, credentials, signal) {
      const { cookie = '' } = credentials.headers;
      await http.request({ path: base, credentials: { headers: { cookie }, secrets: [] }, signal });
    },

    vmPagePath: (page) => `/vms;max=${VM_PAGE_SIZE}?search=${encodeURIComponent(`sortby name asc page ${page}`)}`,
    displaysOf: (_read, { display }) => Promise.resolve(display ? [display] : []),
    disksOf: (read, vmId) => read(`/vms/${vmId}/disks`, wire.disks),
  };
}

const filtered = ({ headers, secrets }: Credentials): Credentials => ({
  headers: { ...headers, filter: 'true' },
  secrets,
});

/** The cookie takes the id as given, with the container's route (`id.node`) if any; the header never has it. */
function sessionCredentials(secret: string): Credentials {
  const [id = secret] = secret.split('.');
  return { headers: { cookie: `JSESSIONID=${secret}`, jsessionid: id, prefer: PREFER }, secrets: [secret, id] };
}

function sessionIdOf(answer: EngineAnswer): string | undefined {
  const cookies = answer.cookies.map((cookie) => /^JSESSIONID=([^;]+)/.exec(cookie)?.[1]);
  return cookies.find((id) => id !== undefined) ?? answer.header('jsessionid');
}
