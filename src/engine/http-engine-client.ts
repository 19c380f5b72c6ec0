import { AccountReader } from './account-reader';
import { AccountSessions } from './account-sessions';
import { detectDialect } from './dialect';
import type { Dialect, Read } from './dialect-port';
import { inNewSession, parseAnswer } from './engine-answer';
import type {
  CallOptions,
  EngineClient,
  EngineReader,
  OwnerClaim,
  OwnershipRule,
  ServiceAccount,
  SessionOwner,
  SessionState,
  SignedInOwner,
} from './engine-client';
import { EngineError, type EngineErrorKind } from './engine-error';
import { EngineCalls } from './engine-calls';
import { EngineHttp } from './engine-http';
import type { EngineSettings, PasswordTry } from './engine-settings';
import { checkId, checkSecret } from './input';
import { ownerByPassword, proveOwner } from './ownership';
import { RestDisks } from './rest/rest-disks';
import { RestEvents, RestJobs } from './rest/rest-jobs';
import { RestImageProviders } from './rest/rest-image-providers';
import { RestPlaces } from './rest/rest-places';
import { RestTemplates } from './rest/rest-templates';
import { RestTransfers } from './rest/rest-transfers';
import { RestVms } from './rest/rest-vms';
import { RestWatch } from './rest/rest-watch';
import * as wire from './wire';

/** How long a detected dialect is believed: an engine may be upgraded under us. */
const DIALECT_MS = 5 * 60_000;
/** Of a session that serves its owner no more. */
const REFUSED: EngineErrorKind[] = ['unauthorized', 'no_rights', 'ended_or_no_rights'];

/** An engine over HTTP. Throws `invalid_url` when the settings' address cannot be one. */
export class HttpEngineClient implements EngineClient {
  readonly vms: RestVms;
  readonly disks: RestDisks;
  readonly templates: RestTemplates;
  readonly jobs: RestJobs;
  readonly events: RestEvents;
  readonly watch: RestWatch;
  readonly places: RestPlaces;
  readonly imageProviders: RestImageProviders;
  readonly transfers: RestTransfers;
  private readonly http: EngineHttp;
  private readonly accounts: AccountSessions;
  private detected?: { dialect: Promise<Dialect>; until: number };

  /** @param tryPassword what bounds wrong passwords of accounts; absent: nothing does */
  constructor(
    settings: EngineSettings,
    private readonly tryPassword: PasswordTry = (_user, send) => send(),
  ) {
    this.http = new EngineHttp(settings);
    const dialect = () => this.dialect();
    this.accounts = new AccountSessions(this.http, dialect, tryPassword);
    const calls = new EngineCalls(this.http, dialect, this.accounts);
    this.vms = new RestVms(calls);
    this.disks = new RestDisks(calls);
    this.templates = new RestTemplates(calls);
    this.jobs = new RestJobs(calls);
    this.events = new RestEvents(calls);
    this.watch = new RestWatch(this.vms, this.jobs);
    this.places = new RestPlaces(calls);
    this.imageProviders = new RestImageProviders(calls);
    this.transfers = new RestTransfers(calls);
  }

  async ownerOf(
    secret: string,
    claim: OwnerClaim,
    rule: OwnershipRule,
    { signal }: CallOptions = {},
  ): Promise<SessionOwner> {
    const claimedId = checkId(claim.userId);
    return this.asOwner(secret, signal, (read) => proveOwner(read, claimedId, rule));
  }

  async signIn(user: string, password: string, { signal }: CallOptions = {}): Promise<SignedInOwner> {
    const dialect = await this.http.within(signal, () => this.dialect());
    const login = (deadline: AbortSignal) => dialect.login(this.http, { user, password }, deadline);
    const { secrets } = await this.tryPassword(user, () => this.http.within(signal, login, this.http.signInTimeoutMs));
    const [secret = ''] = secrets;
    try {
      return { secret, owner: await this.asOwner(secret, signal, (read) => ownerByPassword(read, user)) };
    } catch (error) {
      this.signOut(secret).catch(() => undefined); // nobody waits for it
      throw error instanceof EngineError ? inNewSession(error) : error;
    }
  }

  async signOut(secret: string, { signal }: CallOptions = {}): Promise<void> {
    await this.http.within(signal, async (deadline) => {
      const dialect = await this.dialect();
      await dialect.logout(this.http, dialect.sessionCredentials(secret), deadline);
    });
  }

  async confirm(secret: string, { signal }: CallOptions = {}): Promise<SessionState> {
    try {
      const { product } = await this.asOwner(secret, signal, (read) => read('', wire.apiRoot));
      return { alive: true, instanceId: product.instanceId };
    } catch (error) {
      if (error instanceof EngineError && REFUSED.includes(error.kind)) return { alive: false };
      throw error;
    }
  }

  withAccount(account: ServiceAccount): EngineReader {
    return new AccountReader(this.http, this.accounts.of(account));
  }

  async close(): Promise<void> {
    await this.accounts.close();
    await this.http.close();
  }

  private async asOwner<T>(
    secret: string,
    signal: AbortSignal | undefined,
    call: (read: Read) => Promise<T>,
  ): Promise<T> {
    checkSecret(secret);
    return this.http.within(signal, async (deadline) => {
      const dialect = await this.dialect();
      const credentials = dialect.sessionCredentials(secret);
      return call(async (path, schema) => {
        const answer = await this.http.request({ path: `${dialect.base}${path}`, credentials, signal: deadline });
        return parseAnswer(answer, schema, credentials.secrets);
      });
    });
  }

  /** Shared by concurrent calls, hence under a deadline of its own. */
  private dialect(): Promise<Dialect> {
    if (this.detected && this.detected.until > Date.now()) return this.detected.dialect;
    const dialect = this.http.within(undefined, (deadline) => detectDialect(this.http, deadline));
    const detected = { dialect, until: Date.now() + DIALECT_MS };
    this.detected = detected;
    dialect.catch(() => {
      if (this.detected === detected) this.detected = undefined;
    });
    return dialect;
  }
}
